import Testing

@testable import Script

/// Notes the marks that fibers come to, and may stop them there.
final class Itinerary: StatementObserver {
    private let stops: Bool
    private(set) var marks: [Int] = []
    private var lastTicket: UInt64 = 0

    init(stops: Bool = false) { self.stops = stops }

    func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket? {
        marks.append(mark)
        guard stops else { return nil }
        lastTicket += 1
        return Ticket(number: lastTicket)
    }
}

@Suite struct MarkTests {
    /// What is reached by `startup_route { statements }`: the first word of each statement, and branches.
    private func path(_ statements: String, routes: String = "") -> [String] {
        let itinerary = Itinerary()
        let stage = Stage(
            "loadmodule \"cfgutils.so\" route { exit; }\nstartup_route {\n\(statements)\n}\n\(routes)",
            observer: itinerary)
        stage.play()
        #expect(stage.errors.map(\.message) == [])
        let program = stage.machine.program
        return itinerary.marks.map { index in
            let mark = program.marks[index]
            switch mark.kind {
            case .statement:
                let text = program.source.text(mark.span)
                return String(text.prefix { $0 != " " && $0 != "(" && $0 != ";" })
            case .branch(let branch):
                #expect(mark.owner.map { program.marks[$0].span.joined(mark.span) == program.marks[$0].span } == true)
                return "\(branch)"
            }
        }
    }

    @Test func `a program without an observer has no marks`() {
        let stage = Stage(statements: "if ($var(x) == 1) { exit; }")
        #expect(stage.machine.program.marks.isEmpty)
        #expect(!stage.machine.program.code.contains { $0.operation == .observe })
    }

    @Test func `both ways of an if are told, written or not`() {
        #expect(
            path("if ($var(x) == NULL) { $var(a) = 1; } if ($var(x) == 1) $var(b) = 1; else $var(c) = 1;")
                == ["if", "then", "$var", "if", "otherwise", "$var"])
        #expect(path("if ($var(x) == 1) { $var(a) = 1; } exit;") == ["if", "otherwise", "exit"])
        #expect(path("if ($var(x) == NULL) {;} else {;} exit;") == ["if", "then", "exit"])
    }

    @Test func `a condition that fails goes the way of one that does not hold`() {
        #expect(path("if ($var(x) > 1) { exit; } drop;") == ["if", "otherwise", "drop"])
        #expect(path("if ($var(x) > 1) { exit; } else drop;") == ["if", "otherwise", "drop"])
    }

    @Test func `loops tell of each round and of their end, but not of a break`() {
        #expect(
            path("$var(i) = 0; while ($var(i) < 2) { $var(i) += 1; } exit;")
                == ["$var", "while", "round", "$var", "round", "$var", "done", "exit"])
        #expect(path("while (1) { break; } exit;") == ["while", "round", "break", "exit"])
        #expect(
            path("$avp(l) = 1; $avp(l) = 2; for ($var(e) in $(avp(l)[*])) xlog(\"e\"); exit;")
                == ["$avp", "$avp", "for", "round", "xlog", "round", "xlog", "done", "exit"])
    }

    @Test func `a switch tells which body it runs, in a table of labels as well`() {
        let cases = "case 1: xlog(\"1\"); break; case 2: xlog(\"2\"); break; "
        for more in ["", "case 3: case 4: case 5: xlog(\"5\"); "] {
            #expect(
                path("$var(x) = 2; switch ($var(x)) { \(cases)\(more)default: exit; } drop;")
                    == ["$var", "switch", "label(1)", "xlog", "break", "drop"])
            #expect(path("$var(x) = 9; switch ($var(x)) { \(cases)\(more)} drop;").suffix(2) == ["unlabelled", "drop"])
        }
    }

    @Test func `a stopped fiber stands in front of the statement, and others run meanwhile`() throws {
        let itinerary = Itinerary(stops: true)
        let stage = Stage(
            "route { exit; } startup_route { xlog(\"1\"); if ($rc == 5) { ; } xlog(\"2 $rc\"); }", observer: itinerary)
        stage.play()
        #expect(stage.log == [])
        stage.play()
        #expect(stage.waiting.keys.sorted() == [1, 2])
        #expect(stage.wake(1))
        #expect(stage.log == ["1"])
        while let ticket = stage.waiting.keys.sorted().last { stage.wake(ticket) }
        // A code of 0, which the condition left, does not end the script here.
        #expect(stage.log == ["1", "2 0", "1", "2 0"])
    }
}
