import Node
import Simulation
import Testing

/// Two hosts with an address each, and short ways to talk between them.
struct World {
    let simulation: Simulation
    let a: SimulatedHost
    let b: SimulatedHost

    init(seed: UInt64 = 1) {
        simulation = Simulation(seed: seed)
        a = simulation.host("a", addresses: [Address.IP(v4: 0x0a00_0001)])
        b = simulation.host("b", addresses: [Address.IP(v4: 0x0a00_0002)])
    }
}

/// What a socket or a connection told.
final class Heard {
    var datagrams: [String] = []
    var bytes: [UInt8] = []
    var opened = 0
    var drained = 0
    var closed: [HostError?] = []
    var connection: (any StreamConnection)?

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var handlers: StreamHandlers {
        StreamHandlers(
            onOpen: { self.opened += 1 }, onReceive: { self.bytes += Array($0) }, onDrained: { self.drained += 1 },
            onClose: { self.closed.append($0) })
    }
}

func at(_ text: String) -> Address { Address(text) ?? .unix(path: text) }

extension DatagramSocket {
    @discardableResult
    func send(_ text: String, to: String, onFailure: ((HostError) -> Void)? = nil) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { send($0, to: at(to), onFailure: onFailure) }
    }
}

extension Host {
    func bind(_ address: String, _ heard: Heard = Heard()) throws -> any DatagramSocket {
        try bindDatagram(at(address)) { bytes, from in
            heard.datagrams.append("\(from) \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    /// Accepts connections into `heard`, the last one stays in `connection`.
    func listen(_ address: String, _ heard: Heard) throws -> any Listener {
        try listen(at(address)) { connection in
            heard.connection = connection
            return heard.handlers
        }
    }

    func dial(_ address: String, _ heard: Heard, timeout: Nanoseconds = .seconds(5)) -> any StreamConnection {
        let connection = connect(to: at(address), from: nil, timeout: timeout, heard.handlers)
        heard.connection = connection
        return connection
    }
}
