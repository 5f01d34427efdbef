import Testing

@testable import Script

/// Random programs, run by the machine and by the reference.
@Suite struct RandomProgramTests {
    @Test("Random programs do what the reference says") func programs() throws {
        let random = SeededRandom()
        let seed = random.seed
        var chance = Chance(random)
        var lines = 0
        for number in 0..<SeededRandom.rounds(400) {
            let program = chance.program()
            var reference = Reference(program)
            do { try reference.run() } catch is Reference.Endless { continue }
            let routes = program.enumerated().map { "route[r\($0)] { \(Step.lines($1)) }" }.joined(separator: "\n")
            let script = "route { exit; }\nstartup_route { route(r0); }\n\(routes)"
            let stage = Stage(script)
            try #require(stage.isCompiled, "\(stage.errors.map(\.message)) seed \(seed), program \(number)\n\(script)")
            stage.play()
            lines += reference.log.count
            try #require(stage.log == reference.log, "seed \(seed), program \(number)\n\(script)")
        }
        #expect(lines > 0)
    }

    @Test("Random programs that are stopped in front of every statement do the same") func stops() throws {
        let random = SeededRandom()
        let seed = random.seed
        var chance = Chance(random)
        var stops = 0
        for number in 0..<SeededRandom.rounds(200) {
            let program = chance.program()
            var reference = Reference(program)
            do { try reference.run() } catch is Reference.Endless { continue }
            let routes = program.enumerated().map { "route[r\($0)] { \(Step.lines($1)) }" }.joined(separator: "\n")
            let script = "route { exit; }\nstartup_route { route(r0); }\n\(routes)"
            let itinerary = Itinerary(stops: true)
            let stage = Stage(script, observer: itinerary)
            stage.play()
            while let ticket = stage.waiting.keys.first { stage.wake(ticket) }
            stops += itinerary.marks.count
            try #require(stage.log == reference.log, "seed \(seed), program \(number)\n\(script)")
        }
        #expect(stops > 0)
    }

    @Test("Random sums have the value that the reference says, in every place where a sum may stand") func sums() throws
    {
        let random = SeededRandom()
        let seed = random.seed
        var chance = Chance(random)
        let operands: [Step] = [
            .assign(0, Sum(first: .number(7))), .assign(1, Sum(first: .text("ab"))),
            .assign(2, Sum(first: .text("12"))),
            .push(0, Sum(first: .number(-3))), .push(0, Sum(first: .text("x"))),
        ]
        for number in 0..<SeededRandom.rounds(1500) {
            let sum = chance.sum(3)
            let steps: [Step] = [
                .assign(3, sum), .log, .push(1, sum), .log, .choice(.sum(sum), [.log], [.log]), .compound(0, "+", sum),
                .log, .compound(1, "+", sum), .log,
                .choice(.not(.sum(sum)), [.log], nil), .log,
            ]
            var reference = Reference([operands + steps])
            try reference.run()
            let stage = Stage(statements: Step.lines(operands + steps))
            stage.play()
            try #require(stage.log == reference.log, "seed \(seed), sum \(number): \(sum)")
        }
    }
}
