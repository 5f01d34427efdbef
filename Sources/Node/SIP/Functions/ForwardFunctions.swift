import SIP
import Script

/// `forward`, `send`, and what decides about the way of a request.
enum ForwardFunctions {
    static func all(_ sip: SIPLayer) -> [String: Function.Body] {
        [
            "forward": { [unowned sip] in forward(&$0, sip) },
            "send": { [unowned sip] in send(&$0, sip) },
            "force_rport": {
                $0.sip.forcesRport = true; return .code(1)
            },
            "add_rport": {
                $0.sip.forcesRport = true; return .code(1)
            },
            "add_local_rport": {
                $0.sip.addsLocalRport = true; return .code(1)
            },
            "force_local_rport": {
                $0.sip.addsLocalRport = true; return .code(1)
            },
            "set_via_handling": { call in
                guard let flags = call.text(0) else { return .code(-1) }
                for flag in flags.split(separator: UInt8(ascii: ",")) {
                    let name = Bytes(rebasing: flag).trimmed
                    if name.equalsIgnoringCase("force-rport") {
                        call.sip.forcesRport = true
                    } else if name.equalsIgnoringCase("add-local-rport") {
                        call.sip.addsLocalRport = true
                    } else {
                        call.warn("siskin does not know '\(String(decoding: name, as: UTF8.self))'")
                    }
                }
                return .code(1)
            },
            "force_tcp_alias": { [unowned sip] in alias(&$0, sip) },
            "add_tcp_alias": { [unowned sip] in alias(&$0, sip) },
            "is_myself": { [unowned sip] call in
                guard let host = call.text(0) else { return .code(-1) }
                let port = call.number(1) ?? 0
                return .code(port >= 0 && sip.isMyself(host, port: Int(port)) ? 1 : -1)
            },
            "force_send_socket": { [unowned sip] call in
                guard let name = call.text(0), let socket = sip.socket(named: name) else {
                    call.warn("there is no such socket")
                    return .code(-1)
                }
                call.sip.main.socket = socket
                return .code(1)
            },
            "set_advertised_address": { call in
                guard let host = call.bytes(0) else { return .code(-1) }
                call.sip.advertisedHost = host
                return .code(1)
            },
            "set_advertised_port": { call in
                guard let port = call.bytes(0),
                    port.withUnsafeBufferPointer({ $0.decimal(atMost: 65_535) }) != nil
                else { return .code(-1) }
                call.sip.advertisedPort = port
                return .code(1)
            },
        ]
    }

    /// `force_tcp_alias([port])`: what goes to the sender's address and port, that of its Via by default, uses the
    /// connection of this message (RFC 5923).
    private static func alias(_ call: inout CallContext, _ sip: SIPLayer) -> Completion {
        let message = call.sip
        guard message.connection != 0, let tcp = sip.node.module(ProtoTCP.self),
            let via = (try? message.message.via()) ?? nil
        else { return .code(-1) }
        let port = call.number(0).map { Int($0) } ?? (via.port.isPresent ? via.portNumber : 5060)
        guard (1...65_535).contains(port) else { return .code(-1) }
        return .code(tcp.addAlias(Address(message.sourceIP, port: port), for: message.connection) ? 1 : -1)
    }

    /// `forward([destination])`: to the destination, else to `$du`, else to the request URI.
    private static func forward(_ call: inout CallContext, _ sip: SIPLayer) -> Completion {
        let message = call.sip
        guard message.isRequest, !message.isDummy else { return .code(-1) }
        let hop: NextHop?
        if let destination = call.text(0) {
            hop = NextHop(destination: destination, default: message.transport)
        } else if !message.main.destination.isEmpty {
            hop = message.main.destination.withUnsafeBufferPointer { NextHop(uri: $0) }
        } else if !message.main.path.isEmpty {
            hop = message.main.firstHop?.withUnsafeBufferPointer { NextHop(uri: $0) }
        } else {
            hop = message.withRequestURI { NextHop(uri: $0) }
        }
        guard let hop else {
            call.warn("the destination is no SIP URI")
            return .code(ForwardFailure.code(ForwardFailure.badAddress.rawValue, isFromURI: !call.has(0)))
        }
        return follow(&call, sip, hop) { sip.forward(message, to: $0, $1) }
    }

    /// `send(destination[, headers])`: the message as it came, with more headers below its first line.
    private static func send(_ call: inout CallContext, _ sip: SIPLayer) -> Completion {
        let message = call.sip
        guard let destination = call.text(0),
            let hop = NextHop(destination: destination, default: message.transport)
        else { return .code(-1) }
        let headers = call.bytes(1) ?? []
        return follow(&call, sip, hop) { place, later in
            guard let socket = sip.socket(for: message, to: place) else { return ForwardFailure.noSocket.rawValue }
            var changes = Changes()
            headers.withUnsafeBufferPointer {
                changes.insert($0, at: message.message.firstLine.line.upper)
            }
            sip.output.removeAll(keepingCapacity: true)
            message.message.serialize(
                changes, contentLength: socket.transport.isReliable ? .ensure : .follow, into: &sip.output)
            return sip.transmit(sip.output, from: socket, to: place, later)
        }
    }

    /// Where name servers have to be asked or a connection made, the fiber waits in its statement.
    private static func follow(
        _ call: inout CallContext, _ sip: SIPLayer, _ hop: NextHop, _ attempt: @escaping SIPLayer.Attempt
    ) -> Completion {
        let node = sip.node
        let message = call.sip.message
        let isFromURI = !call.has(0)
        var ticket: Ticket?
        func conclude(_ code: Int32) -> Int32 {
            if code <= 0 { sip.giveUp(message, towards: hop, code) }
            return ForwardFailure.code(code, isFromURI: isFromURI)
        }
        let code = sip.reach(hop, with: message, attempt) { [weak node] code in
            if let node, let ticket { node.complete(ticket, code: conclude(code)) }
        }
        if let code { return .code(conclude(code)) }
        let waiting = node.makeTicket()
        ticket = waiting
        return .pending(waiting)
    }
}
