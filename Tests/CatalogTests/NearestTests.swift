import Testing

@testable import Catalog

/// "Did you mean ...?"
@Suite struct NearestTests {
    @Test(arguments: [
        ("t_realy", "t_relay"), ("t_rely", "t_relay"), ("T_RELAY", "t_relay"), ("t_on_failiure", "t_on_failure"),
        ("sl_send_repley", "sl_send_reply"), ("appendhf", "append_hf"), ("strip_tial", "strip_tail"),
    ])
    func misspeltFunctions(word: String, meant: String) {
        #expect(nearest(to: word, among: Catalog.names(of: .function)).first == meant)
    }

    @Test func modulesAndVariables() {
        #expect(nearest(to: "dialogs", among: Catalog.moduleNames).first == "dialog")
        #expect(nearest(to: "sipmsgop", among: Catalog.moduleNames).first == "sipmsgops")
        #expect(nearest(to: "socketin", among: Catalog.names(of: .variable)).first == "socket_in")
    }

    @Test func nothingIsNear() {
        #expect(nearest(to: "completely_different", among: Catalog.names(of: .function)).isEmpty)
        #expect(nearest(to: "", among: ["a"]).isEmpty)
        #expect(nearest(to: "abc", among: []).isEmpty)
        #expect(nearest(to: String(repeating: "a", count: 100_000), among: ["aaa"]).isEmpty)
        #expect(nearest(to: "x", among: ["y"], atMost: 0).isEmpty)
    }

    @Test func theBestComesFirstAndEachOnce() {
        #expect(nearest(to: "rouet", among: ["rout", "route", "outer", "route"]) == ["route", "rout"])
        #expect(nearest(to: "abcd", among: ["abce", "abcf", "abcg", "abch"], atMost: 2) == ["abce", "abcf"])
        #expect(nearest(to: "abcd", among: ["abzz", "abcd"]) == ["abcd"])
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("abc", "cab", 2), ("kitten", "sitting", 3), ("ca", "abc", 3),
        ("abcdef", "abdcef", 1),
    ])
    func distances(left: String, right: String, distance: Int) {
        #expect(editDistance(Array(left.utf8), Array(right.utf8), atMost: 9) == distance)
        #expect(editDistance(Array(right.utf8), Array(left.utf8), atMost: 9) == distance)
        #expect(editDistance(Array(left.utf8), Array(right.utf8), atMost: distance - 1) == nil)
    }

    @Test func theBoundNeverChangesTheAnswer() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<2000 {
            let left = (0..<Int.random(in: 0...9, using: &random)).map { _ in UInt8.random(in: 97...100, using: &random)
            }
            let right = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                UInt8.random(in: 97...100, using: &random)
            }
            let distance = plainDistance(left[...], right[...])
            for bound in 0...10 {
                let expected = distance <= bound ? distance : nil
                #expect(editDistance(left, right, atMost: bound) == expected, "seed \(seed): \(left) \(right)")
            }
        }
    }

    @Test func anyNameWithOneSlipIsFoundAgain() throws {
        let names = Catalog.names(of: .function)
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for name in names where name.utf8.count > 4 {
            var letters = Array(name.utf8)
            let place = Int.random(in: 0..<letters.count - 1, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: letters.remove(at: place)
            case 1: letters.insert(UInt8(ascii: "x"), at: place)
            case 2: letters[place] = UInt8(ascii: "q")
            default: letters.swapAt(place, place + 1)
            }
            let word = String(decoding: letters, as: UTF8.self)
            #expect(nearest(to: word, among: names, atMost: 9).contains(name), "seed \(seed): \(word)")
        }
    }

    /// The definition, without rows and bounds.
    private func plainDistance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count {
            for column in 0...right.count {
                if row == 0 || column == 0 {
                    table[row][column] = row + column
                    continue
                }
                let same = left[row - 1] == right[column - 1]
                var best = min(table[row - 1][column], table[row][column - 1]) + 1
                best = min(best, table[row - 1][column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, table[row - 2][column - 2] + 1)
                }
                table[row][column] = best
            }
        }
        return table[left.count][right.count]
    }
}
