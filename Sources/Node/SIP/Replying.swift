import SIP
import Script

extension SIPLayer {
    /// Where answers to a request go, unless its connection is still there: to the address that the request came from,
    /// at the port that its Via names unless the source port was asked for (RFC 3261, 18.2.2; RFC 3581, 4).
    func replyAddress(_ context: MessageContext) -> Address {
        guard let via = try? context.message.via() else { return context.source }
        if via.rportName.isPresent || context.forcesRport { return context.source }
        let message = context.message
        var ip = context.sourceIP
        if via.maddr.count > 0, let maddr = IPAddress(host: message[via.maddr]) {
            ip = maddr
        } else if options.repliesToVia, let host = IPAddress(host: message[via.host]) {
            ip = host
        }
        return Address(ip, port: via.port.isPresent ? via.portNumber : context.transport.defaultPort)
    }

    /// Writes a reply into `output`.
    /// - Parameter tag: for a To without one.
    func writeReply(_ status: Int, _ reason: Bytes, to context: MessageContext, tag: Tag.Kind) {
        output.removeAll(keepingCapacity: true)
        if !context.replyBody.isEmpty || !options.serverHeader.isEmpty {
            // Content-Type comes with the body's own header lines, as the script wrote them.
            if context.replyHeaders.isEmpty {
                options.serverHeader.withUnsafeBufferPointer { write(status, reason, context, tag, headers: $0) }
            } else {
                let headers = context.replyHeaders + options.serverHeader
                headers.withUnsafeBufferPointer { write(status, reason, context, tag, headers: $0) }
            }
        } else {
            context.replyHeaders.withUnsafeBufferPointer { write(status, reason, context, tag, headers: $0) }
        }
    }

    private func write(
        _ status: Int, _ reason: Bytes, _ context: MessageContext, _ kind: Tag.Kind, headers: Bytes
    ) {
        var reply = Reply(status, reason)
        reply.headers = headers
        reply.forcesPort = context.forcesRport
        if (180..<300).contains(status) { reply.recordRoutes = .copied }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Tag.count) { tag in
            if status > 100 { Tag.write(kind, of: context.message, key: key, into: tag) }
            reply.toTag = Bytes(start: tag.baseAddress, count: status > 100 ? Tag.count : 0)
            context.replyBody.withUnsafeBufferPointer { body in
                reply.body = body
                reply.write(to: context.message, from: context.endpoint, into: &output)
            }
        }
    }

    /// Sends what stands in `output` as an answer to a request.
    func sendReply(to context: MessageContext) -> Bool {
        guard let socket = context.socket else { return false }
        let to = replyAddress(context)
        return socket.send(output, to: to, over: context.connection) != false
    }

    /// Answers without a transaction. ACKs are never answered (RFC 3261, 17).
    func reply(_ status: Int, _ reason: Bytes, to context: MessageContext) -> Bool {
        let message = context.message
        guard message.isRequest, message.method != .ack, !context.isDummy else { return false }
        if (300...399).contains(status) { addContacts(context) }
        writeReply(status, reason, to: context, tag: .stateless)
        counters.count(status: status)
        return sendReply(to: context)
    }

    /// A redirection names the current targets.
    private func addContacts(_ context: MessageContext) {
        context.replyHeaders.append("Contact: ")
        context.withRequestURI { uri in
            context.replyHeaders.append(UInt8(ascii: "<"))
            context.replyHeaders.append(contentsOf: uri)
            context.replyHeaders.append(UInt8(ascii: ">"))
        }
        if context.main.q >= 0 {
            context.replyHeaders.append(";q=")
            QValue.write(context.main.q, into: &context.replyHeaders)
        }
        if !context.branches.isEmpty { context.replyHeaders.append(", ") }
        writeContacts(of: context.branches, into: &context.replyHeaders)
        context.replyHeaders.append("\r\n")
    }

    /// `<uri>;q=0.5, <uri>`
    func writeContacts(of targets: [Target], into output: inout [UInt8]) {
        for (index, target) in targets.enumerated() {
            if index > 0 { output.append(", ") }
            output.append(UInt8(ascii: "<"))
            output += target.uri
            output.append(UInt8(ascii: ">"))
            if target.q >= 0 {
                output.append(";q=")
                QValue.write(target.q, into: &output)
            }
        }
    }
}

/// Tags that this node gives to To headers: the same for the retransmissions of a request and for the ACK of its
/// reply, and known again without any memory of the request. 32 hexadecimal digits.
enum Tag {
    static let count = 32

    enum Kind: UInt8 {
        case stateless = 1
        case stateful = 2
    }

    static func write(
        _ kind: Kind, of request: Message, key: KeyedHash.Key, into tag: UnsafeMutableBufferPointer<UInt8>
    ) {
        var hash = KeyedHash(key)
        hash.add(kind.rawValue)
        hash.add(piece: request[request.callID])
        if let from = try? request.from() { hash.add(piece: request[from.tag]) }
        if let cseq = try? request.cseq() { hash.add(piece: request[cseq.numberText]) }
        let (first, second) = hash.finish()
        for index in 0..<16 {
            let shift = UInt64(60 - index * 4)
            tag[index] = digit(first >> shift)
            tag[index + 16] = digit(second >> shift)
        }
    }

    private static func digit(_ bits: UInt64) -> UInt8 {
        let nibble = UInt8(truncatingIfNeeded: bits & 0xf)
        return nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") &+ nibble &- 10
    }

    /// Whether the To tag of a request, such as an ACK, is ours.
    static func isOurs(_ kind: Kind, in request: Message, key: KeyedHash.Key) -> Bool {
        guard let to = try? request.to(), to.tag.count == count else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { tag in
            write(kind, of: request, key: key, into: tag)
            return request[to.tag].elementsEqual(tag)
        }
    }
}
