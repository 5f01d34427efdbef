extension IPAddress {
    /// Appends the text form: four decimal bytes, or the form of RFC 5952 (small letters, the longest run of two or
    /// more zero words shortened, IPv4 in IPv6 with dots).
    package func write(into output: inout [UInt8]) {
        if family == .v4 {
            IPAddress.writeV4(low, into: &output)
            return
        }
        let words = (0..<8).map { word($0) }
        let run = IPAddress.longestZeros(words)
        // ::ffff:192.0.2.1, and ::192.0.2.1 but not :: or ::1
        let mapped = high == 0 && (low &>> 32 == 0xffff || low &>> 32 == 0 && low > 0xffff)
        let last = mapped ? 6 : 8
        var i = 0
        while i < last {
            if let run, i == run.lowerBound {
                output.append("::")
                i = run.upperBound
                continue
            }
            if i > 0, i != run?.upperBound { output.append(UInt8(ascii: ":")) }
            IPAddress.writeHexadecimal(words[i], into: &output)
            i &+= 1
        }
        if mapped {
            if run?.upperBound != 6 { output.append(UInt8(ascii: ":")) }
            IPAddress.writeV4(low & 0xffff_ffff, into: &output)
        }
    }

    /// The text form.
    package var text: [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// As a host in a URI or a Via: IPv6 in brackets.
    package func writeHost(into output: inout [UInt8]) {
        if family == .v6 { output.append(UInt8(ascii: "[")) }
        write(into: &output)
        if family == .v6 { output.append(UInt8(ascii: "]")) }
    }

    private func word(_ index: Int) -> UInt16 {
        let half = index < 4 ? high : low
        return UInt16(truncatingIfNeeded: half &>> UInt64((3 &- index % 4) &* 16))
    }

    private static func longestZeros(_ words: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < words.count {
            var end = start
            while end < words.count, words[end] == 0 { end &+= 1 }
            if end &- start >= 2, end &- start > best?.count ?? 0 { best = start..<end }
            start = max(end, start &+ 1)
        }
        return best
    }

    private static func writeV4(_ address: UInt64, into output: inout [UInt8]) {
        var shift = 24
        while shift >= 0 {
            output.append(decimal: Int((address &>> UInt64(shift)) & 0xff))
            if shift > 0 { output.append(UInt8(ascii: ".")) }
            shift &-= 8
        }
    }

    private static func writeHexadecimal(_ word: UInt16, into output: inout [UInt8]) {
        var shift = 12
        while shift > 0, word &>> UInt16(shift) == 0 { shift &-= 4 }
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: (word &>> UInt16(shift)) & 0xf)
            output.append(digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ digit &- 10)
            shift &-= 4
        }
    }
}
