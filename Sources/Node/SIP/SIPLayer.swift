import SIP
import Script
import Syntax

/// Where messages come into a node and go out of it: its SIP sockets, what the script's parameters say about them,
/// and the routes that messages run.
final class SIPLayer {
    unowned(unsafe) let node: Node
    var options = SIPOptions()
    private(set) var sockets: [SIPSocket] = []
    var messageFlags = FlagNames()
    var branchFlags = FlagNames()
    var counters = SIPCounters()
    /// The node's secret: branches and tags that we made are known by it.
    let key: KeyedHash.Key
    /// Bytes that are being written to be sent.
    var output: [UInt8] = []

    private var idle: [MessageContext] = []
    private var lastNumber: Int32 = 0
    private var requestRoute: Int?
    private var replyRoute: Int?
    private var errorRoute: Int?
    /// As in OpenSIPS, a script that never forwards without a transaction has no use for replies of others.
    private var passesReplies = false
    /// Modules that look at messages before the script does: true takes a message out of its hands.
    private var filters: [(MessageContext) -> Bool] = []
    /// Told of messages whose script waits (`async`).
    var onSuspend: ((MessageContext) -> Void)?

    init(_ node: Node) {
        self.node = node
        key = KeyedHash.Key(low: node.host.random(), high: node.host.random())
        output.reserveCapacity(2048)
    }

    func configure(_ globals: [Global], _ program: Program) {
        options = SIPOptions(globals)
        requestRoute = program.route(.request)
        replyRoute = program.route(.onreply)
        errorRoute = program.route(.error)
        passesReplies = options.passesReplies ?? program.calls.contains { $0.function.name == "forward" }
        addStatistics()
    }

    // MARK: Sockets

    func add(_ socket: SIPSocket) {
        sockets.append(socket)
        if socket.isAny, socket.advertisedHost == nil, options.advertisedHost.isEmpty {
            node.log(.warning, "\(String(decoding: socket.label, as: UTF8.self)) tells others this address; write 'as'")
        }
    }

    func addFilter(_ filter: @escaping (MessageContext) -> Bool) { filters.append(filter) }

    func removeSockets(_ transport: SIP.Transport) { sockets.removeAll { $0.transport == transport } }

    /// The socket to send from: the one that the message came on if it fits, else the first that does; one on the
    /// loopback interface rather for what stays there.
    func socket(for transport: SIP.Transport, _ ip: IPAddress, like preferred: SIPSocket?) -> SIPSocket? {
        if let preferred, preferred.transport == transport, preferred.ip.family == ip.family { return preferred }
        let fitting = sockets.lazy.filter { $0.transport == transport && $0.ip.family == ip.family }
        return fitting.first { $0.ip.isLoopback == ip.isLoopback } ?? fitting.first
    }

    /// Those that there are sockets for, UDP first.
    var transports: [SIP.Transport] {
        SIP.Transport.allCases.filter { transport in sockets.contains { $0.transport == transport } }
    }

    /// The socket that `udp:10.0.0.1:5060`, `10.0.0.1:5060` or a tag (`edge`, `udp:edge`) names.
    func socket(named text: Bytes) -> SIPSocket? {
        guard let wanted = HostPort(text) else { return nil }
        let host = text[wanted.host]
        let candidates = sockets.lazy.filter { wanted.transport == nil || wanted.transport == $0.transport }
        let named = candidates.first { socket in
            (wanted.port == 0 || wanted.port == socket.port || wanted.port == socket.advertisedPort)
                && host.equalsHost(of: socket)
        }
        if let named { return named }
        return candidates.first { $0.tag?.withUnsafeBufferPointer { host.equalsIgnoringCase($0) } == true }
    }

    /// Whether a host, with a port unless 0, is this node: an address of a socket or an alias.
    func isMyself(_ host: Bytes, port: Int, transport: SIP.Transport? = nil) -> Bool {
        for socket in sockets where port == 0 || port == socket.port || port == socket.advertisedPort {
            if let transport, transport != socket.transport { continue }
            if host.equalsHost(of: socket) { return true }
        }
        for alias in options.aliases where alias.port == 0 || port == 0 || alias.port == port {
            if let transport, let own = alias.transport, own != transport { continue }
            if alias.matches(host) { return true }
        }
        return false
    }

    /// The script of a message waits.
    func scriptWaits(_ fiber: Fiber) {
        if let onSuspend, let context = fiber.message as? MessageContext { onSuspend(context) }
    }

    // MARK: Receiving

    /// A message that came in, on a connection with a number or as a datagram (0).
    func receive(_ bytes: Bytes, from source: Address, on socket: SIPSocket, connection: UInt64 = 0) {
        let context = idle.popLast() ?? MessageContext()
        lastNumber = lastNumber == .max ? 1 : lastNumber + 1
        context.number = lastNumber
        context.source = source
        context.socket = socket
        context.connection = connection
        handle(bytes, context, socket.limits)
        giveBack(consume context)
    }

    /// Keeps a context for the next message unless a waiting fiber or a transaction holds it.
    private func giveBack(_ context: consuming MessageContext) {
        guard idle.count < 64, isKnownUniquelyReferenced(&context) else { return }
        context.reset()
        idle.append(context)
    }

    private func handle(_ bytes: Bytes, _ context: MessageContext, _ limits: Limits) {
        let message = context.message
        do {
            try message.load(bytes, limits: limits)
        } catch {
            return refuse(context, "cannot be read (\(error.reason))")
        }
        if message.isRequest { counters.requests &+= 1 } else { counters.replies &+= 1 }
        do throws(ParseError) {
            if let defect = message.defect { throw defect }
            guard try message.via() != nil else { return refuse(context, "has no Via") }
            _ = try message.to()
            _ = try message.contentLength()
        } catch {
            return runErrorRoute(error, context)
        }
        if message.isRequest { handleRequest(context) } else { handleReply(context) }
    }

    private func handleRequest(_ context: MessageContext) {
        for filter in filters where filter(context) { return }
        guard let requestRoute else { return }
        node.run(requestRoute, prepare: { $0.message = context })
    }

    private func handleReply(_ context: MessageContext) {
        for filter in filters where filter(context) { return }
        guard let replyRoute else { return passOn(context) }
        node.run(
            replyRoute, prepare: { $0.message = context },
            finish: { [weak self] fiber in
                // A final reply cannot be dropped.
                if fiber.ending != .drop || context.message.status >= 200 { self?.passOn(context) }
            })
    }

    private func passOn(_ reply: MessageContext) {
        if passesReplies { forwardReply(reply) }
    }

    /// A request that has a first line, but headers that nobody can read.
    private func runErrorRoute(_ error: ParseError, _ context: MessageContext) {
        counters.badHeaders &+= 1
        guard let errorRoute, context.message.isRequest else { return refuse(context, "is broken (\(error.reason))") }
        let scriptError = ScriptError(badHeader: error.header)
        node.run(
            errorRoute,
            prepare: {
                $0.message = context
                $0.error = scriptError
            })
    }

    private func refuse(_ context: MessageContext, _ reason: String) {
        if context.message.isRequest { counters.brokenRequests &+= 1 } else { counters.brokenReplies &+= 1 }
        guard node.globals.logLevel >= LogLevel.info.rawValue else { return }
        node.log(.info, "a message from \(context.source) \(reason) and is dropped")
    }
}

extension SIPOptions.Alias {
    func matches(_ host: Bytes) -> Bool {
        let own = self.host
        return own.withUnsafeBufferPointer { own in
            if host.equalsIgnoringCase(own) { return true }
            guard acceptsSubdomains, host.count > own.count + 1 else { return false }
            let tail = Bytes(rebasing: host[(host.count - own.count)...])
            return host[host.count - own.count - 1] == UInt8(ascii: ".") && tail.equalsIgnoringCase(own)
        }
    }
}

extension Bytes {
    /// Whether these bytes are a socket's address or name, or what it advertises.
    func equalsHost(of socket: SIPSocket) -> Bool {
        for name in [socket.advertisedHost, socket.name] {
            if let name, name.withUnsafeBufferPointer({ equalsIgnoringCase($0) }) { return true }
        }
        guard let ip = IPAddress(host: self) else { return false }
        return ip == socket.ip || ip == socket.advertisedIP
    }
}

/// `host`, `host:port`, `proto:host` or `proto:host:port`, as scripts write destinations and sockets.
struct HostPort {
    private(set) var transport: SIP.Transport?
    private(set) var host = ByteRange.absent
    /// 0 where none is given.
    private(set) var port = 0

    init?(_ text: Bytes) {
        var start = 0
        if let colon = text.firstIndex(of: UInt8(ascii: ":")),
            let transport = SIP.Transport(text[ByteRange(0, colon)])
        {
            self.transport = transport
            start = colon + 1
        }
        var end = text.count
        if start < end, text[start] == UInt8(ascii: "[") {
            guard let close = text.lastIndex(of: UInt8(ascii: "]")) else { return nil }
            end = close + 1
        } else if let colon = text[start...].firstIndex(of: UInt8(ascii: ":")) {
            end = colon
        }
        host = ByteRange(start, end)
        guard host.count > 0 else { return nil }
        guard end < text.count else { return }
        guard text[end] == UInt8(ascii: ":"),
            let number = text[ByteRange(end + 1, text.count)].decimal(atMost: 65_535)
        else { return nil }
        port = number
    }
}
