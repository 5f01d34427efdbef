import Testing

@testable import Script

/// AVPs are stacks: assigning pushes in front, index 0 is the newest, -1 the oldest.
@Suite struct AVPTests {
    @Test(
        "A stack of three",
        arguments: [
            ("", "c, b, a"), ("$avp(s) = \"d\";", "d, c, b, a"), ("$avp(s) = NULL;", "b, a"),
            ("$avp(s) := NULL;", "<null>"),
            ("$avp(s) := \"x\";", "x"), ("$avp(s) := $(avp(s)[2]);", "a"), ("$avp(s) := $avp(s);", "c"),
            ("$avp(s) = $(avp(s)[-1]);", "a, c, b, a"),
            ("$(avp(s)[0]) = \"x\";", "x, b, a"), ("$(avp(s)[-1]) = \"x\";", "c, b, x"),
            ("$(avp(s)[-3]) = \"x\";", "x, b, a"), ("$(avp(s)[1]) = 5;", "c, 5, a"),
            ("$(avp(s)[3]) = \"x\";", "c, b, a"), ("$(avp(s)[-4]) = \"x\";", "c, b, a"),
            ("$(avp(s)[1]) = NULL;", "c, a"), ("$(avp(s)[0]) = NULL;", "b, a"),
            ("$(avp(s)[-1]) = NULL;", "c, b"), ("$(avp(s)[9]) = NULL;", "c, b, a"), ("$(avp(s)[*]) = NULL;", "<null>"),
            ("$(avp(s)[*]) = \"x\";", "x"),
            ("$(avp(s)[append]) = \"x\";", "c, b, a, x"),
            ("$(avp(n)[append]) = \"x\"; $avp(s) = $avp(n);", "x, c, b, a"),
            ("$(avp(s)[1]) = $(avp(s)[0]);", "c, c, a"),
            ("$avp(s) = $var(u);", "b, a"), ("$avp(s) := $var(u);", "<null>"), ("$(avp(s)[1]) = $var(u);", "c, a"),
            ("$avp(s) = \"\";", ", c, b, a"),
            ("$var(i) = 1; $(avp(s)[$var(i)]) = \"x\";", "c, x, a"),
            ("$var(i) = \"1\"; $(avp(s)[$var(i)]) = \"x\";", "c, b, a"),
            ("$var(i) = -1; $(avp(s)[$var(i)]) = NULL;", "c, b"),
            ("$var(k) = \"s\"; $avp($var(k)) = \"x\";", "x, c, b, a"),
            ("$var(k) = \"s\"; $(avp($var(k))[1]) = NULL;", "c, a"), ("$avp($var(u)) = \"x\";", "c, b, a"),
            ("$avp(s) += \"d\";", "cd, c, b, a"), ("$avp(s) = $(avp(s)[*]);", "c, b, a, c, b, a"),
            ("while ($avp(s) != NULL) $avp(s) = NULL;", "<null>"),
            ("$(avp(s)[-2147483648]) = \"x\";", "c, b, a"), ("$(avp(s)[2147483647]) = NULL;", "c, b, a"),
            ("$avp(S) = \"other\";", "c, b, a"),
        ])
    func stack(_ statements: String, _ expected: String) {
        #expect(
            logged("$avp(s) = \"a\"; $avp(s) = \"b\"; $avp(s) = \"c\"; \(statements) xlog(\"$(avp(s)[*])\");")
                == expected)
    }

    @Test(
        "What is read",
        arguments: [
            ("$avp(s)", "c"), ("$(avp(s)[0])", "c"), ("$(avp(s)[2])", "a"), ("$(avp(s)[3])", "<null>"),
            ("$(avp(s)[-1])", "a"), ("$(avp(s)[-4])", "<null>"),
            ("$(avp(s)[append])", "<null>"), ("$avp(none)", "<null>"), ("$(avp(none)[*])", "<null>"),
            ("$(avp(s)[*]{s.len})", "7"), ("$(avp(s)[-2147483648])", "<null>"),
        ])
    func reading(_ variable: String, _ expected: String) {
        #expect(logged("$avp(s) = \"a\"; $avp(s) = \"b\"; $avp(s) = \"c\"; xlog(\"\(variable)\");") == expected)
    }

    @Test("Each run of a script begins without AVPs") func fresh() {
        let stage = Stage(statements: "xlog(\"$avp(s)\"); $avp(s) = \"old\"; $var(v) = \"kept\";")
        stage.play()
        stage.play()
        #expect(stage.log == ["<null>", "<null>"])
    }

    /// A stack for each name, as an array with the newest first.
    private struct Model {
        enum Item: Equatable { case number(Int32), text([UInt8]) }
        var stacks = [[Item]](repeating: [], count: 12)

        func place(_ name: Int, _ index: Int32) -> Int? {
            let place = index < 0 ? stacks[name].count + Int(index) : Int(index)
            return stacks[name].indices.contains(place) ? place : nil
        }
    }

    @Test("The store does what arrays do, whatever happens to it") func model() {
        var random = SeededRandom()
        let seed = random.seed
        let names = [0, 1, 2, 15, 16, 17, 40, 41, 100, 300, 301, 1000]
        for story in 0..<SeededRandom.rounds(200) {
            var fiber = Fiber()
            var model = Model()
            let scratch = Arena()
            for step in 0..<200 {
                let place = Int.random(in: 0..<names.count, using: &random)
                let name = names[place]
                let index = Int32.random(in: -5...5, using: &random)
                let number = Int32.random(in: .min ... .max, using: &random)
                let bytes = random.bytes(upTo: 40, from: Array("abc".utf8))
                let isNumber = Bool.random(using: &random)
                let item: Model.Item = isNumber ? .number(number) : .text(bytes)
                let value: Value = isNumber ? .bare(number) : scratch.copy(bytes)
                switch Int.random(in: 0..<12, using: &random) {
                case 0...3:
                    fiber.avps.push(name, value)
                    model.stacks[place].insert(item, at: 0)
                case 4:
                    fiber.avps.append(name, value)
                    model.stacks[place].append(item)
                case 5:
                    let found = model.place(place, index)
                    #expect(fiber.avps.replace(name, at: index, value) == (found != nil), "seed \(seed)")
                    if let found { model.stacks[place][found] = item }
                case 6, 7:
                    fiber.avps.remove(name, at: index)
                    if let found = model.place(place, index) { model.stacks[place].remove(at: found) }
                case 8:
                    // A value of the store itself, which may move while it is stored.
                    let other = names.randomElement(using: &random)!
                    let copied = fiber.avps.value(other, at: index)
                    if copied.isNull { break }
                    fiber.avps.push(name, copied)
                    model.stacks[place].insert(self.item(copied), at: 0)
                case 9 where step % 7 == 0: fiber.avps.removeAll(name); model.stacks[place] = []
                case 10 where step % 31 == 0: fiber.avps.removeAll(); model = Model()
                case 11 where step % 3 == 0: fiber = restored(fiber)
                default: break
                }
                for (place, name) in names.enumerated() {
                    let stack = model.stacks[place]
                    let got = (0..<fiber.avps.count(name)).map { self.item(fiber.avps.value(name, at: $0)) }
                    guard got == stack, fiber.avps.newest(name).isNull == stack.isEmpty else {
                        Issue.record("seed \(seed), story \(story), step \(step): \(got), not \(stack)")
                        return
                    }
                }
            }
        }
    }

    private func item(_ value: Value) -> Model.Item {
        value.isNumber ? .number(value.number) : .text(Array(value.bytes))
    }

    /// A fiber with what a continuation brings back.
    private func restored(_ fiber: Fiber) -> Fiber {
        let other = Fiber()
        Continuation(fiber).restore(other)
        return other
    }
}
