import Script
import Syntax

/// UDP sockets.
final class ProtoUDP: Transport {
    static let name = "proto_udp"

    private unowned let node: Node
    private var sockets: [any DatagramSocket] = []

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func listen(_ socket: SocketDefinition, on address: Address) throws(HostError) {
        sockets.append(try node.host.bindDatagram(address) { _, _ in })
    }

    func stop() {
        for socket in sockets { socket.close() }
        sockets = []
    }
}
