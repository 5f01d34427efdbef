import SIP

/// A line of a session description, or a word of it, as scripts name it.
///
///     audio[1]/a=rtpmap:8[0]/PCMA
///     stream   line          word
struct SDPPlace {
    /// How something begins, and which of those it is.
    struct Step {
        var prefix: Bytes
        var index = 0

        init(_ text: Bytes) {
            prefix = text
            guard text.last == UInt8(ascii: "]"), let open = text.lastIndex(of: UInt8(ascii: "[")),
                let index = text[ByteRange(open + 1, text.count - 1)].decimal(atMost: 0xffff)
            else { return }
            prefix = text[ByteRange(0, open)]
            self.index = index
        }
    }

    private(set) var stream: Step?
    private(set) var line: Step
    private(set) var word: Step?

    /// `line/word`
    init(line name: Bytes) {
        let steps = SDPPlace.steps(name)
        line = Step(steps[0])
        word = steps.count > 1 ? Step(steps[1]) : nil
    }

    /// `stream/line/word`; a stream alone is its first line.
    init(stream name: Bytes) {
        let steps = SDPPlace.steps(name)
        stream = Step(steps[0])
        line = Step(steps.count > 1 ? steps[1] : Bytes(start: nil, count: 0))
        word = steps.count > 2 ? Step(steps[2]) : nil
    }

    /// Up to three; there is at least one.
    private static func steps(_ name: Bytes) -> [Bytes] {
        name.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false).map {
            Bytes(rebasing: $0)
        }
    }

    /// Where it stands in a piece of a session description, without the line end.
    func find(in text: Bytes, _ scope: ByteRange) -> ByteRange? {
        var scope = scope
        if let stream {
            guard let found = SDPPlace.find(stream, in: text) else { return nil }
            scope = found
        }
        guard let line = SDPText.line(text, in: scope, line.prefix, line.index) else { return nil }
        return word.map { SDPPlace.find($0, in: text, line) } ?? line
    }

    /// The stream of a medium; of any where none is named.
    private static func find(_ step: Step, in text: Bytes) -> ByteRange? {
        let sdp = SDP(text)
        var rest = step.index
        for position in 0..<sdp.streamCount {
            guard let stream = sdp.stream(at: position) else { return nil }
            let line = text[ByteRange(stream.lower + 2, stream.upper)]
            let medium = line.prefix { $0 > 0x20 }
            guard step.prefix.isEmpty || Bytes(rebasing: medium).equalsIgnoringCase(step.prefix) else { continue }
            if rest == 0 { return stream }
            rest -= 1
        }
        return nil
    }

    /// A word between blanks; the type letter and its sign belong to none.
    private static func find(_ step: Step, in text: Bytes, _ line: ByteRange) -> ByteRange? {
        var rest = step.index
        var start = min(line.lower + 2, line.upper)
        while start < line.upper {
            var end = start
            while end < line.upper, text[end] != 0x20 { end += 1 }
            if end > start, text[ByteRange(start, end)].starts(with: step.prefix) {
                if rest == 0 { return ByteRange(start, end) }
                rest -= 1
            }
            start = end + 1
        }
        return nil
    }
}

/// Lines of a session description by how they begin.
enum SDPText {
    static func all(_ text: Bytes) -> ByteRange { ByteRange(0, text.count) }

    /// Everything before the first stream.
    static func session(_ text: Bytes) -> ByteRange {
        ByteRange(0, SDP(text).stream(at: 0)?.lower ?? text.count)
    }

    /// The line at `index` among those of a piece that begin with `prefix`, without its line end.
    static func line(_ text: Bytes, in piece: ByteRange, _ prefix: Bytes, _ index: Int) -> ByteRange? {
        guard piece.isPresent else { return nil }
        var rest = index
        var start = piece.lower
        while start < piece.upper {
            let tail = text[ByteRange(start, piece.upper)]
            let feed = tail.firstIndex(of: 0x0a).map { start + $0 } ?? piece.upper
            let end = feed > start && feed < piece.upper && text[feed - 1] == 0x0d ? feed - 1 : feed
            if text[ByteRange(start, end)].starts(with: prefix) {
                if rest == 0 { return ByteRange(start, end) }
                rest -= 1
            }
            start = feed + 1
        }
        return nil
    }

    /// A text with something else in place of a piece; a line that goes takes its line end along.
    static func replacing(_ piece: ByteRange, of text: Bytes, with new: Bytes?, isLine: Bool) -> [UInt8] {
        var result = Array(text[ByteRange(0, piece.lower)])
        var next = piece.upper
        if let new {
            result.append(contentsOf: new)
        } else if isLine {
            while next < text.count, text[next] != 0x0a { next += 1 }
            next = min(next + 1, text.count)
        }
        result.append(contentsOf: text[ByteRange(next, text.count)])
        return result
    }
}
