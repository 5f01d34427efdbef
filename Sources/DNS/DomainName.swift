/// A name of the domain name system, in small letters and without the dot at its end: `_sip._udp.example.org`.
///
/// Labels are 1 to 63 printable characters of ASCII, 253 in all with their dots (RFC 1035, 2.3.4); other names exist,
/// but none that a URI can have.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package static let root = DomainName(checked: "")

    private init(checked text: String) { self.text = text }

    package init?(_ text: some StringProtocol) {
        var text = text.lowercased()
        if text.last == "." { text.removeLast() }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(DomainName.isLabel) else { return nil }
        self.init(checked: text)
    }

    private static func isLabel(_ label: some Collection<UInt8>) -> Bool {
        (1...63).contains(label.count) && label.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }

    package var description: String { text }

    /// The name below this one.
    package func below(_ prefix: String) -> DomainName? { DomainName(prefix + "." + text) }

    // MARK: On the wire

    /// Labels, each after its length, and an empty one.
    func write(into output: inout [UInt8]) {
        for label in text.utf8.split(separator: UInt8(ascii: ".")) {
            output.append(UInt8(label.count))
            output += label
        }
        output.append(0)
    }

    /// Reads a name that may end in a pointer to the rest of another one (RFC 1035, 4.1.4). Pointers lead backwards
    /// only, so none goes round in circles.
    init(_ reader: inout MessageReader) throws(MalformedMessage) {
        var text: [UInt8] = []
        /// Where reading goes on behind the first pointer.
        var resume: Int?
        var limit = reader.position
        while true {
            let length = Int(try reader.byte())
            if length == 0 { break }
            if length & 0xc0 == 0xc0 {
                let target = (length & 0x3f) << 8 | Int(try reader.byte())
                resume = resume ?? reader.position
                guard target < limit else { throw MalformedMessage() }
                limit = target
                reader.position = target
                continue
            }
            let label = try reader.bytes(length)
            guard DomainName.isLabel(label), !label.contains(UInt8(ascii: ".")) else { throw MalformedMessage() }
            if !text.isEmpty { text.append(UInt8(ascii: ".")) }
            text += label.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
            guard text.count <= 253 else { throw MalformedMessage() }
        }
        if let resume { reader.position = resume }
        self.init(checked: String(decoding: text, as: UTF8.self))
    }
}
