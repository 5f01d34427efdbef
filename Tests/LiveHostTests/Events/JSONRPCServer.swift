import LiveHost
import Node

/// Answers every JSON-RPC request; can be killed and started again on the same port.
final class JSONRPCServer {
    private let host: LiveHost
    private var listener: (any Listener)?
    let local: Address
    private var connections: [any StreamConnection] = []
    private let onNumber: (Int) -> Void

    init(_ host: LiveHost, onNumber: @escaping (Int) -> Void) throws {
        self.host = host
        self.onNumber = onNumber
        local = .ip(.loopbackV4, port: ownPort())
        try start()
    }

    var isUp: Bool { listener != nil }

    func start() throws {
        guard listener == nil else { return }
        listener = try host.listen(local) { [unowned self] connection in
            connections.append(connection)
            var rest: [UInt8] = []
            return StreamHandlers(onReceive: { [unowned self] bytes in
                rest += bytes
                var answers: [UInt8] = []
                let end = rest.withUnsafeBufferPointer { answer($0, &answers) }
                rest.removeFirst(end)
                _ = connection.send(answers)
            })
        }
    }

    /// Requests follow one another without anything between them: `{"id":7,...,"params":{"n":5}}`. Returns where the last
    /// whole one ends.
    private func answer(_ bytes: UnsafeBufferPointer<UInt8>, _ answers: inout [UInt8]) -> Int {
        var start = 0
        while let end = find([125, 125], in: bytes, from: start) {
            let request = UnsafeBufferPointer(rebasing: bytes[start..<end + 2])
            numbers(in: request).forEach(onNumber)
            answers += #"{"jsonrpc":"2.0","result":1,"id":"#.utf8
            answers += request.dropFirst(6).prefix { $0 >= 48 && $0 < 58 }
            answers.append(UInt8(ascii: "}"))
            start = end + 2
        }
        return start
    }

    func kill() {
        listener?.close()
        listener = nil
        for connection in connections { connection.close() }
        connections = []
    }
}
