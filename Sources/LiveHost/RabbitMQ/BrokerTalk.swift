import CRabbitMQ
import Glibc
import Node

/// The thread that talks to one broker: it connects, publishes what is in the mailbox, and reads confirms. librabbitmq
/// blocks, so nothing else happens here.
final class BrokerTalk: @unchecked Sendable {
    struct News: Sendable {
        var results: [(number: UInt64, result: BrokerResult)] = []
        var isUp = false
    }

    private let settings: BrokerSettings
    private let mailbox: BrokerMailbox
    private let tell: @Sendable (News) -> Void
    private var channel: BrokerChannel?
    private var news = News()
    /// After failures: when the next attempt is due, and how long to wait after the next failure.
    private var nextAttempt: Nanoseconds = 0
    private var pause = firstPause
    /// Somebody was refused for want of a connection, and wants to know when there is one.
    private var isMissed = false

    private static let firstPause = Nanoseconds.milliseconds(250)
    private static let longestPause = Nanoseconds.seconds(2)
    /// How long the end may take.
    private static let farewell = Nanoseconds.seconds(1)

    init(_ settings: BrokerSettings, _ mailbox: BrokerMailbox, tell: @escaping @Sendable (News) -> Void) {
        self.settings = settings
        self.mailbox = mailbox
        self.tell = tell
    }

    static var now: Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Nanoseconds(time.tv_sec) &* 1_000_000_000 &+ Nanoseconds(time.tv_nsec)
    }

    func run() {
        var end: Nanoseconds?
        while true {
            let (letters, isClosed) = mailbox.collect()
            if !letters.isEmpty || isMissed { connect(isWanted: !letters.isEmpty) }
            for letter in letters { publish(letter) }
            listen()
            report()
            if isClosed {
                let end = end ?? Self.now &+ Self.farewell
                if channel?.isQuiet ?? true || Self.now >= end { break }
            }
            if isClosed, end == nil { end = Self.now &+ Self.farewell }
            wait(end)
        }
        channel?.close()
        channel = nil
    }

    // MARK: Connecting

    /// - Parameter isWanted: a message waits. Even then the pause after a failure holds.
    private func connect(isWanted: Bool) {
        guard channel == nil, Self.now >= nextAttempt else { return }
        channel = BrokerChannel(settings)
        if channel != nil {
            pause = Self.firstPause
            if isMissed { news.isUp = true }
            isMissed = false
        } else {
            lost()
        }
    }

    private func lost() {
        nextAttempt = Self.now &+ pause
        pause = min(pause * 2, Self.longestPause)
        isMissed = true
    }

    private func publish(_ letter: BrokerMailbox.Letter) {
        guard let channel else {
            news.results.append((letter.number, .unreachable))
            return
        }
        if !channel.publish(letter.message, letter.number) { drop() }
    }

    private func listen() {
        guard let channel else { return }
        let isWell = channel.read(now: Self.now)
        news.results += channel.takeResults()
        if !isWell { drop() }
    }

    /// The connection is of no use any more.
    private func drop() {
        guard let channel else { return }
        self.channel = nil
        news.results += channel.abandon()
        lost()
    }

    private func report() {
        guard !news.results.isEmpty || news.isUp else { return }
        tell(news)
        news = News()
    }

    /// Until there is something to do.
    private func wait(_ end: Nanoseconds?) {
        var polls = [pollfd(fd: mailbox.bell, events: Int16(POLLIN), revents: 0)]
        var limit = Nanoseconds.seconds(60)
        if let channel {
            if channel.hasBufferedFrames { return }
            polls.append(pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0))
            limit = min(limit, channel.patience(now: Self.now))
        } else if isMissed {
            limit = min(limit, nextAttempt &- Self.now)
        }
        if let end { limit = min(limit, end &- Self.now) }
        // Round up, or the last millisecond is spent in a busy loop.
        let milliseconds = max(0, min(60_000, limit / 1_000_000 + 1))
        _ = poll(&polls, nfds_t(polls.count), CInt(milliseconds))
    }
}
