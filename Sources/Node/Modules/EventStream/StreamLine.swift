import Events

/// The connection to one JSON-RPC server. It is made with the first event and stays; after a failure, the next event
/// tries again.
final class StreamLine {
    let endpoint: SocketAddress.Endpoint
    private unowned let module: EventStream
    private var host: any Host { module.node.host }
    private var dial: Dial?
    private var isOpen = false
    private var replies = JSONRPCReplies()
    private var nextID: Int
    /// In the order sent.
    private var open: [Open] = []
    private var timer: Timer?
    var users = 0

    private struct Open {
        var backend: StreamBackend
        var delivery: DeliveryID
        /// Of the request, or of a notification that has not gone to the system.
        var id: Int
        var deadline: Nanoseconds
    }

    init(_ endpoint: SocketAddress.Endpoint, _ module: EventStream) {
        self.endpoint = endpoint
        self.module = module
        // Numbers of another time must not be taken for ours.
        nextID = Int(module.node.host.random() & 0x3fff_ffff)
    }

    func send(_ delivery: DeliveryEffect.Delivery, _ backend: StreamBackend) -> DeliveryAnswer {
        let dial = dial ?? makeDial()
        nextID = (nextID + 1) & 0x7fff_ffff
        var text: [UInt8] = []
        if module.isReliable {
            JSONRPC.appendRequest(
                delivery.event, id: nextID, method: backend.method, eventParameter: eventParameter(delivery.event),
                to: &text)
        } else {
            JSONRPC.appendNotification(
                delivery.event, method: backend.method, eventParameter: eventParameter(delivery.event), to: &text)
        }
        guard dial.send(text) else { return .failed(.broken) }
        open.append(
            Open(backend: backend, delivery: delivery.id, id: nextID, deadline: host.now &+ module.timeout))
        watch()
        return .pending
    }

    /// An event without attributes has no parameters at all, not even its name (recorded from OpenSIPS 3.6.8).
    private func eventParameter(_ event: Event) -> [UInt8]? {
        event.attributes.isEmpty ? nil : module.eventParameter
    }

    // MARK: The connection

    private func makeDial() -> Dial {
        let dial = Dial(endpoint, host, timeout: module.timeout)
        self.dial = dial
        replies = JSONRPCReplies()
        isOpen = false
        dial.start(
            StreamHandlers(
                onOpen: { [weak self] in self?.isOpen = true },
                onReceive: { [weak self] bytes in self?.receive(Array(bytes)) },
                onDrained: { [weak self] in self?.onDrained() },
                onClose: { [weak self, weak dial] _ in
                    if let self, let dial, self.dial === dial { fail(isOpen ? .unknown : .unreachable) }
                }))
        return dial
    }

    /// Gives up the connection and all that is under way.
    private func fail(_ reason: FailureReason) {
        let dial = dial
        self.dial = nil
        isOpen = false
        dial?.close()
        let lost = open
        open = []
        for entry in lost { entry.backend.port.settle(entry.delivery, .failed(reason)) }
    }

    /// Everything has gone to the system; a notification is done with that.
    private func onDrained() {
        guard !module.isReliable, isOpen else { return }
        let sent = open
        open = []
        for entry in sent { entry.backend.port.settle(entry.delivery, .delivered) }
    }

    private func receive(_ bytes: [UInt8]) {
        // A server may answer notifications; nobody asked it to.
        guard module.isReliable else { return }
        do {
            for reply in try replies.onBytes(bytes) {
                guard let id = reply.id, let place = open.firstIndex(where: { $0.id == id }) else { continue }
                let entry = open.remove(at: place)
                entry.backend.port.settle(entry.delivery, reply.isError ? .failed(.refused) : .delivered)
            }
        } catch {
            fail(.unknown)
        }
    }

    // MARK: Time

    private func watch() {
        guard timer == nil, let first = open.first else { return }
        timer = host.schedule(after: first.deadline &- host.now) { [weak self] in self?.onTimer() }
    }

    private func onTimer() {
        timer = nil
        let now = host.now
        if let first = open.first, first.deadline <= now {
            // A server that does not answer, or take what it is sent, is not tried over the same connection.
            fail(isOpen ? .unknown : .unreachable)
        }
        watch()
    }

    func leave(_ backend: StreamBackend) {
        users -= 1
        let leaving = open.filter { $0.backend === backend }
        open.removeAll { $0.backend === backend }
        for entry in leaving {
            entry.backend.port.settle(entry.delivery, .failed(isOpen ? .unknown : .unreachable))
        }
        guard users == 0 else { return }
        module.forget(self)
        if let timer { host.cancel(timer) }
        timer = nil
        let dial = dial
        self.dial = nil
        dial?.close()
    }
}
