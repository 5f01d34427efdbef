import Foundation
import Script
import Testing

@Suite("Scripts behave as OpenSIPS 3.6.8 was recorded")
struct GoldenTests {
    @Test("A recorded case", arguments: Case.all)
    func replays(_ recorded: Case) throws {
        guard let reason = KnownIssues.reason(for: recorded.name) else { return try compare(recorded) }
        // Fails as soon as the case passes, so that the list gets shorter.
        withKnownIssue(Comment(rawValue: reason)) { try compare(recorded) }
    }

    /// Marks change nothing but that somebody sees them.
    @Test("A recorded case under observation", arguments: Case.all)
    func replaysObserved(_ recorded: Case) throws {
        let counter = StatementCounter()
        try compare(recorded, observer: counter)
        #expect(counter.count > 0 || recorded.isRefused)
    }

    private final class StatementCounter: StatementObserver {
        private(set) var count = 0

        func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket? {
            count += 1
            return nil
        }
    }

    private func compare(_ recorded: Case, observer: (any StatementObserver)? = nil) throws {
        let replay = try Replay(recorded, observer: observer)
        if recorded.isRefused {
            #expect(replay.refusal != nil, "the script should be refused, but starts")
            return
        }
        if let refusal = replay.refusal {
            Issue.record("the script does not start: \(refusal)")
            return
        }
        let log = recorded.improvedLog ?? recorded.log
        expect(replay.log, toBe: log, in: "log", isUnordered: recorded.isUnordered)
        expect(replay.replies, toBe: recorded.replies, in: "replies", isUnordered: recorded.isUnordered)
    }

    private func expect(_ got: [String], toBe wanted: [String], in place: String, isUnordered: Bool) {
        let (got, wanted) = isUnordered ? (got.sorted(), wanted.sorted()) : (got, wanted)
        if got != wanted { Issue.record("\(place):\n\(difference(from: wanted, to: got))") }
    }

    /// What is missing with a minus, what is too much with a plus, at its place.
    private func difference(from wanted: [String], to got: [String]) -> String {
        let changes = got.difference(from: wanted)
        let lines = changes.removals.reversed() + changes.insertions
        return lines.map { change in
            switch change {
            case .remove(let place, let line, _): "-\(place + 1): \(line)"
            case .insert(let place, let line, _): "+\(place + 1): \(line)"
            }
        }.joined(separator: "\n")
    }

    /// Otherwise every refusal would be worthless.
    @Test("A minimal script starts")
    func minimal() throws {
        let script = """
            === script
            socket=udp:127.0.0.1:@PORT@
            mpath="@MPATH@"
            loadmodule "proto_udp.so"
            route { exit; }
            startup_route { xlog("@@ READY\\n"); }
            """
        #expect(try Replay(Case(name: "minimal", text: script)).refusal == nil)
    }

    @Test("Known issues are about cases that exist")
    func knownIssuesExist() {
        let names = Set(Case.all.map(\.name))
        #expect(Set(KnownIssues.reasons.keys).subtracting(names).isEmpty)
    }

    @Test("DIFFERENCES.md tells of every improvement, and of no other")
    func improvementsAreDocumented() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "DIFFERENCES.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let documented = text.matches(of: /(?m)^## (.+)$/).map { String($0.1) }
        #expect(documented.sorted() == Case.all.filter { $0.improvedLog != nil }.map(\.name).sorted())
    }
}
