import SIP

/// Parts that a script adds to a body and takes away from it; done when the message goes out.
struct BodyEdits {
    struct Part {
        var type: [UInt8]
        /// More header lines with their line ends.
        var headers: [UInt8]
        var body: [UInt8]
    }

    /// Parts of the message, by number.
    var removed: Set<Int> = []
    var added: [Part] = []

    var isEmpty: Bool { removed.isEmpty && added.isEmpty }

    /// The body of the first part of a type (of any without one) as it will go out.
    func body(ofType type: Bytes?, of context: MessageContext) -> [UInt8]? {
        let message = context.message
        if message.body.count > 0 {
            var parts = BodyParts(message)
            var index = 0
            while let part = parts.next() {
                let isMeant = type.map { message[part.type].equalsIgnoringCase($0) } ?? true
                if isMeant, !removed.contains(index) {
                    let isSDP = message[part.type].equalsIgnoringCase("application/sdp")
                    return (isSDP ? context.sdp : nil) ?? Array(message[part.body])
                }
                index += 1
            }
        }
        return added.first { part in
            type.map { type in part.type.withUnsafeBufferPointer { $0.equalsIgnoringCase(type) } } ?? true
        }?.body
    }

    /// Turns the edits into changes of the message.
    func apply(to changes: inout Changes, of message: Message) {
        guard !isEmpty else { return }
        let parts = BodyParts(message)
        if parts.isMultipart {
            applyToMultipart(parts, &changes)
        } else {
            applyToPlain(&changes, message)
        }
    }

    private func applyToMultipart(_ parts: BodyParts, _ changes: inout Changes) {
        var walk = parts
        var index = 0
        while let part = walk.next() {
            if removed.contains(index) { changes.remove(part.whole) }
            index += 1
        }
        let boundary = Array(parts.boundaryText)
        for part in added {
            changes.insert(at: parts.closing) { text in
                text.append("--")
                text += boundary
                text.append("\r\n")
                part.write(into: &text)
            }
        }
    }

    /// One part is the body; several become a multipart body.
    private func applyToPlain(_ changes: inout Changes, _ message: Message) {
        var parts = added
        let type = message.trimmed(.contentType)
        if message.body.count > 0, !removed.contains(0) {
            parts.insert(Part(type: Array(message[type]), headers: [], body: Array(message[message.body])), at: 0)
        }
        var newType = parts.first?.type ?? []
        var body = parts.first?.body ?? []
        if parts.count > 1 {
            newType = Array("multipart/mixed;boundary=\(BodyEdits.boundary)".utf8)
            body = []
            for part in parts {
                body += Array("--\(BodyEdits.boundary)\r\n".utf8)
                part.write(into: &body)
            }
            body += Array("--\(BodyEdits.boundary)--\r\n".utf8)
        } else if let only = parts.first, !only.headers.isEmpty {
            changes.insert(at: message.headersEnd) { $0 += only.headers }
        }
        body.withUnsafeBufferPointer { changes.setBody($0, of: message) }
        if let header = message.header(.contentType) {
            if newType.isEmpty {
                changes.remove(header)
            } else {
                newType.withUnsafeBufferPointer { changes.replace(header.value, with: $0) }
            }
        } else if !newType.isEmpty {
            changes.insert(at: message.headersEnd) { text in
                text.append("Content-Type: ")
                text += newType
                text.append("\r\n")
            }
        }
    }

    private static let boundary = "siskin-boundary-7d1f6c0a"
}

extension BodyEdits.Part {
    /// Headers, an empty line, the body, a line end.
    func write(into text: inout [UInt8]) {
        text.append("Content-Type: ")
        text += type
        text.append("\r\n")
        text += headers
        text.append("\r\n")
        text += body
        text.append("\r\n")
    }
}
