/// The candidates that a misspelt word most likely meant, best first, at most `count`; none if none is close.
///
/// Case does not count. A candidate is close within one edit for words up to three letters, two up to seven,
/// and three beyond, and not more than one edit worse than the best.
package func nearest(to word: String, among candidates: some Sequence<String>, atMost count: Int = 3) -> [String] {
    let target = folded(word)
    guard (1...64).contains(target.count) else { return [] }
    var bound = target.count <= 3 ? 1 : target.count <= 7 ? 2 : 3
    var found: [(name: String, distance: Int, lengths: Int)] = []
    for candidate in candidates {
        let letters = folded(candidate)
        guard let distance = editDistance(target, letters, atMost: bound) else { continue }
        bound = min(bound, distance + 1)
        found.append((candidate, distance, abs(letters.count - target.count)))
    }
    // Of equal distance, the one as long as the word: swapped letters are likelier than a missing one.
    found.sort { ($0.distance, $0.lengths) < ($1.distance, $1.lengths) }
    var answer: [String] = []
    for match in found where match.distance <= bound && answer.count < count && !answer.contains(match.name) {
        answer.append(match.name)
    }
    return answer
}

private func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other; nil above `bound`.
///
/// Optimal string alignment, row by row; it stops as soon as no later row can come back below the bound.
func editDistance(_ left: [UInt8], _ right: [UInt8], atMost bound: Int) -> Int? {
    guard abs(left.count - right.count) <= bound else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for column in right.indices {
            let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
            var best = min(replaced, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current.append(best)
        }
        // A swap reaches over one row, so two rows above the bound are needed to be sure.
        if min(current.min() ?? 0, last.min() ?? 0) > bound { return nil }
        beforeLast = last
        last = current
    }
    return last[right.count] <= bound ? last[right.count] : nil
}
