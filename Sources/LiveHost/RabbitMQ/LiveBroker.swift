import Glibc
import NIOCore
import Node

extension LiveHost {
    package func openBroker(_ settings: BrokerSettings, _ handlers: BrokerHandlers) -> any BrokerConnection {
        LiveBroker(self, settings, handlers)
    }
}

/// The loop's side of a broker connection: hands messages to the thread that talks to the broker, and results to the node.
final class LiveBroker: BrokerConnection {
    private let host: LiveHost
    private var handlers: BrokerHandlers?
    private let mailbox: BrokerMailbox
    private var thread: pthread_t?
    private let settings: BrokerSettings

    init(_ host: LiveHost, _ settings: BrokerSettings, _ handlers: BrokerHandlers) {
        self.host = host
        self.settings = settings
        self.handlers = handlers
        mailbox = BrokerMailbox()
        host.atStop(of: self) { [self] in close() }
    }

    func publish(_ message: BrokerMessage, _ number: UInt64) -> Bool {
        guard handlers != nil else { return false }
        if thread == nil { start() }
        guard thread != nil else { return false }
        return mailbox.post(BrokerMailbox.Letter(number: number, message: message), limit: Self.maximalQueue)
    }

    private func start() {
        let bound = NIOLoopBound(self, eventLoop: host.loop)
        let loop = host.loop
        let talk = BrokerTalk(settings, mailbox) { news in loop.execute { bound.value.tell(news) } }
        var handle = pthread_t()
        let box = Unmanaged.passRetained(talk)
        let code = pthread_create(
            &handle, nil,
            { argument in
                if let argument { Unmanaged<BrokerTalk>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        if code == 0 { thread = handle } else { box.release() }
    }

    private func tell(_ news: BrokerTalk.News) {
        for entry in news.results { handlers?.onResult(entry.number, entry.result) }
        if news.isUp { handlers?.onUp() }
    }

    func close() {
        guard handlers != nil else { return }
        handlers = nil
        host.hasClosed(self)
        mailbox.close()
        guard let thread else { return }
        self.thread = nil
        // Only the end of the process has to wait until the last messages are out.
        if host.isEnded { pthread_join(thread, nil) } else { pthread_detach(thread) }
    }
}
