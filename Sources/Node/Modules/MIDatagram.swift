import Script
import Syntax

/// The management interface over datagrams: a JSON-RPC 2.0 request in one, the answer in another. The socket is
/// `udp:host:port`, or the path of a unix socket.
///
/// Differs from OpenSIPS: port 0 takes any free port, and the log names it.
final class MIDatagram: Module {
    static let name = "mi_datagram"

    private unowned let node: Node
    private var sockets: [any DatagramSocket] = []
    private var names: [String] = []
    private var isPretty = false

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "socket_name":
            guard let name = value.text, MIDatagram.address(name) != nil else {
                throw ParameterError("a socket is udp:address:port, or the path of a unix socket")
            }
            names.append(name)
        case "pretty_printing": isPretty = value.number ?? 0 != 0
        default: break
        }
    }

    private static func address(_ name: String) -> Address? {
        Address(name.hasPrefix("udp:") ? String(name.dropFirst(4)) : name)
    }

    func start() throws(StartError) {
        guard !names.isEmpty else { throw StartError("mi_datagram needs its parameter socket_name") }
        for name in names {
            guard let address = MIDatagram.address(name) else { continue }
            do throws(HostError) {
                let place = sockets.count
                let socket = try node.host.bindDatagram(address) { [weak self] in self?.receive($0, $1, place) }
                sockets.append(socket)
                if address.port == 0 { node.log(.notice, "mi_datagram answers at \(socket.local)") }
            } catch {
                throw StartError("mi_datagram: \(error)")
            }
        }
    }

    /// Where the node answers.
    var addresses: [Address] { sockets.map(\.local) }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Address, _ place: Int) {
        guard sockets.indices.contains(place), let answer = node.management.answer(bytes, isPretty: isPretty) else {
            return
        }
        let isTaken = answer.withUnsafeBufferPointer { answer in
            sockets[place].send(answer, to: from) { [weak self] error in self?.failed(error) }
        }
        if !isTaken { failed(HostError(subject: from.text, reason: "queue is full")) }
    }

    private func failed(_ error: HostError) { node.log(.warning, "mi_datagram: answer not sent: \(error)") }

    func stop() {
        for socket in sockets { socket.close() }
        sockets = []
    }
}
