import DNS
import Node
import Testing

@testable import LiveHost

/// A tiny name server on loopback: `respond` makes an answer of a query, or nothing.
private final class NameServer {
    private(set) var queries: [[UInt8]] = []
    private var socket: (any DatagramSocket)?
    private var listener: (any Listener)?
    var address: Address { socket?.local ?? .unix(path: "") }

    init(_ host: LiveHost, _ respond: @escaping ([UInt8]) -> [UInt8]?) throws {
        socket = try host.bindDatagram(at("127.0.0.1:0")) { [self] bytes, source in
            queries.append(Array(bytes))
            let answer = respond(Array(bytes)) ?? []
            if !answer.isEmpty { answer.withUnsafeBufferPointer { _ = socket?.send($0, to: source, onFailure: nil) } }
        }
    }

    /// Answers over TCP as well, at the same port.
    func listen(_ host: LiveHost, _ respond: @escaping ([UInt8]) -> [UInt8]) throws {
        listener = try host.listen(address) { connection in
            StreamHandlers(onReceive: { bytes in
                let answer = respond(Array(bytes.dropFirst(2)))
                let framed = [UInt8(answer.count >> 8), UInt8(answer.count & 0xff)] + answer
                // In two pieces, as it may come.
                _ = connection.send(Array(framed.prefix(5)))
                _ = host.schedule(after: .milliseconds(20)) { _ = connection.send(Array(framed.dropFirst(5))) }
            })
        }
    }
}

@Suite(.serialized) struct NameServerTests {
    private static let question = Question(DomainName("_sip._udp.example.org") ?? .root, .srv)
    private static let record = Record.service(
        ServiceRecord(priority: 1, weight: 2, port: 5070, target: DomainName("a.example") ?? .root))

    /// The query with the marks of an answer, and one service.
    private static func answer(_ query: [UInt8], flags: (UInt8, UInt8) = (0x81, 0x80)) -> [UInt8] {
        var answer = query
        answer[2] = flags.0
        answer[3] = flags.1
        guard flags == (0x81, 0x80) else { return answer }
        answer[7] = 1
        let target: [UInt8] = [1, 0x61, 7] + Array("example".utf8) + [0]
        let head: [UInt8] = [0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, UInt8(6 + target.count)]
        return answer + head + [0, 1, 0, 2, 0x13, 0xce] + target
    }

    @Test func `an answer is found, and kept`() throws {
        try story { host in
            let server = try NameServer(host) { Self.answer($0) }
            host.nameServers = NameServers(host, servers: [server.address], Patience())
            host.ask(Self.question, patience: nil) { first in
                #expect(first == [Self.record])
                host.ask(Self.question, patience: nil) { second in
                    #expect(second == [Self.record])
                    #expect(server.queries.count == 1)
                    host.stop()
                }
            }
        }
    }

    @Test func `a silent server is passed over, and a forged answer is not believed`() throws {
        try story { host in
            let silent = try NameServer(host) { _ in nil }
            let refusing = try NameServer(host) { Self.answer($0, flags: (0x81, 0x82)) }
            let forging = try NameServer(host) { [Self.answer($0)[0] ^ 1] + Self.answer($0).dropFirst() }
            let good = try NameServer(host) { Self.answer($0) }
            host.nameServers = NameServers(
                host, servers: [silent, refusing, forging, good].map(\.address), Patience(timeout: 1, tries: 1))
            host.ask(Self.question, patience: nil) { records in
                #expect(records == [Self.record])
                #expect([silent, refusing, forging, good].map(\.queries.count) == [1, 1, 1, 1])
                host.stop()
            }
        }
    }

    @Test func `what no datagram holds comes over a stream`() throws {
        try story { host in
            let server = try NameServer(host) { Self.answer($0, flags: (0x83, 0x80)) }
            try server.listen(host) { Self.answer($0) }
            host.nameServers = NameServers(host, servers: [server.address], Patience())
            host.ask(Self.question, patience: nil) { records in
                #expect(records == [Self.record])
                host.stop()
            }
        }
    }

    @Test func `who asks the same at once shares a query, and nobody waits for ever`() throws {
        try story { host in
            let silent = try NameServer(host) { _ in nil }
            host.nameServers = NameServers(host, servers: [silent.address], Patience())
            var answers = 0
            for _ in 0..<3 {
                host.ask(Self.question, patience: Patience(timeout: 1, tries: 1)) { records in
                    #expect(records.isEmpty)
                    answers += 1
                    guard answers == 3 else { return }
                    #expect(silent.queries.count == 1)
                    host.stop()
                }
            }
        }
    }
}
