import SIP
import Script

/// Why `forward` and `send` fail.
enum ForwardFailure: Int32 {
    case failed = -1
    case noSocket = -7
    /// What should lead somewhere is no SIP URI, or a name without an address.
    case badAddress = -476

    /// What a script sees, as OpenSIPS 3.6.8 numbers it.
    static func code(_ code: Int32, isFromURI: Bool) -> Int32 {
        code > 0 || isFromURI && code == badAddress.rawValue ? code : failed.rawValue
    }
}

extension SIPLayer {
    /// Sends the request on without a transaction (RFC 3261, 16.11): with the script's changes, an own Via on top, the
    /// source noted in the Via below, everything else as it came.
    func forward(_ context: MessageContext, to place: Place, _ later: @escaping (Int32) -> Void) -> Int32? {
        guard let socket = socket(for: context, to: place) else { return ForwardFailure.noSocket.rawValue }
        guard prepare(context, from: socket), !isForbidden(place, for: context) else {
            return ForwardFailure.failed.rawValue
        }
        func counted(_ code: Int32) -> Int32 {
            if code > 0 { counters.forwardedRequests &+= 1 }
            return code
        }
        return transmit(output, from: socket, to: place) { later(counted($0)) }.map(counted)
    }

    /// The one that the script forces if it reaches the place, else one that does.
    func socket(for context: MessageContext, to place: Place) -> SIPSocket? {
        socket(for: place, like: context.main.socket ?? context.socket)
    }

    private func socket(for place: Place, like preferred: SIPSocket?) -> SIPSocket? {
        place.address.ip.flatMap { socket(for: place.transport, IPAddress($0), like: preferred) }
    }

    /// Writes the request as it goes out into `output`.
    private func prepare(_ context: MessageContext, from socket: SIPSocket) -> Bool {
        let message = context.message
        var changes = context.changes
        do {
            if let source = context.endpoint {
                try changes.noteSource(source, of: message, forcesPort: context.forcesRport)
            }
            var branch: [UInt8] = []
            try message.writeBranch(key: key, into: &branch)
            if context.connection != 0 {
                // The answer finds its way back to the connection.
                branch.append(";i=")
                branch.append(hexadecimal: context.connection)
            }
            pushVia(context, socket, branch, &changes)
        } catch {
            return false
        }
        if !context.main.uri.isEmpty {
            context.main.uri.withUnsafeBufferPointer { changes.setRequestURI($0, of: message) }
        }
        if !context.main.path.isEmpty { addPath(context, &changes) }
        context.bodyEdits.apply(to: &changes, of: message)
        output.removeAll(keepingCapacity: true)
        message.serialize(
            changes, contentLength: socket.transport.isReliable ? .ensure : .follow, into: &output)
        return true
    }

    private func pushVia(
        _ context: MessageContext, _ socket: SIPSocket, _ branch: [UInt8], _ changes: inout Changes
    ) {
        let host = viaHost(context, socket)
        let port = viaPort(context, socket)
        host.withUnsafeBufferPointer { host in
            branch.withUnsafeBufferPointer { branch in
                let via = OwnVia(
                    socket.transport, host: host, port: port, branch: branch, asksForPort: context.addsLocalRport)
                changes.push(via, on: context.message)
            }
        }
    }

    /// The script's word for this message, the socket's `as`, the global parameter, the socket's address.
    private func viaHost(_ context: MessageContext, _ socket: SIPSocket) -> [UInt8] {
        if !context.advertisedHost.isEmpty { return context.advertisedHost }
        return socket.advertisedHost ?? (options.advertisedHost.isEmpty ? socket.host : options.advertisedHost)
    }

    private func viaPort(_ context: MessageContext, _ socket: SIPSocket) -> Int {
        func number(_ text: [UInt8]) -> Int? { text.withUnsafeBufferPointer { $0.decimal(atMost: 65_535) } }
        return number(context.advertisedPort) ?? socket.advertisedPort ?? number(options.advertisedPort) ?? socket.port
    }

    /// The path vector becomes the first Route headers.
    private func addPath(_ context: MessageContext, _ changes: inout Changes) {
        let message = context.message
        let place = message.header(.route)?.line.lower ?? message.headersEnd
        changes.insert(at: place) { text in
            text.append("Route: ")
            text += context.main.path
            text.append("\r\n")
        }
    }

    func transmit(
        _ bytes: [UInt8], from socket: SIPSocket, to place: Place, over connection: UInt64 = 0,
        _ later: @escaping (Int32) -> Void
    ) -> Int32? {
        func code(_ isSent: Bool) -> Int32 { isSent ? 1 : ForwardFailure.failed.rawValue }
        return socket.send(bytes, to: place.address, over: connection) { later(code($0)) }.map(code)
    }

    /// Counts and tells what `forward` and `send` could not send to anybody.
    func giveUp(_ message: Message, towards hop: NextHop, _ code: Int32) {
        counters.failedForwards &+= 1
        let host = String(decoding: hop.host, as: UTF8.self)
        let reason =
            switch ForwardFailure(rawValue: code) {
            case .noSocket: "no socket fits"
            case .badAddress: "it has no address"
            default: "nobody takes it"
            }
        let method = String(decoding: message[message.firstLine.methodText], as: UTF8.self)
        node.log(.error, "cannot send \(method) to \(host): \(reason)")
    }

    /// Whether a blacklist that the script uses has the place where `output` is to go.
    private func isForbidden(_ place: Place, for context: MessageContext) -> Bool {
        guard !context.blacklists.isEmpty, case .ip(let ip, let port) = place.address else { return false }
        return context.blacklists.contains { index in
            options.blacklists[index].forbids(
                place.transport, IPAddress(ip), port: Int(port), output, at: node.host.now)
        }
    }

    /// Sends a reply back along its Vias, without the topmost, which is ours (RFC 3261, 16.7 and 16.11).
    func forwardReply(_ context: MessageContext) {
        let message = context.message
        var changes = context.changes
        do {
            if options.checksVia, let via = try message.via(),
                !isMyself(message[via.host], port: via.port.isPresent ? via.portNumber : 5060)
            {
                return dropReply()
            }
            try changes.popVia(of: message)
            if message.status == 503, context.changedStatus == nil, options.translates503 {
                let start = message.firstLine.version.upper + 1
                changes.replace(ByteRange(start, start + 3)) { $0.append("500") }
            }
            context.bodyEdits.apply(to: &changes, of: message)
            guard let target = try message.replyTarget(), let transport = target.transport else { return dropReply() }
            let hop = NextHop(
                transport, host: Array(message[target.host]), port: target.port, isPortGiven: target.isPortGiven)
            output.removeAll(keepingCapacity: true)
            message.serialize(changes, contentLength: transport.isReliable ? .ensure : .follow, into: &output)
            send(reply: output, context, hop, connection(of: message, hop))
        } catch {
            dropReply()
        }
    }

    /// The connection that our Via in a reply names, if it leads where the reply goes.
    private func connection(of reply: Message, _ hop: NextHop) -> UInt64 {
        guard hop.transport.isReliable, let via = (try? reply.via()) ?? nil,
            let parameter = ParameterList(reply.bytes, in: via.parameters).first(named: "i"),
            let number = UInt64(String(decoding: reply[parameter.value], as: UTF8.self), radix: 16),
            let ip = hop.address?.ip, node.module(ProtoTCP.self)?.connection(number, leadsTo: IPAddress(ip)) == true
        else { return 0 }
        return number
    }

    private func send(reply bytes: [UInt8], _ context: MessageContext, _ hop: NextHop, _ connection: UInt64) {
        let preferred = context.socket
        let attempt: Attempt = { [weak self] place, later in
            guard let self, let socket = socket(for: place, like: preferred) else {
                return ForwardFailure.noSocket.rawValue
            }
            return transmit(bytes, from: socket, to: place, over: connection, later)
        }
        let finish: (Int32) -> Void = { [weak self] code in
            if code > 0 { self?.counters.forwardedReplies &+= 1 } else { self?.dropReply() }
        }
        if let code = reach(hop, with: context.message, attempt, later: finish) { finish(code) }
    }

    private func dropReply() { counters.brokenReplies &+= 1 }
}
