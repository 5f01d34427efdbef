import LiveHost
import Node
import SIP

/// One message that is sent, and what comes back: printed as it comes, up to a final reply. Over UDP the message is
/// sent again until something is heard (RFC 3261, 17.1.2).
final class Exchange {
    private(set) var hasAnswer = false

    private let host: LiveHost
    private let isReliable: Bool
    private let verbose: Bool
    /// Told of the final reply: whether it was a 2xx.
    private let onEnd: (Bool) -> Void
    private var datagrams: (any DatagramSocket)?
    private var stream: (any StreamConnection)?
    private var framer = StreamFramer()
    private var target = Address.ip(.anyV4, port: 0)
    private var pause = Nanoseconds.milliseconds(500)

    init(host: LiveHost, isReliable: Bool, verbose: Bool, onEnd: @escaping (Bool) -> Void) {
        self.host = host
        self.isReliable = isReliable
        self.verbose = verbose
        self.onEnd = onEnd
    }

    /// Calls `ready` with our address when there is a way to the target.
    func open(from local: Address, to target: Address, _ ready: @escaping (Address) -> Void) throws {
        self.target = target
        guard isReliable else {
            let socket = try host.bindDatagram(local) { [weak self] bytes, _ in self?.hear(bytes) }
            datagrams = socket
            return ready(socket.local)
        }
        stream = host.connect(
            to: target, from: local, timeout: .seconds(3),
            StreamHandlers(
                onOpen: { [weak self] in if let own = self?.stream?.local { ready(own) } },
                onReceive: { [weak self] in self?.read($0) },
                onClose: { [weak self] error in
                    if let error { Terminal.say("\(error)") }
                    self?.onEnd(false)
                }))
    }

    func send(_ message: [UInt8]) {
        if verbose { show(message) }
        if let stream {
            _ = stream.send(message)
        } else {
            transmit(message)
        }
        // Nobody answers an ACK.
        if (try? Message(message))?.method == .ack { onEnd(true) }
    }

    private func transmit(_ message: [UInt8]) {
        guard !hasAnswer else { return }
        _ = message.withUnsafeBufferPointer { bytes in
            datagrams?.send(bytes, to: target, onFailure: { Terminal.say("\($0)") })
        }
        _ = host.schedule(after: pause) { [weak self] in self?.transmit(message) }
        pause = min(pause * 2, .seconds(4))
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        framer.append(bytes)
        do {
            while let frame = try framer.next() {
                if case .message(let range) = frame {
                    let message = framer.withBytes(range) { Array($0) }
                    message.withUnsafeBufferPointer { hear($0) }
                }
            }
        } catch {
            Terminal.say("what came back cannot be read (\(error))")
            onEnd(false)
        }
    }

    private func hear(_ bytes: UnsafeBufferPointer<UInt8>) {
        hasAnswer = true
        show(Array(bytes))
        guard let message = try? Message(Array(bytes)), !message.isRequest, message.status >= 200 else { return }
        onEnd((200..<300).contains(message.status))
    }

    private func show(_ message: [UInt8]) {
        Terminal.write(message.filter { $0 != 0x0d })
        if message.last != 0x0a { Terminal.write("\n") }
    }
}
