import SIP

/// A SIP message as people write it into a file: any line ends, and words between signs that stand for what only the
/// moment knows.
///
///     @local@     our address and port        @target@    where it goes
///     @branch@    a new branch for Via        @tag@       a new tag
///     @callid@    a new Call-ID               @length@    bytes of the body
///     @transport@ UDP or TCP
struct SIPMessageFile {
    private let text: [UInt8]

    /// - Parameter bytes: of the file.
    init(_ bytes: [UInt8]) {
        // Line ends become those of SIP.
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 64)
        for byte in bytes {
            if byte == 0x0a, text.last != 0x0d { text.append(0x0d) }
            text.append(byte)
        }
        // A file that ends with its last header means a message without a body.
        if !SIPMessageFile.hasEmptyLine(text) {
            while text.last == 0x0a || text.last == 0x0d { text.removeLast() }
            text += [0x0d, 0x0a, 0x0d, 0x0a]
        }
        self.text = text
    }

    private static func hasEmptyLine(_ text: [UInt8]) -> Bool { bodyStart(text) != nil }

    private static func bodyStart(_ text: [UInt8]) -> Int? {
        var index = 0
        while index + 3 < text.count {
            if text[index...].starts(with: [0x0d, 0x0a, 0x0d, 0x0a]) { return index + 4 }
            index += 1
        }
        return nil
    }

    /// The message with the words replaced.
    func filled(
        local: String, target: String, transport: SIP.Transport = .udp, random: () -> UInt64
    ) -> [UInt8] {
        let branch = "z9hG4bK" + String(random(), radix: 36)
        let tag = String(random(), radix: 36)
        let callID = String(random(), radix: 36) + "@" + local
        var message = replace(
            [
                "local": local, "target": target, "branch": branch, "tag": tag, "callid": callID,
                "transport": String(describing: transport.viaName),
            ], in: text)
        let length = SIPMessageFile.bodyStart(message).map { message.count - $0 } ?? 0
        message = replace(["length": String(length)], in: message)
        return message
    }

    /// Words that are not among the values stay as they are.
    private func replace(_ values: [String: String], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "@"),
                let end = text[(index + 1)...].prefix(12).firstIndex(of: UInt8(ascii: "@")),
                let value = values[String(decoding: text[(index + 1)..<end], as: UTF8.self)]
            {
                result += Array(value.utf8)
                index = end + 1
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
