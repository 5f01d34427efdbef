import Events
import Glibc
import LiveHost
import Syntax
import Testing

@testable import Node

/// A node that raises numbered events for as long as a test wants, and what became of them.
final class EventLoad {
    /// Events of a test; SISKIN_EVENTS says otherwise.
    static var usual: Int { getenv("SISKIN_EVENTS").flatMap { Int(String(cString: $0)) } ?? 100_000 }

    let host: LiveHost
    let node: Node
    let total: Int
    private let burst: Int
    private(set) var raised = 0
    /// Numbers that some receiver has got.
    private(set) var received: Set<Int> = []
    /// Copies beyond the first.
    private(set) var duplicates = 0
    /// Told once, when every event is settled.
    var onEnd: () -> Void = {}
    /// Called before and after every burst.
    var beforeBurst: (Int) -> Void = { _ in }
    var onBurst: (Int) -> Void = { _ in }

    init(_ host: LiveHost, _ script: String, total: Int = usual, burst: Int = 100) throws {
        self.host = host
        self.total = total
        self.burst = burst
        node = Node(name: "load", host: host)
        let modules = ["datagram", "flatstore", "virtual", "stream", "xmlrpc", "rabbitmq"]
        let text = modules.map { "loadmodule \"event_\($0).so\"\n" }.joined() + script + "\nroute { exit; }\n"
        let errors = node.load(Source(name: "load.cfg", bytes: Array(text.utf8))).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
        try node.start()
        _ = host.schedule(after: .milliseconds(1)) { [weak self] in self?.raise() }
    }

    private func raise() {
        beforeBurst(raised)
        for _ in 0..<min(burst, total - raised) {
            node.raise(
                Event(name: Array("E_LOAD".utf8), attributes: [.init(name: Array("n".utf8), value: .integer(raised))]))
            raised += 1
        }
        onBurst(raised)
        _ = host.schedule(after: .milliseconds(1)) { [weak self] in
            guard let self else { return }
            if raised < total { raise() } else { watch() }
        }
    }

    private func watch() {
        let statistics = node.deliveryStatistics
        if statistics.delivered + statistics.failed + statistics.partly >= statistics.raised { return onEnd() }
        _ = host.schedule(after: .milliseconds(5)) { [weak self] in self?.watch() }
    }

    func receive(_ number: Int) {
        if !received.insert(number).inserted { duplicates += 1 }
    }

    /// Every event has arrived or is counted as failed, and no copy is uncounted.
    func checkAccounts(copies: Int = 1) {
        let statistics = node.deliveryStatistics
        #expect(Int(statistics.raised) == total)
        #expect(Int(statistics.delivered + statistics.failed + statistics.partly) == total)
        let missing = total - received.count
        #expect(missing <= Int(statistics.failed), "\(missing) events are unaccounted for: \(statistics)")
        if copies == 1 {
            #expect(duplicates <= Int(statistics.possibleDuplicates), "\(duplicates) copies: \(statistics)")
        }
    }
}

/// The numbers behind `"n":` in a text of notifications or requests.
func numbers(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var numbers: [Int] = []
    var at = 0
    while let place = find(mark, in: text, from: at) {
        at = place + mark.count
        var number = 0
        while at < text.count, text[at] >= 48, text[at] < 58 {
            number = number * 10 + Int(text[at] - 48)
            at += 1
        }
        numbers.append(number)
    }
    return numbers
}

private let mark = Array("n\":".utf8)

/// Where a word begins. The C library searches: a loop of a debug build would take longer than what is tested.
func find(_ word: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var at = start
    let last = text.count - word.count
    while at <= last, let hit = memchr(base + at, CInt(word[0]), last + 1 - at) {
        at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        if memcmp(base + at, word, word.count) == 0 { return at }
        at += 1
    }
    return nil
}

/// A story that may take longer than others.
func longStory(_ seconds: Int, _ tell: @escaping (LiveHost) throws -> Void) throws {
    try LiveHost.run { host in
        _ = host.schedule(after: .seconds(seconds)) {
            Issue.record("not over after \(seconds) seconds")
            host.stop()
        }
        try tell(host)
    }
}
