/// Reads the lines of one module block.
struct ModuleReader {
    private(set) var facts = ModuleFacts(name: "", releases: [])
    /// Lines that could not be read; a test holds that there are none.
    private(set) var unreadable: [Substring] = []
    private var indexedClasses: [Substring] = []

    /// Reads a whole block.
    init(block: Substring) {
        for text in block.cut(at: "\n") {
            if !read(FactLine(text)) { unreadable.append(text) }
        }
        finish()
    }

    /// Brings the lists into the order that `named` relies on.
    private mutating func finish() {
        for index in facts.transformations.indices {
            let owner = facts.transformations[index].name.utf8.prefix { $0 != UInt8(ascii: ".") }
            facts.transformations[index].isIndexed = indexedClasses.contains { $0.utf8.elementsEqual(owner) }
        }
        facts.functions.sort { ($0.name, $0.isShadowed ? 1 : 0) < ($1.name, $1.isShadowed ? 1 : 0) }
        facts.asyncFunctions.sort { $0.name < $1.name }
        facts.parameters.sort { $0.name < $1.name }
        facts.variables.sort { ($0.name, $0.subname == .none ? 0 : 1) < ($1.name, $1.subname == .none ? 0 : 1) }
        facts.transformations.sort { $0.name < $1.name }
        facts.events.sort { $0.name < $1.name }
        facts.commands.sort { $0.name < $1.name }
        facts.statistics.sort { $0.name < $1.name }
    }

    private mutating func read(_ line: FactLine) -> Bool {
        switch line.keyword {
        case "module": return readHead(line)
        case "needs": return readDependencies(line)
        case "asks": return readParameterDependencies(line)
        case "context": facts.contexts += line.words.map(\.name)
        case "fn": return append(function(line), to: \.functions)
        case "async": return append(function(line), to: \.asyncFunctions)
        case "param": return readParameters(line)
        case "var": facts.variables += line.words.map { variable($0, line) }
        case "tr": return line.words.allSatisfy { append(transformation($0, line), to: \.transformations) }
        case "indexed": indexedClasses += line.words
        case "event": return append(event(line), to: \.events)
        case "mi": line.words.forEach { readCommand($0, line) }
        case "stat": facts.statistics += line.words.map { statistic($0, line) }
        default: return false
        }
        return true
    }

    private mutating func append<Fact>(_ fact: Fact?, to list: WritableKeyPath<ModuleFacts, [Fact]>) -> Bool {
        guard let fact else { return false }
        facts[keyPath: list].append(fact)
        return true
    }

    private func releases(_ line: FactLine) -> Releases { line.releases ?? facts.releases }

    private mutating func readHead(_ line: FactLine) -> Bool {
        guard let name = line.words.first else { return false }
        facts.name = name.name
        facts.releases = line.releases ?? .all
        for word in line.words.dropFirst() {
            if word == "builtin" {
                facts.isBuiltin = true
            } else if let family = ModuleFacts.Family(rawValue: String(word)) {
                facts.family = family
            } else {
                return false
            }
        }
        return true
    }

    private mutating func readDependencies(_ line: FactLine) -> Bool {
        guard let absence = line.words.first.flatMap({ Dependency.Absence(rawValue: String($0)) }) else { return false }
        for word in line.words.dropFirst() {
            if let (_, name) = word.pair(at: ":") {
                guard let family = ModuleFacts.Family(rawValue: String(name)) else { return false }
                facts.dependencies.append(Dependency(target: .anyOf(family), absence: absence))
            } else {
                facts.dependencies.append(Dependency(target: .module(word.name), absence: absence))
            }
        }
        return true
    }

    private mutating func readParameterDependencies(_ line: FactLine) -> Bool {
        for word in line.words {
            guard let (name, target) = word.pair(at: "=") else { return false }
            let family = ModuleFacts.Family(rawValue: String(target))
            guard family != nil || target == "by_value" else { return false }
            facts.parameterDependencies.append(ParameterDependency(parameter: name.name, family: family))
        }
        return true
    }

    private func function(_ line: FactLine) -> FunctionFacts? {
        guard let word = line.words.first else { return nil }
        let (name, rest) = word.pair(at: "(") ?? (word, "")
        // Without parentheses the arguments were not recorded; then neither were the routes.
        guard let signature = rest.isEmpty ? Signature(.unknown, routes: .any) : Signature(facts: rest, routes: .any)
        else { return nil }
        var function = FunctionFacts(name: name.name, releases: releases(line), signature: signature)
        function.condition = line.condition
        function.isShadowed = line.flags.contains("shadowed")
        function.isInternal = line.flags.contains("internal")
        for (release, text) in line.otherwise {
            guard let other = Signature(facts: text.dropFirst(), routes: signature.routes) else { return nil }
            function.otherSignatures[release] = other
        }
        return function
    }

    private mutating func readParameters(_ line: FactLine) -> Bool {
        guard let head = line.words.first, let (kinds, isRepeatable) = valueKinds(head) else { return false }
        var others: [Release: ValueKinds] = [:]
        for (release, text) in line.otherwise { others[release] = valueKinds(text)?.kinds }
        for word in line.words.dropFirst() {
            var parameter = ModuleParameter(name: word.name, releases: releases(line), kinds: kinds)
            parameter.isRepeatable = isRepeatable
            parameter.condition = line.condition
            parameter.otherKinds = others
            facts.parameters.append(parameter)
        }
        return true
    }

    private func valueKinds(_ text: Substring) -> (kinds: ValueKinds, isRepeatable: Bool)? {
        let (prefix, list) = text.pair(at: ":") ?? ("", text)
        guard prefix.isEmpty || prefix == "func" else { return nil }
        if list == "untyped" { return ([], false) }
        var kinds: ValueKinds = []
        for kind in list.cut(at: "|") {
            switch kind {
            case "string": kinds.insert(.string)
            case "int": kinds.insert(.int)
            default: return nil
            }
        }
        return (kinds, !prefix.isEmpty)
    }

    private func variable(_ word: Substring, _ line: FactLine) -> VariableFacts {
        let marks: Set<UInt8> = [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "="), UInt8(ascii: "!"), 0x2A]
        let end = word.utf8.firstIndex { marks.contains($0) } ?? word.endIndex
        var variable = VariableFacts(name: word[..<end].name, releases: releases(line))
        var rest = word[end...]
        if let (head, tail) = rest.pair(at: ")") {
            rest = tail
            let isOptional = head.hasPrefix("(?")
            variable.subname = isOptional ? .optional : .required
            variable.subnames = head.dropFirst(isOptional ? 2 : 1).cut(at: "|").map(\.name)
        }
        for mark in rest.utf8 {
            switch mark {
            case UInt8(ascii: "["): variable.takesIndex = true
            case UInt8(ascii: "="): variable.isWritable = true
            case UInt8(ascii: "!"): variable.needsParentheses = true
            case UInt8(ascii: "*"): variable.isDescribed = false
            default: break
            }
        }
        return variable
    }

    private func transformation(_ word: Substring, _ line: FactLine) -> TransformationFacts? {
        guard let (name, rest) = word.pair(at: "(") else { return nil }
        var transformation = TransformationFacts(name: name.name, releases: releases(line))
        for letter in rest.dropLast().utf8 {
            if letter == UInt8(ascii: "?") {
                transformation.optionalArguments += 1
            } else if let argument = TransformationFacts.Argument(rawValue: letter) {
                transformation.arguments.append(argument)
            } else {
                return nil
            }
        }
        return transformation
    }

    private func event(_ line: FactLine) -> EventFacts? {
        guard let word = line.words.first else { return nil }
        guard let (name, list) = word.pair(at: "(") else {
            return EventFacts(name: word.name, releases: releases(line))
        }
        var event = EventFacts(name: name.name, releases: releases(line), attributes: [])
        for attribute in list.dropLast().cut(at: ",") {
            if attribute == "..." {
                event.isOpen = true
            } else {
                let isNumber = attribute.hasPrefix("#")
                let name = attribute.dropFirst(isNumber ? 1 : 0).name
                event.attributes?.append(EventFacts.Attribute(name: name, isNumber: isNumber))
            }
        }
        return event
    }

    /// A command with many sets stands on several lines.
    private mutating func readCommand(_ word: Substring, _ line: FactLine) {
        guard let (name, list) = word.pair(at: "(") else {
            facts.commands.append(CommandFacts(name: word.name, releases: releases(line)))
            return
        }
        let sets = list.dropLast().utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Substring($0).cut(at: ",").map(\.name) }
        if let last = facts.commands.indices.last, facts.commands[last].name == name {
            facts.commands[last].argumentSets += sets
        } else {
            facts.commands.append(CommandFacts(name: name.name, releases: releases(line), argumentSets: sets))
        }
    }

    private func statistic(_ word: Substring, _ line: FactLine) -> StatisticFacts {
        let (group, name) = word.pair(at: ":") ?? (Substring(facts.name), word)
        return StatisticFacts(name: name.name, releases: releases(line), group: group.name)
    }
}
