import Foundation

/// The rules of `grammar/opensips-cfg.ebnf`, and sentences derived from them.
final class Grammar {
    indirect enum Node {
        case terminal(String)
        case rule(String)
        case characters(String)
        case sequence([Node])
        /// With a number, by which its alternatives are counted.
        case choice(Int, [Node])
        case optional(Int, Node)
        case repetition(Int, Node)
        case exception(Node, Node)
    }

    struct Malformed: Error { var message: String }

    private(set) var rules: [String: Node] = [:]
    private(set) var order: [String] = []
    /// For each choice the rule it stands in, and how many ways there are.
    private(set) var choices: [(rule: String, count: Int)] = []
    private var depths: [String: Int] = [:]

    /// How often each way of each choice was taken, and each rule derived.
    private(set) var taken: [[Int]] = []
    private(set) var derived: [String: Int] = [:]

    static func load(from file: String = #filePath) throws -> Grammar {
        let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("grammar/opensips-cfg.ebnf"), encoding: .utf8)
        return try Grammar(text)
    }

    init(_ text: String) throws {
        var reader = Reader(text)
        while let (name, node) = try reader.rule(&choices) {
            rules[name] = node
            order.append(name)
        }
        taken = choices.map { Array(repeating: 0, count: $0.count) }
        // The least depth of a derivation, found by repeating until nothing changes.
        var isChanging = true
        while isChanging {
            isChanging = false
            for (name, node) in rules {
                let depth = min(self.depth(node) + 1, 1000)
                if depth < depths[name] ?? 1000 {
                    depths[name] = depth
                    isChanging = true
                }
            }
        }
    }

    /// Rules that no sentence needs to reach, since they only forbid.
    static let unreachable: Set = ["RESERVED"]

    private func depth(_ node: Node) -> Int {
        switch node {
        case .terminal, .characters, .optional, .repetition: 0
        case .rule(let name): depths[name] ?? 1000
        case .sequence(let nodes): nodes.map(depth).max() ?? 0
        case .choice(_, let nodes): nodes.map(depth).min() ?? 0
        case .exception(let node, _): depth(node)
        }
    }

    /// All texts of a rule that consists of choices between terminals.
    func words(_ name: String) -> Set<String> {
        func words(_ node: Node) -> Set<String> {
            switch node {
            case .terminal(let text): [text]
            case .rule(let name): self.words(name)
            case .choice(_, let nodes): nodes.reduce(into: []) { $0.formUnion(words($1)) }
            default: []
            }
        }
        return rules[name].map(words) ?? []
    }

    private lazy var reserved = words("RESERVED")

    // MARK: Sentences

    /// A sentence of a rule; `budget` is how many rules deep it goes where it can choose.
    func sentence(_ rule: String, budget: Int, _ random: inout some RandomNumberGenerator) -> [UInt8] {
        var output: [UInt8] = []
        derive(rule, budget, &output, &random)
        return output
    }

    /// What the next variable has to be, where the remarks of the grammar say more than its rules.
    private var nextVariable: [String] = []

    private func derive(
        _ name: String, _ budget: Int, _ output: inout [UInt8], _ random: inout some RandomNumberGenerator
    ) {
        derived[name, default: 0] += 1
        guard let node = rules[name] else { return }
        // A long sentence comes to its end: the parser bounds expressions.
        let budget = output.count > 2000 ? 0 : budget
        let start = output.count
        for _ in 0..<100 {
            output.removeSubrange(start...)
            switch name {
            // The target carries no change.
            case "assignment": nextVariable = ["$var(t)", "$(avp(t)[1])", "$ru"]
            case "for": nextVariable = ["$var(v)", "$avp(v)", "$json(a/b)"]
            case "INCLUDE_LINE": output.append(10)
            default: break
            }
            derive(node, isToken: name.first?.isUppercase ?? false, budget - 1, &output, &random)
            if isFit(output[start...], name) { break }
        }
        // The last port is not below the first.
        if name == "port_range", output[start...].contains(UInt8(ascii: "-")) {
            output.replaceSubrange(start..., with: Array("5060 - 5065".utf8))
        }
    }

    /// What the remarks of the grammar forbid.
    private func isFit(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
        guard name == "NAME" else { return true }
        let name = String(decoding: text, as: UTF8.self)
        return !["and", "or", "not"].contains { name.contains($0) }
    }

    private func derive(
        _ node: Node, isToken: Bool, _ budget: Int, _ output: inout [UInt8], _ random: inout some RandomNumberGenerator
    ) {
        switch node {
        case .terminal(let text): output.append(contentsOf: Array(text.utf8))
        case .characters(let name): output.append(Grammar.character(name, &random))
        case .rule(let name):
            guard name == "VARIABLE", let variable = nextVariable.randomElement(using: &random) else {
                return derive(name, budget, &output, &random)
            }
            nextVariable = []
            output.append(contentsOf: Array(variable.utf8))
        case .sequence(let nodes):
            for (index, node) in nodes.enumerated() {
                if index > 0, !isToken { separate(&output, &random) }
                derive(node, isToken: isToken, budget, &output, &random)
            }
        case .choice(let number, let nodes):
            let way = way(number, nodes.map(depth), budget, &random)
            taken[number][way] += 1
            derive(nodes[way], isToken: isToken, budget, &output, &random)
        case .optional(let number, let node):
            let way = budget > depth(node) ? Int.random(in: 0...1, using: &random) : 0
            taken[number][way] += 1
            if way == 1 { derive(node, isToken: isToken, budget, &output, &random) }
        case .repetition(let number, let node):
            let count = budget > depth(node) ? Int.random(in: 0...3, using: &random) : 0
            taken[number][min(count, 1)] += 1
            for index in 0..<count {
                if index > 0, !isToken { separate(&output, &random) }
                derive(node, isToken: isToken, budget, &output, &random)
            }
        case .exception(let node, _):
            let start = output.count
            repeat {
                output.removeSubrange(start...)
                derive(node, isToken: isToken, budget, &output, &random)
            } while reserved.contains(String(decoding: output[start...], as: UTF8.self))
        }
    }

    /// The way least taken so far among those that the budget allows, mostly.
    private func way(_ number: Int, _ depths: [Int], _ budget: Int, _ random: inout some RandomNumberGenerator) -> Int {
        var ways = depths.indices.filter { depths[$0] <= budget }
        if ways.isEmpty { ways = depths.indices.filter { depths[$0] == depths.min() } }
        if Int.random(in: 0..<3, using: &random) == 0, let least = ways.map({ taken[number][$0] }).min() {
            ways = ways.filter { taken[number][$0] == least }
        }
        return ways.randomElement(using: &random) ?? 0
    }

    /// Blanks, comments, line ends; nothing only where no two tokens can run together.
    private func separate(_ output: inout [UInt8], _ random: inout some RandomNumberGenerator) {
        guard let last = output.last else { return }
        if "(,;".utf8.contains(last), Bool.random(using: &random) { return }
        switch Int.random(in: 0..<20, using: &random) {
        case 0:
            // A comment right behind a variable would be a part of it.
            output.append(32)
            derive("SPACE", 6, &output, &random)
        case 1: output.append(10)
        default: output.append(32)
        }
        if ![32, 10, 9, 8, 13].contains(output.last ?? 0) { output.append(32) }
    }

    private static func character(_ name: String, _ random: inout some RandomNumberGenerator) -> UInt8 {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let odd = "!#%&*+-./:;<=>?@^_`|~ \u{1}\u{7f}"
        let set: String =
            switch name {
            case "letter": letters
            case "digit": "0123456789"
            case "nonzero": "123456789"
            case "octal": "01234567"
            case "hex": "0123456789abcdefABCDEF"
            case "blank": " \t\u{8}\r"
            case "newline": "\n"
            case "character": letters + odd + "\"'$()[]{},\\"
            case "quoted": letters + odd + "'$()[]{},\n"
            case "raw": letters + odd + "\"$()[]{},\\\n"
            case "comment": letters + "#\"'$;{}\n "
            case "path": letters + "./-_ "
            case "plain": letters + odd
            // What follows a name of a variable must not go on with it.
            case "format": letters + odd + "\"'{},\\"
            default: ""
            }
        return Array(set.utf8).randomElement(using: &random) ?? 0
    }

    // MARK: Coverage

    /// What no sentence has used so far.
    func missing() -> [String] {
        var missing = order.filter { derived[$0] == nil && !Self.unreachable.contains($0) }
        for (number, choice) in choices.enumerated() where !Self.unreachable.contains(choice.rule) {
            for (way, count) in taken[number].enumerated() where count == 0 {
                missing.append("\(choice.rule): way \(way + 1) of \(choice.count)")
            }
        }
        return missing
    }
}

extension Grammar {
    /// Reads EBNF as ISO 14977 writes it, as far as the grammar uses it.
    private struct Reader {
        private let text: [UInt8]
        private var position = 0
        private var name = ""

        init(_ text: String) { self.text = Array(text.utf8) }

        mutating func rule(_ choices: inout [(rule: String, count: Int)]) throws -> (String, Node)? {
            skip()
            guard position < text.count else { return nil }
            name = try identifier()
            try expect("=")
            let node = try choice(&choices)
            try expect(";")
            return (name, node)
        }

        private mutating func choice(_ choices: inout [(rule: String, count: Int)]) throws -> Node {
            var nodes = [try sequence(&choices)]
            while accept("|") { nodes.append(try sequence(&choices)) }
            guard nodes.count > 1 else { return nodes[0] }
            choices.append((name, nodes.count))
            return .choice(choices.count - 1, nodes)
        }

        private mutating func sequence(_ choices: inout [(rule: String, count: Int)]) throws -> Node {
            var nodes: [Node] = []
            while let node = try factor(&choices) {
                nodes.append(accept("-") ? .exception(node, try factor(&choices) ?? .sequence([])) : node)
            }
            return nodes.count == 1 ? nodes[0] : .sequence(nodes)
        }

        private mutating func factor(_ choices: inout [(rule: String, count: Int)]) throws -> Node? {
            skip()
            guard position < text.count else { return nil }
            switch text[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let quote = text[position]
                let start = position + 1
                position = start
                while position < text.count, text[position] != quote { position += 1 }
                position += 1
                return .terminal(String(decoding: text[start..<position - 1], as: UTF8.self))
            case UInt8(ascii: "?"):
                position += 1
                skip()
                let characters = try identifier()
                try expect("?")
                return .characters(characters)
            case UInt8(ascii: "("):
                position += 1
                let node = try choice(&choices)
                try expect(")")
                return node
            case UInt8(ascii: "["):
                position += 1
                let node = try choice(&choices)
                try expect("]")
                choices.append((name, 2))
                return .optional(choices.count - 1, node)
            case UInt8(ascii: "{"):
                position += 1
                let node = try choice(&choices)
                try expect("}")
                choices.append((name, 2))
                return .repetition(choices.count - 1, node)
            case let byte where byte | 32 >= UInt8(ascii: "a") && byte | 32 <= UInt8(ascii: "z"):
                return .rule(try identifier())
            default: return nil
            }
        }

        private mutating func identifier() throws -> String {
            let start = position
            while position < text.count, isNamePart(text[position]) { position += 1 }
            guard position > start else { throw malformed("a name") }
            return String(decoding: text[start..<position], as: UTF8.self)
        }

        private func isNamePart(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122)
        }

        private mutating func accept(_ sign: Unicode.Scalar) -> Bool {
            skip()
            guard position < text.count, text[position] == UInt8(ascii: sign) else { return false }
            position += 1
            return true
        }

        private mutating func expect(_ sign: Unicode.Scalar) throws {
            guard accept(sign) else { throw malformed("'\(sign)'") }
        }

        private func malformed(_ expected: String) -> Malformed {
            let line = text[..<min(position, text.count)].count { $0 == 10 } + 1
            return Malformed(message: "line \(line), rule \(name): expected \(expected)")
        }

        private mutating func skip() {
            while position < text.count {
                if text[position] == 32 || text[position] == 10 {
                    position += 1
                } else if text[position...].starts(with: Array("(*".utf8)) {
                    while position < text.count, !text[position...].starts(with: Array("*)".utf8)) { position += 1 }
                    position += 2
                } else {
                    return
                }
            }
        }
    }
}
