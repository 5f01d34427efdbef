import LiveHost
import Node

/// Answers every JSON-RPC request; can be killed and started again on the same port.
final class JSONRPCServer {
    private let host: LiveHost
    private var listener: (any Listener)?
    private(set) var local: Address
    private var connections: [any StreamConnection] = []
    private let onNumber: (Int) -> Void

    init(_ host: LiveHost, onNumber: @escaping (Int) -> Void) throws {
        self.host = host
        self.onNumber = onNumber
        local = at("127.0.0.1:0")
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
                // Requests follow one another without anything between them.
                while let end = Self.end(of: rest) {
                    let request = Array(rest[..<end])
                    rest.removeFirst(end)
                    request.withUnsafeBufferPointer { numbers(in: $0).forEach(onNumber) }
                    let digits = request.dropFirst(6).prefix { $0 >= 48 && $0 < 58 }
                    let id = String(decoding: digits, as: UTF8.self)
                    _ = connection.send(Array(#"{"jsonrpc":"2.0","result":1,"id":\#(id)}"#.utf8))
                }
            })
        }
        if let listener { local = listener.local }
    }

    /// No string of the tests has a brace.
    private static func end(of bytes: [UInt8]) -> Int? {
        var depth = 0
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return place + 1 }
            }
        }
        return nil
    }

    func kill() {
        listener?.close()
        listener = nil
        for connection in connections { connection.close() }
        connections = []
    }
}
