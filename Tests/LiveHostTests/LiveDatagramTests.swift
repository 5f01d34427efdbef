import Glibc
import LiveHost
import Node
import Testing

@Suite(.serialized) struct LiveDatagramTests {
    @Test(arguments: ["127.0.0.1:0", "[::1]:0", "0.0.0.0:0", "[::]:0"])
    func `datagrams of every size come back from an echo`(address: String) throws {
        try story { host in
            var echo: (any DatagramSocket)?
            echo = try host.bindDatagram(at(address)) { bytes, from in _ = echo?.send(bytes, to: from, onFailure: nil) }
            let server = try #require(echo).local.onLoopback
            let sizes = [0, 1, 172, 1500, 9000, 65_507]
            var got: [Int] = []
            let client = try host.bindDatagram(at(address)) { bytes, from in
                #expect(from == server)
                #expect(bytes.allSatisfy { $0 == UInt8(truncatingIfNeeded: bytes.count) })
                got.append(bytes.count)
                guard got.count == sizes.count else { return }
                // Loopback keeps the order.
                #expect(got == sizes)
                host.stop()
            }
            for size in sizes {
                let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: size), count: size)
                #expect(bytes.withUnsafeBufferPointer { client.send($0, to: server, onFailure: nil) })
            }
        }
    }

    @Test func `a burst is read in order`() throws {
        try story { host in
            var got: [String] = []
            let server = try host.bindDatagram(at("127.0.0.1:0")) { bytes, _ in
                got.append(bytes.text)
                if got.count == 100 {
                    #expect(got == (0..<100).map { "\($0)" })
                    host.stop()
                }
            }
            let client = try host.bindDatagram(at("127.0.0.1:0")) { _, _ in }
            for number in 0..<100 { client.send("\(number)", to: server.local) }
        }
    }

    @Test func `a port in use and an address that is not ours are told in the system's words`() throws {
        try story { host in
            let socket = try host.bindDatagram(at("127.0.0.1:0")) { _, _ in }
            #expect(throws: HostError(subject: socket.local.text, reason: "Address already in use")) {
                try host.bindDatagram(socket.local) { _, _ in }
            }
            #expect(throws: HostError(subject: "192.0.2.1:5060", reason: "Cannot assign requested address")) {
                try host.bindDatagram(at("192.0.2.1:5060")) { _, _ in }
            }
            socket.close()
            #expect(!socket.send("x", to: socket.local))
            // The loop closes the descriptor within the turn.
            _ = host.schedule(after: 0) {
                #expect(throws: Never.self) { try host.bindDatagram(socket.local) { _, _ in }.close() }
                host.stop()
            }
        }
    }

    @Test func `what cannot be sent is told, and the socket goes on`() throws {
        try story { host in
            var failures: [String] = []
            var socket: (any DatagramSocket)?
            socket = try host.bindDatagram(at("127.0.0.1:0")) { bytes, _ in
                #expect(bytes.text == "still here")
                #expect(failures == ["Message too long", "Address family not supported by protocol"])
                host.stop()
            }
            let local = try #require(socket).local
            socket?.send(String(repeating: "x", count: 65_508), to: local) { failures.append($0.reason) }
            socket?.send("x", to: at("[::1]:9")) { failures.append($0.reason) }
            // Nobody there: loopback answers with an ICMP error, which must not disturb the socket.
            socket?.send("x", to: at("127.0.0.1:1"))
            #expect(failures.isEmpty)
            _ = host.schedule(after: 0) { socket?.send("still here", to: local) }
        }
    }

    @Test func `what cannot be sent holds up nothing of a burst, and what was sent before the close goes out`() throws {
        try story { host in
            var got: [String] = []
            var failures = 0
            func look() {
                guard got.count == 200, failures == 4 else { return }
                #expect(got == (0..<200).map { "\($0)" })
                host.stop()
            }
            let server = try host.bindDatagram(at("127.0.0.1:0")) { bytes, _ in
                got.append(bytes.text)
                look()
            }
            let client = try host.bindDatagram(at("127.0.0.1:0")) { _, _ in }
            for number in 0..<200 {
                client.send("\(number)", to: server.local)
                guard number % 50 == 13 else { continue }
                client.send("x", to: at("[::1]:9")) { _ in
                    failures += 1
                    look()
                }
            }
            client.close()
        }
    }

    @Test func `unix datagrams come with their sender, empty ones too`() throws {
        let path = freshPath()
        try story { host in
            var got: [String] = []
            let server = try host.bindDatagram(.unix(path: path)) { bytes, from in
                got.append("\(from.text.replacingSuffix(of: path)) \(bytes.text)")
                if got.count == 4 {
                    #expect(got == ["unix: event", "unix: ", "unix:.client named", "unix: last"])
                    host.stop()
                }
            }
            #expect(server.local == .unix(path: path))
            let unnamed = try host.bindDatagram(.unix(path: "")) { _, _ in }
            let named = try host.bindDatagram(.unix(path: path + ".client")) { _, _ in }
            unnamed.send("event", to: .unix(path: path))
            unnamed.send("", to: .unix(path: path))
            named.send("named", to: .unix(path: path))
            unnamed.send("x", to: .unix(path: path + ".nobody")) { failure in
                #expect(failure.reason == "No such file or directory")
                named.close()
                unnamed.send("last", to: .unix(path: path))
            }
        }
    }

    @Test(arguments: [SOCK_DGRAM.rawValue, SOCK_STREAM.rawValue])
    func `a unix socket left behind by a killed process is taken over, a living one is not`(
        type: UInt32
    ) throws {
        let path = freshPath()
        let (killed, bound) = boundUnix(path, __socket_type(type))
        try #require(bound == 0)
        close(killed)
        try story { host in
            let server = try host.bindDatagram(.unix(path: path)) { _, _ in }
            #expect(throws: HostError(subject: "unix:" + path, reason: "Address already in use")) {
                try host.bindDatagram(.unix(path: path)) { _, _ in }
            }
            server.close()
            #expect(access(path, F_OK) != 0)
            _ = try host.bindDatagram(.unix(path: path)) { _, _ in }
            #expect(throws: HostError.self) {
                try host.bindDatagram(.unix(path: String(repeating: "x", count: 108))) { _, _ in }
            }
            host.stop()
        }
        #expect(access(path, F_OK) != 0, "the end of the host cleans up")
    }

    @Test func `a unix socket whose reader sleeps fills and says so`() throws {
        let path = freshPath()
        defer { unlink(path) }
        let (reader, bound) = boundUnix(path, SOCK_DGRAM)
        defer { close(reader) }
        try #require(bound == 0)
        try story { host in
            let sender = try host.bindDatagram(.unix(path: "")) { _, _ in }
            var taken = 0
            while taken < 100_000, sender.send("event", to: .unix(path: path)) { taken += 1 }
            #expect((1..<100_000).contains(taken))
            var byte: UInt8 = 0
            #expect(read(reader, &byte, 1) == 1)
            #expect(sender.send("event", to: .unix(path: path)))
            host.stop()
        }
    }
}

extension String {
    /// What follows `prefix` in an address, for comparing without the random part.
    fileprivate func replacingSuffix(of path: String) -> String {
        hasPrefix("unix:" + path) ? "unix:" + dropFirst(5 + path.count) : self
    }
}

/// A unix socket made by hand, and what binding it gave.
private func boundUnix(_ path: String, _ type: __socket_type) -> (CInt, CInt) {
    let descriptor = privateSocket(AF_UNIX, type)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    return (descriptor, bound)
}
