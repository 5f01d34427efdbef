import SIP
import Script

/// A line of a session description, or a word of it, as scripts name it.
///
///     audio[1]/a=rtpmap:8[$var(i)]/PCMA
///     stream   line                word
///
/// Each step says how something begins, in any letter case, and which of those it is, counted from 0. Words stand
/// between single blanks; the first one has the letter of its line.
struct SDPPlace {
    /// Where the line is looked for.
    enum Part {
        case anywhere, session, stream
    }

    private struct Step {
        var prefix: [UInt8] = []
        var index = Index.number(0)
    }

    private enum Index {
        case number(Int)
        /// The value of this one of `variables`.
        case variable(Int)
    }

    private let part: Part
    private var stream = Step()
    private var line = Step()
    private var word: Step?
    /// As written.
    private(set) var variables: [[UInt8]] = []

    var isWord: Bool { word != nil }

    init(_ name: [UInt8], in part: Part) throws(SubnameError) {
        self.part = part
        var steps = SDPPlace.steps(name, atMost: part == .stream ? 3 : 2)[...]
        if part == .stream, let text = steps.popFirst() { stream = try step(text) }
        if let text = steps.popFirst() { line = try step(text) }
        if let text = steps.popFirst() { word = try step(text) }
    }

    private static func steps(_ name: [UInt8], atMost most: Int) -> [ArraySlice<UInt8>] {
        var steps: [ArraySlice<UInt8>] = []
        var start = 0
        var depth = 0
        for (place, byte) in name.enumerated() {
            switch byte {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "/") where depth == 0 && steps.count < most - 1:
                steps.append(name[start..<place])
                start = place + 1
            default: break
            }
        }
        return steps + [name[start...]]
    }

    private mutating func step(_ text: ArraySlice<UInt8>) throws(SubnameError) -> Step {
        let text = text.drop { $0 == UInt8(ascii: " ") }
        guard text.first != UInt8(ascii: "$") else {
            throw SubnameError("a line is named by how it begins; only its index can be a variable")
        }
        guard text.last == UInt8(ascii: "]"), let open = text.firstIndex(of: UInt8(ascii: "[")) else {
            return Step(prefix: Array(text))
        }
        let inside = text[(open + 1)...].dropLast().filter { $0 != UInt8(ascii: " ") }
        if inside.first == UInt8(ascii: "$") {
            variables.append(inside)
            return Step(prefix: Array(text[..<open]), index: .variable(variables.count - 1))
        }
        guard let number = inside.isEmpty ? 0 : inside.withUnsafeBufferPointer({ $0.decimal(atMost: 0xffff) }) else {
            throw SubnameError("an index is a number or a variable")
        }
        return Step(prefix: Array(text[..<open]), index: .number(number))
    }

    // MARK: Finding

    /// Where it stands, without the line end.
    /// - Parameter values: of `variables`.
    func find(in text: Bytes, _ values: [Value]) -> ByteRange? {
        let scope: ByteRange
        switch part {
        case .anywhere: scope = ByteRange(0, text.count)
        case .session: scope = SDPText.session(text)
        case .stream:
            // Behind `m=`.
            let media = SDP(text).streams.map { ByteRange($0.lower + 2, $0.upper) }
            guard let found = pick(stream, values, in: text, media) else { return nil }
            scope = ByteRange(found.lower - 2, found.upper)
        }
        let lines = SDP(text[ByteRange(0, scope.upper)]).lines(from: scope.lower)
        guard let line = pick(line, values, in: text, lines) else { return nil }
        return word.map { pick($0, values, in: text, SDP(text).words(of: line)) } ?? line
    }

    private func pick(_ step: Step, _ values: [Value], in text: Bytes, _ candidates: [ByteRange]) -> ByteRange? {
        guard let index = number(step.index, values) else { return nil }
        let matches = step.prefix.withUnsafeBufferPointer { prefix in
            candidates.filter { candidate in
                candidate.count >= prefix.count
                    && text[ByteRange(candidate.lower, candidate.lower + prefix.count)].equalsIgnoringCase(prefix)
            }
        }
        return matches.indices.contains(index) ? matches[index] : nil
    }

    private func number(_ index: Index, _ values: [Value]) -> Int? {
        switch index {
        case .number(let number): number
        case .variable(let place): values[place].isNumber ? Int(values[place].number) : nil
        }
    }
}
