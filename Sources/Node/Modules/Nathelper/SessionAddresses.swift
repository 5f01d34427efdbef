import SIP

/// The addresses in a session description, line by line (RFC 4566, 5.2 and 5.7).
///
///     o=- 1 1 IN IP4 10.0.0.1
///     c=IN IP4 10.0.0.1
struct SessionAddresses {
    /// With their line ends.
    private var lines: [[UInt8]] = []

    init(_ sdp: [UInt8]) {
        var start = 0
        while start < sdp.count {
            let end = sdp[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? sdp.count
            lines.append(Array(sdp[start..<end]))
            start = end
        }
    }

    var text: [UInt8] { lines.flatMap { $0 } }

    var connectionAddresses: [IPAddress] {
        lines.compactMap { line in
            guard line.starts(with: "c=".utf8) else { return nil }
            return Self.lastWord(line).flatMap { range in
                line[range].withUnsafeBufferPointer { IPAddress(text: $0) }
            }
        }
    }

    mutating func apply(_ fixes: [SDPFix], ip: [UInt8], noProxyLine: [UInt8], moreLines: [UInt8]) {
        var added: [[UInt8]] = []
        if fixes.contains(.addDirection) { added.append(Array("a=direction:active".utf8)) }
        if fixes.contains(.addNoProxy) { added.append(noProxyLine) }
        for index in lines.indices {
            let isConnection = lines[index].starts(with: "c=".utf8)
            let isOrigin = lines[index].starts(with: "o=".utf8)
            guard isConnection && fixes.contains(.rewriteMedia) || isOrigin && fixes.contains(.rewriteOrigin),
                let range = Self.lastWord(lines[index])
            else { continue }
            let old = Array(lines[index][range])
            if old.elementsEqual("0.0.0.0".utf8), !fixes.contains(.rewriteNull) { continue }
            lines[index].replaceSubrange(range, with: ip)
            // Who comes later can see what stood there.
            added.append(Array((isConnection ? "a=oldcip:" : "a=oldoip:").utf8) + old)
        }
        if !moreLines.isEmpty { added.append(moreLines) }
        if let last = lines.last, last.last != 0x0a, !added.isEmpty { lines[lines.count - 1] += [0x0d, 0x0a] }
        lines += added.map { $0.last == 0x0a ? $0 : $0 + [0x0d, 0x0a] }
    }

    /// The last word before the line end.
    private static func lastWord(_ line: [UInt8]) -> Range<Int>? {
        guard let last = line.lastIndex(where: { $0 > 0x20 }) else { return nil }
        let start = line[...last].lastIndex { $0 <= 0x20 }.map { $0 + 1 } ?? 0
        return start..<(last + 1)
    }
}
