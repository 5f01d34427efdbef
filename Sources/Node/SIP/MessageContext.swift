import SIP
import Script

/// What a script sees of a message, and what it wants of it: the message as it came, where it came from, and the
/// changes that show when it goes out.
///
/// Lives in `Fiber.message`. A layer uses it again for the next message when no fiber holds it any more.
final class MessageContext {
    let message: Message
    /// What goes out differently.
    var changes = Changes()
    /// Number of the message on this node, `$mi`; 0 for the dummy.
    var number: Int32 = 0

    // Where it came from.
    var source = Address.ip(.anyV4, port: 0)
    /// Nil for the dummy.
    var socket: SIPSocket?
    /// The connection that it came on; 0 for datagrams.
    var connection: UInt64 = 0

    // Where it goes.
    /// Branch 0.
    var main = Target()
    /// Branches 1, 2, ...
    var branches: [Target] = []
    /// What `serialize_branches` put aside, best first.
    var serialized: [[Target]] = []

    /// The blacklists in use, by their numbers in `SIPOptions`.
    var blacklists: Set<Int> = []

    /// Script flags, by the bits of the node's message flags.
    var flags: UInt32 = 0
    var isDummy = false

    /// `force_rport`: answers go to the source port, whether asked or not (RFC 3581).
    var forcesRport = false
    /// `add_local_rport`: the Via that goes out asks for `rport`.
    var addsLocalRport = false
    var advertisedHost: [UInt8] = []
    var advertisedPort: [UInt8] = []
    /// Header lines for replies to this request, and a body.
    var replyHeaders: [UInt8] = []
    var replyBody: [UInt8] = []
    /// The server transaction of this request, once there is one.
    var transaction: ReplyTransaction?
    var bodyEdits = BodyEdits()
    /// What `change_reply_status` makes of a reply.
    var changedStatus: Int?
    /// New SDP for `$sdp`; nil shows the message's own.
    var sdp: [UInt8]?

    init() { message = Message() }

    /// Forgets everything of the message before, but for memory.
    func reset() {
        changes.reset()
        socket = nil
        connection = 0
        main.reset()
        if !branches.isEmpty { branches = [] }
        if !serialized.isEmpty { serialized = [] }
        if !blacklists.isEmpty { blacklists = [] }
        flags = 0
        forcesRport = false
        addsLocalRport = false
        advertisedHost.removeAll(keepingCapacity: true)
        advertisedPort.removeAll(keepingCapacity: true)
        replyHeaders.removeAll(keepingCapacity: true)
        replyBody.removeAll(keepingCapacity: true)
        transaction = nil
        sdp = nil
        changedStatus = nil
        if !bodyEdits.isEmpty { bodyEdits = BodyEdits() }
    }

    /// What event, timer and startup routes see.
    static func dummy() -> MessageContext {
        let context = MessageContext()
        try? context.message.load(dummyMessage.bytes)
        context.isDummy = true
        context.main.q = 0
        return context
    }

    private static let dummyMessage: StaticString =
        "DUMMY sip:user@dummy.com SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKdummy\r\nTo: <sip:to@dummy.com>\r\nFrom: <sip:from@dummy.com>;tag=1\r\nCall-ID: dummy-1\r\nCSeq: 1 DUMMY\r\n\r\n"

    var isRequest: Bool { message.isRequest }
    /// Of a reply, as it goes on.
    var status: Int { changedStatus ?? message.status }
    var sourceIP: IPAddress { source.ip.map { IPAddress($0) } ?? IPAddress(.anyV4) }
    var sourcePort: Int { Int(source.port ?? 0) }
    var transport: SIP.Transport { socket?.transport ?? .udp }

    /// Where a request came from, as its Via has to note it; nil for the dummy.
    var endpoint: Endpoint? { socket == nil ? nil : Endpoint(transport, sourceIP, port: sourcePort) }
}

extension Fiber {
    /// The context of the message that the script is about. Routes without a message get the dummy.
    var sip: MessageContext {
        if let context = message as? MessageContext { return context }
        let dummy = MessageContext.dummy()
        message = dummy
        return dummy
    }

    /// A header of the message cannot be parsed: the error route follows when the statement is done.
    func raise(badHeader kind: HeaderKind) { raise(ScriptError(badHeader: kind)) }
}

extension AccessContext {
    var sip: MessageContext { fiber.sip }
}

extension CallContext {
    var sip: MessageContext { fiber.sip }
}

extension ScriptError {
    /// As OpenSIPS words it (golden sip/error-route).
    init(badHeader kind: HeaderKind) {
        switch kind {
        case .other: self.init(information: "error parsing headers", code: 400, reason: "bad headers")
        case .via: self.init(information: "error parsing Via", code: 400, reason: "bad Via header")
        case .contentLength:
            self.init(information: "error parsing Content-Length", code: 400, reason: "bad Content-Length header")
        case .contact: self.init(information: "error parsing CONTACT headers", code: 400, reason: "bad headers")
        default: self.init(information: "error parsing \(kind.name) header", code: 400, reason: "bad header")
        }
        errorClass = 1
        level = 3
    }

    /// The request URI, as the script left it, is none.
    static let requestURI = ScriptError(badURI: "r-uri", reason: "bad r-uri")
    /// The request URI that came is none.
    static let incomingURI = ScriptError(badURI: "incoming uri", reason: "bad i-uri")

    private init(badURI name: String, reason: String) {
        self.init(information: "error parsing \(name)", code: 400, reason: reason)
        errorClass = 1
        level = 3
    }
}
