import Glibc
import LiveHost
import Node
import Testing

@Suite(.serialized) struct LiveStreamTests {
    @Test(arguments: ["127.0.0.1:0", "[::1]:0", "unix"])
    func `a conversation, from the first byte before the connection is up to an orderly end`(kind: String) throws {
        let address = kind == "unix" ? Address.unix(path: freshPath()) : at(kind)
        try story { host in
            var log: [String] = []
            var heard = ""
            let listener = try host.listen(address) { connection in
                log.append("accepted")
                return StreamHandlers(
                    onReceive: { bytes in
                        heard += bytes.text
                        if heard == "hello world" { _ = connection.send(Array("back".utf8)) }
                    },
                    onClose: { error in
                        #expect(error == nil)
                        #expect(log == ["opened", "accepted", "back", "client closed"].filter(log.contains))
                        log.append("server closed")
                        host.stop()
                    })
            }
            var connection: (any StreamConnection)?
            connection = host.connect(
                to: listener.local, from: nil, timeout: .seconds(5),
                StreamHandlers(
                    onOpen: {
                        log.append("opened")
                        #expect(connection?.remote == listener.local)
                        if kind != "unix" { #expect(connection?.local.port != 0) }
                    },
                    onReceive: { bytes in
                        log.append(bytes.text)
                        connection?.close()
                        #expect(connection?.send([1]) == false)
                    },
                    onClose: { error in
                        #expect(error == nil)
                        log.append("client closed")
                        listener.close()
                    }))
            #expect(connection?.send(Array("hello ".utf8)) == true)
            #expect(connection?.send(Array("world".utf8)) == true)
            #expect(connection?.queued == 11)
            #expect(log.isEmpty)
        }
        if case .unix(let path) = address { #expect(access(path, F_OK) != 0) }
    }

    @Test func `a port in use is told in the system's words, and is free again after closing`() throws {
        try story { host in
            let listener = try host.listen(at("127.0.0.1:0")) { _ in StreamHandlers() }
            #expect(throws: HostError(subject: listener.local.text, reason: "Address already in use")) {
                try host.listen(listener.local) { _ in StreamHandlers() }
            }
            _ = host.schedule(after: 0) {
                listener.close()
                _ = host.schedule(after: 0) {
                    #expect(throws: Never.self) { try host.listen(listener.local) { _ in StreamHandlers() }.close() }
                    host.stop()
                }
            }
        }
    }

    @Test func `a dial that nobody takes ends with the system's words`() throws {
        try story { host in
            let listener = try host.listen(at("127.0.0.1:0")) { _ in StreamHandlers() }
            listener.close()
            var ends: [String] = []
            func ended(_ error: HostError?) {
                ends.append(error?.reason ?? "no error")
                if ends.count == 3 {
                    #expect(ends.sorted() == ["Connection refused", "No such file or directory", "no error"])
                    host.stop()
                }
            }
            let handlers = StreamHandlers(onOpen: { Issue.record("opened") }, onClose: ended)
            // Closed first: the listener's descriptor lives until the loop has turned.
            _ = host.schedule(after: .milliseconds(1)) {
                _ = host.connect(to: listener.local, from: nil, timeout: .seconds(5), handlers)
                _ = host.connect(to: .unix(path: freshPath()), from: nil, timeout: .seconds(5), handlers)
                host.connect(to: listener.local, from: nil, timeout: .seconds(5), handlers).close()
                #expect(ends.isEmpty)
            }
        }
    }

    @Test func `a dial into a full backlog times out`() throws {
        let (listener, target) = listening(backlog: 0)
        defer { close(listener) }
        try story { host in
            for _ in 0..<5 {
                _ = host.connect(
                    to: target, from: nil, timeout: .milliseconds(100),
                    StreamHandlers(onClose: { error in
                        #expect(error == HostError(subject: target.text, reason: "Connection timed out"))
                        host.stop()
                    }))
            }
        }
    }

    @Test func `a dial comes from the address that was asked for`() throws {
        try story { host in
            let listener = try host.listen(at("127.0.0.1:0")) { connection in
                #expect(connection.remote.ip == Address.IP("127.0.0.2"))
                host.stop()
                return StreamHandlers()
            }
            _ = host.connect(
                to: listener.local, from: at("127.0.0.2:0"), timeout: .seconds(5), StreamHandlers())
        }
    }

    @Test func `a peer that does not read fills the queue, and gets everything when it reads`() throws {
        let (listener, target) = listening(backlog: 5)
        defer { close(listener) }
        try story { host in
            var sent = 0
            var received = 0
            var drained = 0
            var peer: CInt = -1
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            func read() {
                let count = recv(peer, &buffer, buffer.count, CInt(MSG_DONTWAIT))
                if count > 0 { received += count }
                if count == 0 || drained > 1 {
                    #expect(count == 0)
                    #expect(received == sent)
                    #expect(drained == 1)
                    host.stop()
                } else {
                    _ = host.schedule(after: 0, read)
                }
            }
            var connection: (any StreamConnection)?
            func fill() {
                while connection?.send([UInt8](repeating: 1, count: 300_000)) == true { sent += 300_000 }
                let queued = connection?.queued ?? 0
                #expect((4 << 20...(4 << 20) + 300_000).contains(queued))
                #expect(connection?.send([1]) == false)
                // A second fill after the system has taken some of the first.
                peer = accept(listener, nil, nil)
                _ = host.schedule(after: 0, read)
            }
            connection = host.connect(
                to: target, from: nil, timeout: .seconds(5),
                StreamHandlers(
                    onOpen: fill,
                    onDrained: {
                        drained += 1
                        connection?.close()
                    }))
        }
    }

    @Test func `many small messages of a turn arrive as few reads`() throws {
        try story { host in
            var reads = 0
            var bytes = 0
            let listener = try host.listen(at("127.0.0.1:0")) { _ in
                StreamHandlers(onReceive: { piece in
                    reads += 1
                    bytes += piece.count
                    if bytes == 100_000 {
                        #expect(reads < 100)
                        host.stop()
                    }
                })
            }
            var connection: (any StreamConnection)?
            connection = host.connect(
                to: listener.local, from: nil, timeout: .seconds(5),
                StreamHandlers(onOpen: {
                    for _ in 0..<10_000 { _ = connection?.send([UInt8](repeating: 0, count: 10)) }
                }))
        }
    }

    @Test func `a reset is told as one`() throws {
        try story { host in
            let listener = try host.listen(at("127.0.0.1:0")) { connection in
                StreamHandlers(onClose: { error in
                    #expect(error?.reason == "Connection reset by peer")
                    host.stop()
                })
            }
            let client = dial(listener.local)
            _ = host.schedule(after: .milliseconds(20)) {
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(client, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                close(client)
            }
        }
    }

    @Test func `a peer that has said all still gets what was queued for it`() throws {
        try story { host in
            let answer = [UInt8](repeating: 9, count: 3 << 20)
            var client: CInt = -1
            var received = 0
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            func read() {
                let count = recv(client, &buffer, buffer.count, CInt(MSG_DONTWAIT))
                received += max(count, 0)
                if count == 0 {
                    #expect(received == answer.count)
                    close(client)
                    host.stop()
                } else {
                    _ = host.schedule(after: 0, read)
                }
            }
            let listener = try host.listen(at("127.0.0.1:0")) { connection in
                StreamHandlers(
                    onReceive: { _ in
                        _ = connection.send(answer)
                        _ = host.schedule(after: .milliseconds(20), read)
                    },
                    onClose: { #expect($0 == nil) })
            }
            client = dial(listener.local)
            _ = write(client, [1], 1)
            shutdown(client, CInt(SHUT_WR))
        }
    }

    @Test func `connections beyond the limit are closed as they come`() throws {
        try story { host in
            host.maximalAccepted = 2
            var accepted = 0
            let listener = try host.listen(at("127.0.0.1:0")) { _ in
                accepted += 1
                return StreamHandlers()
            }
            for _ in 0..<3 {
                _ = host.connect(
                    to: listener.local, from: nil, timeout: .seconds(5),
                    StreamHandlers(onClose: { _ in
                        #expect(accepted == 2)
                        host.stop()
                    }))
            }
        }
    }
}

/// A blocking socket that listens but does not accept, and its address.
private func listening(backlog: CInt) -> (CInt, Address) {
    let listener = privateSocket(AF_INET, SOCK_STREAM)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    listen(listener, backlog)
    _ = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    return (listener, .ip(.loopbackV4, port: UInt16(bigEndian: address.sin_port)))
}

/// A blocking socket connected to the port at the loopback address.
private func dial(_ target: Address) -> CInt {
    let client = privateSocket(AF_INET, SOCK_STREAM)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = (target.port ?? 0).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    #expect(connected == 0)
    return client
}
