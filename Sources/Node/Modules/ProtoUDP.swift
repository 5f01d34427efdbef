import SIP
import Script
import Syntax

/// SIP over UDP. How much of a message is taken, `Limits` says.
final class ProtoUDP: Transport {
    static let name = "proto_udp"

    private unowned let node: Node
    private var sockets: [any DatagramSocket] = []
    private var limits = Limits()

    init(_ node: Node) { self.node = node }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        _ = try limits.set(parameter, value)
    }

    var implementation: ModuleImplementation { ModuleImplementation(own: Limits.parameters) }

    func listen(_ definition: SocketDefinition, on address: Address) throws(HostError) {
        let sip = node.sip
        var socket: SIPSocket?
        let datagrams = try node.host.bindDatagram(address) { bytes, source in
            // Keep-alives hold no message: two line ends, or a lone zero.
            guard bytes.count > 4, let socket else { return }
            sip.receive(bytes, from: source, on: socket)
        }
        sockets.append(datagrams)
        socket = SIPSocket(.udp, datagrams.local, definition, limits: limits) { [unowned datagrams] bytes, to, _, _ in
            datagrams.send(bytes, to: to, onFailure: nil)
        }
        if let socket { sip.add(socket) }
    }

    func stop() {
        for socket in sockets { socket.close() }
        sockets = []
        node.sip.removeSockets(.udp)
    }
}
