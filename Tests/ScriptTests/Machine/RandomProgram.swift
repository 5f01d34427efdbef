/// A program of the tests' own making: it can be written as a script, and `Reference` says what it does.
indirect enum Term {
    case number(Int32)
    case text(String)
    case variable(Place)
    case comparison(Place, String, Operand)
    case complement(Sum)
    case group(Sum)
}

/// `first op term op term ...`, with two ranks, both from the left.
struct Sum {
    var first: Term
    var rest: [(operation: String, term: Term)] = []
}

enum Operand { case number(Int32), text(String), variable(Place), null }

/// What can be read.
enum Place {
    case variable(Int)
    case newest(Int)
    case indexed(Int, Int32)
    case parameter
    case code
}

indirect enum Test {
    case comparison(Place, String, Operand)
    case variable(Place)
    case sum(Sum)
    case number(Int32)
    case route(Int, [Operand])
    case not(Test)
    /// All of one rank, from the left.
    case chain(Test, [(isAnd: Bool, test: Test)])
}

indirect enum Step {
    case assign(Int, Sum), assignNull(Int), compound(Int, String, Sum)
    case push(Int, Sum), pop(Int), replace(Int, Sum), clear(Int), put(Int, Int32, Sum), remove(Int, Int32), append(
        Int, Sum)
    case choice(Test, [Step], [Step]?)
    /// At most so many rounds, counted in a variable of its own.
    case loop(counter: Int, Int32, Test?, [Step])
    case each(Int, of: Int, [Step])
    case select(Place, [(label: Operand, body: [Step])], otherwise: [Step]?)
    case route(Int, [Operand])
    case leave(Int32), leaveLoop, exit, log
}

// MARK: As a script

extension Place: CustomStringConvertible {
    var description: String {
        switch self {
        case .variable(let name): "$var(v\(name))"
        case .newest(let name): "$avp(a\(name))"
        case .indexed(let name, let index): "$(avp(a\(name))[\(index)])"
        case .parameter: "$param(1)"
        case .code: "$rc"
        }
    }
}

extension Operand: CustomStringConvertible {
    var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text)\""
        case .variable(let place): "\(place)"
        case .null: "NULL"
        }
    }
}

extension Term: CustomStringConvertible {
    var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text)\""
        case .variable(let place): "\(place)"
        case .comparison(let place, let operation, let operand): "\(place) \(operation) \(operand)"
        case .complement(let sum): "~ (\(sum))"
        case .group(let sum): "(\(sum))"
        }
    }
}

extension Sum: CustomStringConvertible {
    var description: String { rest.reduce("\(first)") { "\($0) \($1.operation) \($1.term)" } }
}

extension Test: CustomStringConvertible {
    var description: String {
        switch self {
        case .comparison(let place, let operation, let operand): "\(place) \(operation) \(operand)"
        case .variable(let place): "\(place)"
        case .sum(let sum): "[\(sum) ]"
        case .number(let number): "\(number)"
        case .route(let name, let arguments): Step.call(name, arguments)
        case .not(let test): "!\(test.asTerm)"
        case .chain(let first, let rest):
            rest.reduce(first.asTerm) { "\($0) \($1.isAnd ? "&&" : "||") \($1.test.asTerm)" }
        }
    }

    private var asTerm: String {
        if case .chain = self { "(\(self))" } else { "\(self)" }
    }
}

extension Step: CustomStringConvertible {
    static func call(_ name: Int, _ arguments: [Operand]) -> String {
        "route(\((["r\(name)"] + arguments.map(\.description)).joined(separator: ", ")))"
    }

    var description: String {
        switch self {
        case .assign(let name, let sum): "$var(v\(name)) = \(sum);"
        case .assignNull(let name): "$var(v\(name)) = NULL;"
        case .compound(let name, let operation, let sum): "$var(v\(name)) \(operation)= \(sum);"
        case .push(let name, let sum): "$avp(a\(name)) = \(sum);"
        case .pop(let name): "$avp(a\(name)) = NULL;"
        case .replace(let name, let sum): "$avp(a\(name)) := \(sum);"
        case .clear(let name): "$avp(a\(name)) := NULL;"
        case .put(let name, let index, let sum): "$(avp(a\(name))[\(index)]) = \(sum);"
        case .remove(let name, let index): "$(avp(a\(name))[\(index)]) = NULL;"
        case .append(let name, let sum): "$(avp(a\(name))[append]) = \(sum);"
        case .choice(let test, let then, let otherwise):
            "if (\(test)) \(Step.block(then))" + (otherwise.map { " else \(Step.block($0))" } ?? "")
        case .loop(let counter, let rounds, let test, let body):
            "$var(i\(counter)) = 0; while ($var(i\(counter)) < \(rounds)\(test.map { " && (\($0))" } ?? "")) "
                + Step.block([], "$var(i\(counter)) = $var(i\(counter)) + 1; " + Step.lines(body))
        case .each(let name, let list, let body): "for ($var(v\(name)) in $(avp(a\(list))[*])) \(Step.block(body))"
        case .select(let place, let cases, let otherwise):
            "switch (\(place)) { " + cases.map { "case \($0.label): \(Step.lines($0.body)) " }.joined()
                + (otherwise.map { "default: \(Step.lines($0))" } ?? "") + " }"
        case .route(let name, let arguments): Step.call(name, arguments) + ";"
        case .leave(let code): "return(\(code));"
        case .leaveLoop: "break;"
        case .exit: "exit;"
        case .log: "xlog(\"[$var(v0)] [$var(v1)] [$var(v2)] [$var(v3)] [$(avp(a0)[*])] [$(avp(a1)[*])] $rc\");"
        }
    }

    static func lines(_ steps: [Step]) -> String { steps.map(\.description).joined(separator: " ") }
    static func block(_ steps: [Step], _ more: String = "") -> String { "{ \(lines(steps))\(more) }" }
}

// MARK: By chance

/// Makes programs. Routes call only later ones, and loops are counted, so that every program ends.
struct Chance {
    var random: SeededRandom
    private var counters = 0
    private let routes = 4

    init(_ random: SeededRandom) { self.random = random }

    private mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
    private mutating func name(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func some<Element>(_ range: ClosedRange<Int>, _ make: (inout Chance) -> Element) -> [Element] {
        (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
    }

    private mutating func number() -> Int32 {
        switch name(6) {
        case 0: [.min, .max, -1, 0, 1, 31, 32, 65_536].randomElement(using: &random)!
        default: Int32.random(in: -9...9, using: &random)
        }
    }

    private mutating func text() -> String {
        ["", "a", "B", "ab", "5", "-1", "007", "abc"].randomElement(using: &random)!
    }

    private mutating func place() -> Place {
        switch name(8) {
        case 0: .newest(name(2))
        case 1: .indexed(name(2), Int32.random(in: -3...3, using: &random))
        case 2: .parameter
        case 3: .code
        default: .variable(name(4))
        }
    }

    private mutating func operand() -> Operand {
        switch name(4) {
        case 0: .text(text())
        case 1: .variable(place())
        default: .number(number())
        }
    }

    private mutating func comparison() -> (Place, String, Operand) {
        if one(in: 6) { return (place(), ["==", "!="].randomElement(using: &random)!, .null) }
        return (place(), ["==", "!=", "<", ">", "<=", ">="].randomElement(using: &random)!, operand())
    }

    private mutating func term(_ depth: Int) -> Term {
        switch name(depth > 0 ? 9 : 6) {
        case 0, 1: return .number(number())
        case 2: return .text(text())
        case 6:
            let (place, operation, operand) = comparison()
            return .comparison(place, operation, operand)
        case 7: return .complement(sum(depth - 1))
        case 8: return .group(sum(depth - 1))
        default: return .variable(place())
        }
    }

    mutating func sum(_ depth: Int = 2) -> Sum {
        let operations = ["+", "+", "+", "-", "*", "/", "%", "|", "&", "^", "<<", ">>"]
        return Sum(first: term(depth), rest: some(0...3) { ($0.operation(operations), $0.term(depth)) })
    }

    private mutating func operation(_ operations: [String]) -> String { operations.randomElement(using: &random)! }

    private mutating func test(_ depth: Int, _ level: Int) -> Test {
        switch name(depth > 0 ? 10 : 7) {
        case 0: return .variable(place())
        case 1: return .sum(sum(1))
        case 2: return .number(number())
        case 3 where level + 1 < routes:
            return .route(Int.random(in: level + 1..<routes, using: &random), some(0...1) { $0.operand() })
        case 7: return .not(test(depth - 1, level))
        case 8, 9: return .chain(test(depth - 1, level), some(1...3) { ($0.one(in: 2), $0.test(depth - 1, level)) })
        default:
            let (place, operation, operand) = comparison()
            return .comparison(place, operation, operand)
        }
    }

    private mutating func step(_ depth: Int, _ level: Int, inLoop: Bool) -> Step {
        func body(_ chance: inout Chance, inLoop: Bool) -> [Step] { chance.steps(depth - 1, level, inLoop: inLoop) }
        switch name(depth > 0 ? 30 : 18) {
        case 0...4: return .assign(name(4), sum())
        case 5:
            return one(in: 3)
                ? .assignNull(name(4)) : .compound(name(4), operation(["+", "-", "*", "%", "|", "^"]), sum(1))
        case 6, 7: return .push(name(2), sum(1))
        case 8: return one(in: 2) ? .pop(name(2)) : .clear(name(2))
        case 9: return .replace(name(2), sum(1))
        case 10: return .put(name(2), Int32.random(in: -3...3, using: &random), sum(1))
        case 11:
            return one(in: 2) ? .remove(name(2), Int32.random(in: -3...3, using: &random)) : .append(name(2), sum(1))
        case 12...15: return .log
        case 16 where inLoop: return .choice(test(1, level), [.leaveLoop], nil)
        case 17 where level + 1 < routes:
            return .route(Int.random(in: level + 1..<routes, using: &random), some(0...2) { $0.operand() })
        case 18 where one(in: 3): return .choice(test(1, level), [one(in: 4) ? .exit : .leave(number() | 1)], nil)
        case 19...23:
            return .choice(test(2, level), body(&self, inLoop: inLoop), one(in: 2) ? body(&self, inLoop: inLoop) : nil)
        case 24, 25:
            counters += 1
            let counter = counters
            return .loop(
                counter: counter, Int32.random(in: 1...3, using: &random), one(in: 2) ? test(1, level) : nil,
                body(&self, inLoop: true))
        case 26: return .each(name(4), of: name(2), body(&self, inLoop: true))
        case 27, 28, 29:
            let labels = name(3)
            let cases = some(1...6) { chance in
                let label: Operand =
                    labels == 0 || (labels == 1 && chance.one(in: 2)) ? .text(chance.text()) : .number(chance.number())
                return (label, body(&chance, inLoop: true) + (chance.one(in: 3) ? [] : [.leaveLoop]))
            }
            return .select(place(), cases, otherwise: one(in: 2) ? body(&self, inLoop: true) : nil)
        default: return .assign(name(4), Sum(first: .variable(place())))
        }
    }

    private mutating func steps(_ depth: Int, _ level: Int, inLoop: Bool) -> [Step] {
        some(0...4) { $0.step(depth, level, inLoop: inLoop) }
    }

    /// The bodies of the routes `r0`, where it begins, to `r3`.
    mutating func program() -> [[Step]] {
        (0..<routes).map { level in some(2...6) { $0.step(3, level, inLoop: false) } + [.log] }
    }
}
