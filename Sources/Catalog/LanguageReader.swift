/// Reads the lines about the language.
struct LanguageReader {
    private(set) var facts = LanguageFacts()
    /// Lines that could not be read; a test holds that there are none.
    private(set) var unreadable: [Substring] = []

    init(text: Substring) {
        for line in text.cut(at: "\n") {
            if !read(FactLine(line)) { unreadable.append(line) }
        }
        facts.statements.sort { $0.name < $1.name }
        facts.globals.sort { $0.name < $1.name }
        facts.reservedWords.sort { $0.name < $1.name }
    }

    private mutating func read(_ line: FactLine) -> Bool {
        switch line.keyword {
        case "language": break
        case "statement": return readStatement(line)
        case "global": return readGlobals(line)
        case "values": return readValues(line)
        case "reserved":
            facts.reservedWords += line.words.map {
                LanguageFacts.ReservedWord(name: $0.name, releases: line.releases ?? .all)
            }
        case "routetype": return readRouteBlock(line)
        case "option":
            facts.socketOptions += line.words.map { word in
                let (name, value) = word.pair(at: "=") ?? (word, "")
                return LanguageFacts.SocketOption(name: name.name, value: value.isEmpty ? nil : value.name)
            }
        case "protocol":
            for word in line.words {
                guard let (name, module) = word.pair(at: "=") else { return false }
                facts.protocols.append(LanguageFacts.TransportProtocol(name: name.name, module: module.name))
            }
        case "limit": return line.words.allSatisfy { readLimit($0) }
        case "words": return readWords(line)
        default: return false
        }
        return true
    }

    private mutating func readStatement(_ line: FactLine) -> Bool {
        guard let name = line.words.first else { return false }
        var statement = StatementFacts(name: name.name, releases: line.releases ?? .all)
        for word in line.words.dropFirst() {
            if word.hasPrefix("(") {
                statement.forms.append(word.dropFirst().dropLast().cut(at: ",").map(\.name))
            } else if word == "block" {
                statement.hasBlock = true
            } else if let (key, value) = word.pair(at: "=") {
                let list = value.cut(at: "|").map(\.name)
                switch key {
                case "parens": statement.parentheses = StatementFacts.Parentheses(rawValue: value.name) ?? .required
                case "within": statement.within = list
                case "iterators": statement.iterators = list
                default: return false
                }
            } else {
                return false
            }
        }
        facts.statements.append(statement)
        return true
    }

    private mutating func readGlobals(_ line: FactLine) -> Bool {
        guard let head = line.words.first else { return false }
        var kinds: GlobalParameter.Kinds = []
        for name in head.cut(at: "|") where name != "untyped" {
            guard let bit = GlobalParameter.Kinds.names.firstIndex(where: { $0 == name }) else { return false }
            kinds.insert(GlobalParameter.Kinds(rawValue: 1 << UInt16(bit)))
        }
        var common = GlobalParameter(name: "", releases: line.releases ?? .all, kinds: kinds)
        for word in line.words.dropFirst() {
            if let (key, value) = word.pair(at: "=") {
                switch key {
                case "range":
                    let ends = value.cut(at: ".").compactMap { Int($0) }
                    guard ends.count == 2, ends[0] <= ends[1] else { return false }
                    common.range = ends[0]...ends[1]
                case "now": common.replacement = value.name
                default: return false
                }
            } else if word == "scaling" {
                common.takesScalingProfile = true
            } else {
                common.name = word.name
                facts.globals.append(common)
            }
        }
        return true
    }

    private mutating func readValues(_ line: FactLine) -> Bool {
        guard let name = line.words.first?.name else { return false }
        guard let index = facts.globals.firstIndex(where: { $0.name == name }) else { return false }
        facts.globals[index].values += line.words.dropFirst().map(\.name)
        return true
    }

    private mutating func readRouteBlock(_ line: FactLine) -> Bool {
        guard line.words.count >= 3, let type = RouteTypes(keyword: line.words[0].name) else { return false }
        guard let (_, rule) = line.words[2].pair(at: "="), let naming = RouteBlock.Naming(rawValue: rule.name) else {
            return false
        }
        let hasInterval = line.words.contains("interval")
        facts.routeBlocks.append(
            RouteBlock(keyword: line.words[0].name, type: type, naming: naming, hasInterval: hasInterval))
        return true
    }

    private mutating func readLimit(_ word: Substring) -> Bool {
        guard let (name, text) = word.pair(at: "="), let value = Int(text) else { return false }
        switch name {
        case "function_params": facts.limits.functionArguments = value
        case "include_depth": facts.limits.includeDepth = value
        case "route_params": facts.limits.routeArguments = value
        case "routes_per_type": facts.limits.routesPerType = value
        default: return false
        }
        return true
    }

    private mutating func readWords(_ line: FactLine) -> Bool {
        guard let group = line.words.first else { return false }
        let words = line.words.dropFirst().map(\.name)
        if group == "xloglevel" {
            facts.logLevels += words
        } else if group == "null" {
            facts.nullWords += words
        } else if let (_, number) = group.pair(at: "="), let value = Int(number) {
            for word in words { facts.numberWords[word] = value }
        } else {
            return false
        }
        return true
    }
}
