import SIP

/// Signs that a request comes from behind address translation. The order is that of the bits in 2.4.
enum NATTest: String, CaseIterable {
    case privateContact = "private-contact"
    case differentViaAddress = "diff-ip-src-via"
    case privateVia = "private-via"
    case privateSDP = "private-sdp"
    case differentViaPort = "diff-port-src-via"
    case differentContactAddress = "diff-ip-src-contact"
    case differentContactPort = "diff-port-src-contact"
    case sharedAddress = "carrier-grade-nat"

    /// Reads names with commas between, or a number of bits; nil where one is unknown.
    static func set(_ text: Bytes) -> [NATTest]? { flags(text) { NATTest(rawValue: $0) } }

    func holds(_ context: MessageContext) -> Bool {
        let message = context.message
        switch self {
        case .privateContact: return NATTest.contact(message).flatMap { $0.ip }?.isBehindNAT == true
        case .sharedAddress: return NATTest.contact(message).flatMap { $0.ip }?.isShared == true
        case .differentContactAddress:
            guard let ip = NATTest.contact(message)?.ip else { return false }
            return ip != context.sourceIP
        case .differentContactPort:
            guard let contact = NATTest.contact(message) else { return false }
            return contact.port != context.sourcePort
        case .privateVia: return NATTest.via(message).flatMap { $0.ip }?.isBehindNAT == true
        case .differentViaAddress:
            guard let via = NATTest.via(message) else { return false }
            return via.ip != context.sourceIP
        case .differentViaPort:
            guard let via = NATTest.via(message) else { return false }
            return via.port != context.sourcePort
        case .privateSDP:
            guard let sdp = SDPVariables.current(context) else { return false }
            return SessionAddresses(sdp).connectionAddresses.contains { $0.isBehindNAT }
        }
    }

    private static func contact(_ message: Message) -> (ip: IPAddress?, port: Int)? {
        guard let address = (try? message.address(of: .contact)) ?? nil,
            let uri = try? URI(message.bytes, in: address.uri), uri.host.isPresent
        else { return nil }
        return (IPAddress(host: message[uri.host]), uri.portOrDefault(in: message.bytes))
    }

    private static func via(_ message: Message) -> (ip: IPAddress?, port: Int)? {
        guard let via = (try? message.via()) ?? nil else { return nil }
        return (IPAddress(host: message[via.host]), via.port.isPresent ? via.portNumber : 5060)
    }
}

/// What can be done to a session description. The order is that of the bits in 2.4.
enum SDPFix: String, CaseIterable {
    case addDirection = "add-dir-active"
    case rewriteMedia = "rewrite-media-ip"
    case addNoProxy = "add-no-rtpproxy"
    case rewriteOrigin = "rewrite-origin-ip"
    case rewriteNull = "rewrite-null-ips"

    static func set(_ text: Bytes) -> [SDPFix]? { flags(text) { SDPFix(rawValue: $0) } }
}

/// Names with commas between, or the sum of bits in the order of the cases.
private func flags<Flag: CaseIterable>(_ text: Bytes, _ named: (String) -> Flag?) -> [Flag]? {
    if let bits = text.decimal(atMost: 0xffff) {
        return Flag.allCases.enumerated().filter { bits >> $0.offset & 1 != 0 }.map(\.element)
    }
    var flags: [Flag] = []
    for word in text.split(separator: UInt8(ascii: ",")) {
        guard let flag = named(String(decoding: Bytes(rebasing: word).trimmed, as: UTF8.self)) else { return nil }
        flags.append(flag)
    }
    return flags.isEmpty ? nil : flags
}

extension IPAddress {
    /// Of the address space that providers share between subscribers (RFC 6598).
    var isShared: Bool { family == .v4 && low >> 22 == 0x191 }

    /// Nobody else can send there.
    var isBehindNAT: Bool { isPrivate && !isShared || isLoopback }
}
