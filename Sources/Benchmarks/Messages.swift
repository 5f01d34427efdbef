import CAllocations
import Foundation
import SIP

/// How fast SIP messages are read.
enum Messages {
    static func measure() {
        let bytes = Array(invite.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        let message = Message()
        bytes.withUnsafeBufferPointer { bytes in
            report("an INVITE of \(bytes.count) bytes, its first line and headers found", bytes, message) { _ in }
            report("    and Via, From, To, CSeq, Call-ID, Contact read", bytes, message, readSeven)
            report("    and all \(headerCount(bytes, message)) headers read", bytes, message) { message in
                try readSeven(message)
                for kind in [HeaderKind.recordRoute, .route, .pAssertedIdentity] {
                    _ = try message.address(of: kind)
                }
                _ = try message.via(at: 1)
                _ = try message.contentLength()
                for index in 0..<message.headerCount { _ = message.header(at: index)?.value }
            }
        }
    }

    private static func readSeven(_ message: Message) throws {
        _ = try message.uri()
        _ = try message.via()
        _ = try message.from()
        _ = try message.to()
        _ = try message.cseq()
        _ = message.callID
        _ = try message.address(of: .contact)
    }

    private static func headerCount(_ bytes: Bytes, _ message: Message) -> Int {
        try? message.load(bytes)
        return message.headerCount
    }

    /// The best of several runs.
    private static func report(
        _ what: String, _ bytes: Bytes, _ message: Message, _ read: (Message) throws -> Void
    ) {
        let count = 200_000
        var best = Double.infinity
        var allocations: UInt = 0
        for _ in 0..<5 {
            let before = allocations_count()
            let start = processorTime()
            for _ in 0..<count {
                do {
                    try message.load(bytes)
                    try read(message)
                } catch {
                    fatalError("\(error)")
                }
            }
            best = min(best, (processorTime() - start) / Double(count))
            allocations = allocations_count() - before
        }
        print(
            what + ": " + String(format: "%.0f ns, %.2f million a second, ", best * 1e9, 1e-6 / best)
                + "\(allocations / UInt(count)) allocations")
    }

    private static let invite = """
        INVITE sip:bob@biloxi.example.com;transport=udp SIP/2.0
        Via: SIP/2.0/UDP proxy.atlanta.example.com:5060;branch=z9hG4bK77ef4c2312983.1
        Via: SIP/2.0/UDP pc33.atlanta.example.com:5060;branch=z9hG4bKnashds8;received=192.0.2.1;rport=5060
        Max-Forwards: 69
        Record-Route: <sip:proxy.atlanta.example.com;lr>
        Route: <sip:edge.biloxi.example.com;lr>
        From: "Alice" <sip:alice@atlanta.example.com>;tag=1928301774
        To: "Bob" <sip:bob@biloxi.example.com>
        Call-ID: a84b4c76e66710@pc33.atlanta.example.com
        CSeq: 314159 INVITE
        Contact: <sip:alice@pc33.atlanta.example.com:5060;ob>
        P-Asserted-Identity: "Alice" <sip:alice@atlanta.example.com>
        User-Agent: Example/2.1
        Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, INFO, PRACK, UPDATE
        Supported: replaces, 100rel, timer
        Session-Expires: 1800
        Content-Type: application/sdp
        Content-Length: 221

        v=0
        o=alice 2890844526 2890844526 IN IP4 pc33.atlanta.example.com
        s=-
        c=IN IP4 192.0.2.101
        t=0 0
        m=audio 49172 RTP/AVP 0 8 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=sendrecv

        """
}
