/// What the programs of `Chance` do, written down a second time and as plainly as possible.
struct Reference {
    enum Item: Equatable {
        case null
        /// From a literal or an operation: no text form.
        case bare(Int32)
        /// As variables hold it.
        case number(Int32)
        case text([UInt8])
    }

    /// A comparison or an expression that cannot be made.
    struct Fault: Error {}
    /// The program takes longer than a test should.
    struct Endless: Error {}
    private enum Flow { case on, leaveLoop, left, ended }

    let routes: [[Step]]
    var variables = [Item](repeating: .null, count: 4)
    var counters: [Int: Int32] = [:]
    var lists = [[Item]](repeating: [], count: 2)
    var parameter = Item.null
    var code: Int32 = 0
    var log: [String] = []
    private var steps = 0

    init(_ routes: [[Step]]) { self.routes = routes }

    mutating func run() throws { _ = try call(0, []) }

    // MARK: Values

    private func read(_ place: Place) -> Item {
        switch place {
        case .variable(let name): variables[name]
        case .newest(let name): lists[name].first ?? .null
        case .indexed(let name, let index): self.index(index, of: name).map { lists[name][$0] } ?? .null
        case .parameter: parameter
        case .code: .number(code)
        }
    }

    private func index(_ index: Int32, of name: Int) -> Int? {
        let place = index < 0 ? lists[name].count + Int(index) : Int(index)
        return lists[name].indices.contains(place) ? place : nil
    }

    private func read(_ operand: Operand) -> Item {
        switch operand {
        case .number(let number): .bare(number)
        case .text(let text): .text(Array(text.utf8))
        case .variable(let place): read(place)
        case .null: .null
        }
    }

    private func stored(_ item: Item) -> Item {
        if case .bare(let number) = item { .number(number) } else { item }
    }

    private func number(_ item: Item) -> Int32? {
        switch item {
        case .bare(let number), .number(let number): number
        default: nil
        }
    }

    private func text(_ item: Item) -> [UInt8]? {
        switch item {
        case .number(let number): Array("\(number)".utf8)
        case .text(let bytes): bytes
        default: nil
        }
    }

    private func shown(_ item: Item) -> String {
        text(item).map { String(decoding: $0, as: UTF8.self) } ?? "<null>"
    }

    // MARK: Sums

    private mutating func evaluate(_ sum: Sum) throws -> Item {
        if sum.rest.isEmpty { return try alone(sum.first) }
        // The stronger rank first: what stands between the weak operators is added up.
        var weak: [(operation: String, item: Item)] = []
        var operation = ""
        var item = try part(sum.first)
        for (next, term) in sum.rest {
            if "+-*/%".contains(next) {
                item = try apply(next, item, part(term))
            } else {
                weak.append((operation, item))
                (operation, item) = (next, try part(term))
            }
        }
        weak.append((operation, item))
        return try weak.dropFirst().reduce(weak[0].item) { try apply($1.operation, $0, $1.item) }
    }

    private mutating func alone(_ term: Term) throws -> Item {
        switch term {
        case .comparison(let place, let operation, let operand):
            return .bare(try compare(place, operation, operand) ? 1 : 0)
        case .group(let sum): return try evaluate(sum)
        default: return try part(term)
        }
    }

    private mutating func part(_ term: Term) throws -> Item {
        switch term {
        case .number(let number): return .bare(number)
        case .text(let text): return .text(Array(text.utf8))
        case .variable(let place): return read(place)
        case .comparison:
            do { return try alone(term) } catch is Fault { return .bare(-1) }
        case .complement(let sum):
            guard let number = number(try part(.group(sum))) else { throw Fault() }
            return .bare(~number)
        case .group(let sum):
            // A comparison in parentheses is one without.
            if sum.rest.isEmpty { return try part(sum.first) }
            return try evaluate(sum)
        }
    }

    private func apply(_ operation: String, _ left: Item, _ right: Item) throws -> Item {
        if let left = number(left) {
            guard let right = right == .null ? 0 : number(right) else { throw Fault() }
            return .bare(Self.numbers(operation, left, right))
        }
        let isNull = left == .null || right == .null
        guard let left = left == .null ? [] : text(left), let right = right == .null ? [] : text(right) else {
            throw Fault()
        }
        if operation == "+" { return .text(left + right) }
        guard !isNull, left.count == right.count else { throw Fault() }
        switch operation {
        case "&": return .text(zip(left, right).map { $0 & $1 })
        case "|": return .text(zip(left, right).map { $0 | $1 })
        case "^": return .text(zip(left, right).map { $0 ^ $1 })
        default: throw Fault()
        }
    }

    private static func numbers(_ operation: String, _ left: Int32, _ right: Int32) -> Int32 {
        let (a, b) = (Int64(left), Int64(right))
        switch operation {
        case "+": return Int32(truncatingIfNeeded: a + b)
        case "-": return Int32(truncatingIfNeeded: a - b)
        case "*": return Int32(truncatingIfNeeded: a * b)
        case "/": return b == 0 ? 0 : Int32(truncatingIfNeeded: a / b)
        case "%": return b == 0 ? 0 : Int32(truncatingIfNeeded: a % b)
        case "&": return left & right
        case "|": return left | right
        case "^": return left ^ right
        case "<<": return Int32(truncatingIfNeeded: a << (b & 31))
        default: return Int32(truncatingIfNeeded: a >> (b & 31))
        }
    }

    // MARK: Conditions

    private mutating func compare(_ place: Place, _ operation: String, _ operand: Operand) throws -> Bool {
        let (left, right) = (read(place), read(operand))
        var order: Int?
        if let left = number(left), let right = number(right) {
            order = Int(left) - Int(right)
        } else if left != .null && right != .null {
            guard let left = text(left), let right = text(right) else {
                code = -1
                throw Fault()
            }
            let lower = { (bytes: [UInt8]) in bytes.map { (65...90).contains($0) ? $0 + 32 : $0 } }
            order = lower(left) == lower(right) ? 0 : lower(left).lexicographicallyPrecedes(lower(right)) ? -1 : 1
        }
        guard let order else {
            return operation == "==" ? left == right : operation == "!=" ? left != right : false
        }
        switch operation {
        case "==": return order == 0
        case "!=": return order != 0
        case "<": return order < 0
        case ">": return order > 0
        case "<=": return order <= 0
        default: return order >= 0
        }
    }

    private func isTrue(_ item: Item) -> Bool { number(item).map { $0 != 0 } ?? (text(item)?.isEmpty == false) }

    private enum Truth: Error { case ended }

    private mutating func holds(_ test: Test) throws -> Bool {
        switch test {
        case .comparison(let place, let operation, let operand): return try compare(place, operation, operand)
        case .variable(let place): return isTrue(read(place))
        case .number(let number): return number != 0
        case .sum(let sum):
            if sum.rest.isEmpty {
                if case .variable(let place) = sum.first { return read(place) != .null }
                if case .comparison(let place, let operation, let operand) = sum.first {
                    return try compare(place, operation, operand)
                }
            }
            if case .comparison = Self.ungrouped(sum.first), sum.rest.isEmpty { return isTrue(try evaluate(sum)) }
            do { return isTrue(try evaluate(sum)) } catch is Fault {
                code = -1
                return false
            }
        case .route(let name, let arguments):
            if try call(name, arguments) == .ended { throw Truth.ended }
            return code > 0
        case .not(let test): return try !holds(test)
        case .chain(let first, let rest):
            var result = try holds(first)
            for (isAnd, test) in rest where result == isAnd { result = try holds(test) }
            return result
        }
    }

    private static func ungrouped(_ term: Term) -> Term {
        if case .group(let sum) = term, sum.rest.isEmpty { ungrouped(sum.first) } else { term }
    }

    // MARK: Steps

    private mutating func call(_ name: Int, _ arguments: [Operand]) throws -> Flow {
        let outer = parameter
        parameter = arguments.first.map { stored(read($0)) } ?? .null
        let flow = try run(routes[name])
        parameter = outer
        if code == 0 { code = 1 }
        return flow == .ended ? .ended : .on
    }

    private mutating func run(_ body: [Step]) throws -> Flow {
        for step in body {
            steps += 1
            guard steps < 20_000, lists.allSatisfy({ $0.count < 500 }) else { throw Endless() }
            let flow: Flow
            do { flow = try run(step) } catch is Fault {
                code = -1
                continue
            } catch Truth.ended { return .ended }
            if flow != .on { return flow }
        }
        return .on
    }

    private mutating func run(_ step: Step) throws -> Flow {
        switch step {
        case .assign(let name, let sum): variables[name] = stored(try evaluate(sum))
        case .assignNull(let name): variables[name] = .null
        case .compound(let name, let operation, let sum):
            variables[name] = stored(try compound(variables[name], operation, evaluate(sum)))
        case .push(let name, let sum):
            let item = stored(try evaluate(sum))
            if item == .null { lists[name] = Array(lists[name].dropFirst()) } else { lists[name].insert(item, at: 0) }
        case .pop(let name): lists[name] = Array(lists[name].dropFirst())
        case .replace(let name, let sum):
            let item = stored(try evaluate(sum))
            lists[name] = item == .null ? [] : [item]
        case .clear(let name): lists[name] = []
        case .put(let name, let index, let sum):
            let item = stored(try evaluate(sum))
            if let place = self.index(index, of: name) {
                if item == .null { lists[name].remove(at: place) } else { lists[name][place] = item }
            } else if item != .null {
                throw Fault()
            }
        case .remove(let name, let index):
            if let place = self.index(index, of: name) { lists[name].remove(at: place) }
        case .append(let name, let sum):
            let item = stored(try evaluate(sum))
            if item != .null { lists[name].append(item) }
        case .choice, .loop, .each, .select: return try control(step)
        case .route(let name, let arguments): return try call(name, arguments)
        case .leave(let code):
            self.code = code
            return .left
        case .leaveLoop:
            code = -5
            return .leaveLoop
        case .exit: return .ended
        case .log:
            let lists = lists.map { $0.isEmpty ? "<null>" : $0.map(shown).joined(separator: ", ") }
            log.append((variables.map(shown) + lists).map { "[\($0)]" }.joined(separator: " ") + " \(code)")
        }
        code = 1
        return .on
    }

    private func compound(_ left: Item, _ operation: String, _ right: Item) throws -> Item {
        if let left = number(left), let right = number(right) { return .bare(Self.numbers(operation, left, right)) }
        guard case .text(let left) = left, case .text(let right) = right, operation == "+" else { throw Fault() }
        return .text(left + right)
    }

    private mutating func control(_ step: Step) throws -> Flow {
        switch step {
        case .choice(let test, let then, let otherwise):
            var isFault = false
            var isTrue = false
            do { isTrue = try holds(test) } catch is Fault {
                code = -1
                isFault = true
            }
            if isTrue {
                if then.isEmpty { code = 1 }
                return try run(then)
            }
            if let otherwise, !otherwise.isEmpty { return try run(otherwise) }
            if !isFault { code = 0 }
            return .on
        case .loop(let counter, let rounds, let test, let body):
            counters[counter] = 0
            code = 1
            while counters[counter, default: 0] < rounds {
                // A condition that cannot be made ends the loop like a false one.
                if let test {
                    do { if try !holds(test) { break } } catch is Fault { break }
                }
                counters[counter, default: 0] += 1
                code = 1
                let flow = try run(body)
                if flow == .leaveLoop { return .on }
                if flow != .on { return flow }
            }
            code = 1
        case .each(let name, let list, let body):
            code = 1
            guard !body.isEmpty else { return .on }
            var index = 0
            while lists[list].indices.contains(index) {
                variables[name] = lists[list][index]
                index += 1
                code = 1
                let flow = try run(body)
                if flow == .leaveLoop { return .on }
                if flow != .on { return flow }
            }
        case .select(let place, let cases, let otherwise):
            let item = read(place)
            code = 1
            let bodies = cases.map(\.body) + [otherwise ?? []]
            let start = cases.firstIndex { fits(item, $0.label) } ?? cases.count
            for body in bodies[start...] {
                let flow = try run(body)
                if flow == .leaveLoop { return .on }
                if flow != .on { return flow }
            }
        default: break
        }
        return .on
    }

    private func fits(_ item: Item, _ label: Operand) -> Bool {
        switch label {
        case .number(let label): return number(item) == label
        case .text(let label):
            return text(item).map { String(decoding: $0, as: UTF8.self).lowercased() == label.lowercased() } ?? false
        default: return false
        }
    }
}
