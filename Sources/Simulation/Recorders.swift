import Node

/// A socket of the outside that keeps what it gets, and may answer.
package final class DatagramRecorder {
    package struct Datagram: Hashable, Sendable {
        package var time: Nanoseconds
        package var from: Address
        package var bytes: [UInt8]
        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package private(set) var datagrams: [Datagram] = []
    /// What to answer, if anything.
    package var answer: (Datagram) -> [UInt8]? = { _ in nil }
    private var socket: (any DatagramSocket)?

    fileprivate init(_ address: Address, on host: SimulatedHost) throws(HostError) {
        socket = try host.bindDatagram(address) { [unowned self, unowned host] bytes, from in
            let datagram = Datagram(time: host.now, from: from, bytes: Array(bytes))
            datagrams.append(datagram)
            if let answer = answer(datagram) { send(answer, to: from) }
        }
    }

    package var local: Address { socket?.local ?? .unix(path: "") }
    package var texts: [String] { datagrams.map(\.text) }
    package func removeAll() { datagrams = [] }

    package func send(_ bytes: [UInt8], to: Address) {
        bytes.withUnsafeBufferPointer { _ = socket?.send($0, to: to, onFailure: nil) }
    }

    /// Nobody is at the address any more.
    package func close() { socket?.close() }
}

/// A listener of the outside that keeps what its connections get, and plays a script.
package final class StreamRecorder {
    package final class Connection {
        package let stream: SimulatedConnection
        package fileprivate(set) var received: [UInt8] = []
        package fileprivate(set) var isClosed = false
        package fileprivate(set) var error: HostError?
        package var text: String { String(decoding: received, as: UTF8.self) }

        fileprivate init(_ stream: SimulatedConnection) { self.stream = stream }

        @discardableResult
        package func send(_ bytes: [UInt8]) -> Bool { stream.send(bytes) }
        package func close() { stream.close() }
        /// Reads no more, so that the sender's queue fills.
        package func stall() { stream.stall() }
        package func readOn() { stream.readOn() }
    }

    /// In the order in which they came.
    package private(set) var connections: [Connection] = []
    package var onOpen: (Connection) -> Void = { _ in }
    /// Called with the bytes that came just now; `received` has them already.
    package var onReceive: (Connection, [UInt8]) -> Void = { _, _ in }
    private var listener: (any Listener)?

    fileprivate init(_ address: Address, on host: SimulatedHost) throws(HostError) {
        listener = try host.listen(address) { [unowned self] stream in
            guard let stream = stream as? SimulatedConnection else { return StreamHandlers() }
            let connection = Connection(stream)
            connections.append(connection)
            onOpen(connection)
            return StreamHandlers(
                onReceive: { [unowned self] bytes in
                    connection.received += bytes
                    onReceive(connection, Array(bytes))
                },
                onClose: { error in
                    connection.isClosed = true
                    connection.error = error
                })
        }
    }

    package var local: Address { listener?.local ?? .unix(path: "") }

    /// Accepts no more; the connections stay.
    package func close() { listener?.close() }
}

extension Simulation {
    /// Records what is sent to `address`, an address that no host has.
    package func recordDatagrams(at address: Address) throws(HostError) -> DatagramRecorder {
        try DatagramRecorder(address, on: outside)
    }

    /// Listens at `address`, an address that no host has.
    package func recordStreams(at address: Address) throws(HostError) -> StreamRecorder {
        try StreamRecorder(address, on: outside)
    }
}
