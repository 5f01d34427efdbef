/// What happens to Content-Length when a message is written.
package enum ContentLength: Sendable {
    /// Follows a body that was changed; otherwise stays as it came, also if it is missing.
    case follow
    /// Is added if it is missing: streams cannot do without (RFC 3261, 20.14).
    case ensure
}

extension Message {
    /// Appends the message with its changes. Without changes the bytes are those that came, up to the end of the body.
    package func serialize(
        _ changes: Changes, contentLength: ContentLength = .follow, into output: inout [UInt8]
    ) {
        defer { if table.pointee.lacksEmptyLine { output.append("\r\n") } }
        let end = body.upper
        guard !changes.isEmpty || contentLength == .ensure else {
            output.append(contentsOf: bytes[ByteRange(0, end)])
            return
        }
        let newBody = changes.size(of: body)
        let header = header(.contentLength)
        let lengthIsRight = header != nil && (newBody == Int(body.count))
        let mayStay = lengthIsRight || header == nil && contentLength == .follow
        guard !mayStay else {
            write(changes, from: 0, to: end, through: .end, into: &output)
            return
        }
        var changes = changes
        if let header, !changes.covers(header.line) {
            // Whatever a script did to the number, it must be right in the end.
            changes.dropAll(in: header.value)
            changes.replace(header.value) { $0.append(decimal: newBody) }
        } else {
            changes.insert(at: headersEnd) { text in
                text.append("Content-Length: ")
                text.append(decimal: newBody)
                text.append("\r\n")
            }
        }
        write(changes, from: 0, to: end, through: .end, into: &output)
    }

    enum Through {
        /// Insertions at the very end belong to what follows.
        case upTo
        /// Insertions at the very end are written as well.
        case end
    }

    /// Appends the bytes from `lower` up to `upper` with the changes that begin among them.
    func write(
        _ changes: Changes, from lower: Int, to upper: Int, through: Through, into output: inout [UInt8]
    ) {
        var cursor = lower
        changes.text.withUnsafeBufferPointer { text in
            for edit in changes.edits where edit.offset >= lower {
                guard edit.offset < upper || through == .end && edit.offset == upper else { break }
                // What is inside a piece that an earlier change took away has gone with it.
                if edit.offset < cursor { continue }
                output.append(contentsOf: bytes[ByteRange(cursor, edit.offset)])
                cursor = edit.offset
                output.append(contentsOf: text[edit.added])
                cursor = max(cursor, min(edit.offset &+ edit.removed, upper))
            }
        }
        if cursor < upper { output.append(contentsOf: bytes[ByteRange(cursor, upper)]) }
    }
}

extension Changes {
    /// Bytes that a piece at the end of a message will have.
    func size(of range: ByteRange) -> Int {
        var size = 0
        var cursor = range.lower
        for edit in edits where edit.offset >= range.lower && edit.offset <= range.upper {
            if edit.offset < cursor { continue }
            size &+= edit.offset &- cursor
            cursor = edit.offset
            size &+= Int(edit.added.count)
            cursor = max(cursor, min(edit.offset &+ edit.removed, range.upper))
        }
        return size &+ max(range.upper &- cursor, 0)
    }
}
