import Node
import Simulation

/// Sends SIP messages to the nodes of a session, and shows what comes back.
final class SessionClient {
    private unowned let session: Session
    private var sockets: [Address: any DatagramSocket] = [:]
    private var lastNumber = 0

    init(_ session: Session) { self.session = session }

    func send(_ text: String, to node: SessionNode) {
        guard let target = address(of: node) else {
            return session.complain("\(node.name) has no udp socket; type socket=udp:127.0.0.1:5060")
        }
        do {
            let socket = try socket(near: target)
            lastNumber += 1
            let message = MessageTemplate(text, number: lastNumber, from: socket.local, to: target)
            Array(message.text.utf8).withUnsafeBufferPointer { bytes in
                _ = socket.send(bytes, to: target) { [weak session] in session?.complain("\($0)") }
            }
        } catch {
            session.complain("\(error)")
        }
    }

    /// The node's first UDP socket.
    private func address(of node: SessionNode) -> Address? {
        for socket in node.node.globals.sockets where socket.proto.text.lowercased() == "udp" {
            let host = ["*", "0.0.0.0"].contains(socket.host.text) ? "127.0.0.1" : socket.host.text
            guard let ip = Address.IP(host) else { continue }
            return .ip(ip, port: socket.ports.first?.lowerBound ?? 5060)
        }
        return nil
    }

    private func socket(near target: Address) throws -> any DatagramSocket {
        let isV4 = target.ip?.isV4 ?? true
        let local = Address.ip(isV4 ? .loopbackV4 : .loopbackV6, port: 0)
        if let socket = sockets[local] { return socket }
        let host: any Host =
            switch session.world.kind {
            case .simulated(let simulation): simulation.outside
            case .live(let host): host
            }
        let socket = try host.bindDatagram(local) { [weak session] bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            for line in text.split(whereSeparator: \.isNewline) { session?.result("< \(line)") }
        }
        sockets[local] = socket
        return socket
    }
}
