import Events

/// Calls one method of one XML-RPC server.
final class XMLRPCBackend: EventBackend {
    private let endpoint: SocketAddress.Endpoint
    private let method: [UInt8]
    private unowned let module: EventXMLRPC
    private let port: BackendPort
    private var host: any Host { module.node.host }
    private var dial: Dial?
    private var isOpen = false
    private var response = HTTPResponse()
    /// The call under way, and what waits for it. The socket's window bounds them.
    private var calls: [Call] = []
    private var isCalling = false
    /// Answers that came over this connection.
    private var answered = 0
    private var timer: Timer?

    private struct Call {
        var delivery: DeliveryID
        var text: [UInt8]
        /// Sent over a kept connection that may have been closed at the other end before.
        var isRepeatable = false
    }

    init(
        _ endpoint: SocketAddress.Endpoint, method: [UInt8], _ module: EventXMLRPC, _ port: BackendPort
    ) {
        self.endpoint = endpoint
        self.method = method
        self.module = module
        self.port = port
    }

    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer {
        calls.append(Call(delivery: delivery.id, text: request(delivery.event)))
        next()
        return .pending
    }

    private func request(_ event: Event) -> [UInt8] {
        var body: [UInt8] = []
        XMLRPC.appendCall(event, method: method, parameters: module.parameters, to: &body)
        let head = """
            POST /RPC2 HTTP/1.1\r
            Host: \(endpoint)\r
            User-Agent: Siskin\r
            Content-Type: text/xml\r
            Content-Length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }

    private func next() {
        guard !isCalling, let call = calls.first else { return }
        isCalling = true
        let isKept = dial != nil
        let dial = dial ?? makeDial()
        calls[0].isRepeatable = isKept && answered > 0
        response = HTTPResponse()
        timer = host.schedule(after: module.timeout) { [weak self] in
            self?.timer = nil
            self?.fail(self?.isOpen == true ? .unknown : .unreachable)
        }
        if !dial.send(call.text) { fail(.broken) }
    }

    private func makeDial() -> Dial {
        let dial = Dial(endpoint, host, timeout: module.timeout)
        self.dial = dial
        isOpen = false
        answered = 0
        dial.start(
            StreamHandlers(
                onOpen: { [weak self] in self?.isOpen = true },
                onReceive: { [weak self, weak dial] bytes in
                    if let self, let dial, self.dial === dial { receive(bytes) }
                },
                onClose: { [weak self, weak dial] error in
                    if let self, let dial, self.dial === dial { onClose(error) }
                }))
        return dial
    }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        // Words that nobody asked for spoil the connection.
        guard isCalling else { return drop() }
        response.onBytes(bytes)
        read()
    }

    private func onClose(_ error: HostError?) {
        if isCalling, error == nil {
            response.onEnd()
            if response.state == .complete { return read() }
        }
        drop()
        guard isCalling, let call = calls.first else { return }
        if call.isRepeatable, response.isUntouched {
            // The server closed its end while we wrote: nothing of the call was answered, and HTTP (RFC 9112, 9.3.1)
            // allows for that at any time. A call may still have been read, so this counts as unknown all the same.
            finish(.failed(.unknown))
        } else {
            finish(.failed(isOpen ? .unknown : .unreachable))
        }
    }

    private func read() {
        switch response.state {
        case .reading: break
        case .broken:
            drop()
            finish(.failed(.unknown))
        case .complete:
            if !response.keepsConnection { drop() }
            answered += 1
            finish(answer)
        }
    }

    private var answer: DeliveryAnswer {
        switch response.status {
        case 200:
            switch XMLRPC.reply(in: response.body) {
            case .returned: .delivered
            case .fault: .failed(.refused)
            case .unreadable: .failed(.unknown)
            }
        case 400..<500: .failed(.refused)
        // It says that it has not done anything.
        case 503: .failed(.broken)
        default: .failed(.unknown)
        }
    }

    private func finish(_ answer: DeliveryAnswer) {
        guard isCalling, !calls.isEmpty else { return }
        isCalling = false
        if let timer { host.cancel(timer) }
        timer = nil
        let call = calls.removeFirst()
        port.settle(call.delivery, answer)
        if case .failed(let reason) = answer, reason != .refused {
            // Nothing of the rest has gone out.
            let rest = calls
            calls = []
            for call in rest { port.settle(call.delivery, .failed(.unreachable)) }
        }
        next()
    }

    private func fail(_ reason: FailureReason) {
        drop()
        finish(.failed(reason))
    }

    private func drop() {
        let dial = dial
        self.dial = nil
        dial?.close()
    }

    func close() {
        let wasOpen = isOpen
        drop()
        if let timer { host.cancel(timer) }
        timer = nil
        let rest = calls
        calls = []
        for (place, call) in rest.enumerated() {
            port.settle(call.delivery, .failed(place == 0 && isCalling && wasOpen ? .unknown : .unreachable))
        }
        isCalling = false
    }
}
