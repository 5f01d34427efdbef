import Catalog
import Node
import Script
import Syntax

/// What can stand where the cursor is, from the catalogue and from the script of the node.
package struct Completer {
    /// Where the word begins that is completed, as an offset in bytes, and what can take its place.
    package struct Result: Equatable {
        package var start: Int
        package var candidates: [String]

        static let none = Result(start: 0, candidates: [])
    }

    private let session: Session
    private var node: SessionNode? { session.node }

    package init(_ session: Session) { self.session = session }

    /// - Parameter text: what stands in front of the cursor, from the beginning of the input.
    package func complete(_ text: String) -> Result {
        let bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: ":") { return command(text) }
        if let result = transformation(bytes) ?? variable(bytes) { return result }
        if let result = module(bytes) ?? route(bytes) { return result }
        let start = wordStart(bytes) { $0.isWord }
        let word = String(decoding: bytes[start...], as: UTF8.self)
        guard !word.isEmpty, !isInQuotes(bytes) else { return .none }
        return Result(start: start, candidates: fitting(word, words))
    }

    // MARK: Commands

    private func command(_ text: String) -> Result {
        guard let blank = text.lastIndex(of: " ") else {
            let names = SessionCommand.all.flatMap(\.commands).map { ":\($0.name)" }
            return Result(start: 0, candidates: fitting(text, names))
        }
        let name = String(text.dropFirst().prefix { $0 != " " })
        let word = String(text[text.index(after: blank)...])
        let candidates: [String]
        switch SessionCommand.find(name)?.completion {
        case .nodes: candidates = session.nodes.map(\.name)
        case .routes: candidates = routeNames + (node?.files ?? []).map { "\($0):" }
        case .names: candidates = Help.names
        case .onOff: candidates = text.filter { $0 == " " }.count > 1 ? routeNames : ["on", "off"]
        case .files: candidates = session.world.listFiles(word)
        case .nothing, nil: candidates = []
        }
        return Result(start: text.utf8.count - word.utf8.count, candidates: fitting(word, candidates))
    }

    // MARK: Variables

    /// `$na`, `$(na`, and `$var(na` for names that the script has.
    private func variable(_ bytes: [UInt8]) -> Result? {
        let start = wordStart(bytes) { $0.isWord || $0 == UInt8(ascii: ".") }
        let word = String(decoding: bytes[start...], as: UTF8.self)
        guard start > 0 else { return nil }
        let isParenthesis = bytes[start - 1] == UInt8(ascii: "(")
        if bytes[start - 1] == UInt8(ascii: "$") || isParenthesis && start > 1 && bytes[start - 2] == UInt8(ascii: "$")
        {
            return Result(start: start, candidates: fitting(word, variableNames))
        }
        guard isParenthesis else { return nil }
        let nameStart = wordStart(Array(bytes[..<(start - 1)])) { $0.isWord }
        let isVariable =
            nameStart > 0 && bytes[nameStart - 1] == UInt8(ascii: "$")
            || nameStart > 1 && bytes[nameStart - 1] == UInt8(ascii: "(") && bytes[nameStart - 2] == UInt8(ascii: "$")
        guard isVariable else { return nil }
        let name = String(decoding: bytes[nameStart..<(start - 1)], as: UTF8.self)
        return Result(start: start, candidates: fitting(word, subnames(of: name)))
    }

    private func subnames(of name: String) -> [String] {
        func inner(_ names: [String]) -> [String] {
            names.compactMap { full in
                full.firstIndex(of: "(").map { String(full[full.index(after: $0)...]) }
            }
        }
        switch name {
        case "var": return inner(node?.variables().map(\.name) ?? [])
        case "avp": return node?.machine?.avpNames.map { String(decoding: $0, as: UTF8.self) + ")" } ?? []
        case "shv": return inner(node?.sharedVariables.map(\.name) ?? [])
        default:
            return modules.flatMap { $0.variables.filter { $0.name == name }.flatMap(\.subnames) }.map { $0 + ")" }
        }
    }

    private var variableNames: [String] {
        let named = ["var(", "avp(", "param(", "return("]
        return named
            + modules.flatMap { module in
                module.variables.available(in: .current).map { $0.subname == .required ? "\($0.name)(" : $0.name }
            }
    }

    /// `{cl`, `{class.fu`, with the parameters.
    private func transformation(_ bytes: [UInt8]) -> Result? {
        guard let open = bytes.lastIndex(of: UInt8(ascii: "{")), bytes[..<open].contains(UInt8(ascii: "$")) else {
            return nil
        }
        let inner = bytes[(open + 1)...]
        guard inner.allSatisfy({ $0.isWord || $0 == UInt8(ascii: ".") }) else { return nil }
        let word = String(decoding: inner, as: UTF8.self)
        let all = TransformationSignature.all.filter {
            $0.module == nil || node?.node.hasLoaded($0.module ?? "") == true
        }
        let candidates = all.map { signature -> String in
            let written = String(Help.written(signature).dropFirst())
            // Where something is to be filled in, the comma in front of it is what can be typed.
            let cut = written.firstIndex { $0 == "," || $0 == "[" }
            return cut.map { signature.requiredCount > 0 ? String(written[..<$0]) + "," : String(written[..<$0]) }
                ?? written
        }
        return Result(start: open + 1, candidates: fitting(word, candidates))
    }

    // MARK: Names

    /// `loadmodule "na`
    private func module(_ bytes: [UInt8]) -> Result? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let range = text.firstRange(of: "loadmodule \""), !text[range.upperBound...].contains("\"") else {
            return nil
        }
        let word = String(text[range.upperBound...])
        return Result(
            start: bytes.count - word.utf8.count, candidates: fitting(word, Catalog.moduleNames.map { "\($0).so\"" }))
    }

    /// `route(na`
    private func route(_ bytes: [UInt8]) -> Result? {
        let start = wordStart(bytes) { $0.isWord }
        guard bytes[..<start].suffix(6).elementsEqual("route(".utf8) else { return nil }
        return Result(start: start, candidates: fitting(String(decoding: bytes[start...], as: UTF8.self), routeNames))
    }

    private var routeNames: [String] {
        node?.routes.filter { $0.kind == .request && !$0.name.isEmpty }.map(\.name) ?? []
    }

    private var words: [String] {
        let language = Catalog.language
        let statements = language.statements.filter { $0.releases.contains(.current) }.map { facts in
            facts.forms.contains { !$0.isEmpty } ? "\(facts.name)(" : facts.name
        }
        let blocks = language.routeBlocks.map(\.keyword)
        let functions = modules.flatMap { module in
            module.functions.available(in: .current).map { function in
                function.signature.parameters.isEmpty ? "\(function.name)()" : "\(function.name)("
            } + module.asyncFunctions.available(in: .current).map { "\($0.name)(" }
        }
        return statements + blocks + ["loadmodule \"", "modparam(\"", "NULL"] + functions
    }

    private var modules: [ModuleFacts] { [Catalog.core] + (node?.node.moduleFacts ?? []) }

    private func fitting(_ word: String, _ candidates: [String]) -> [String] {
        Array(Set(candidates.filter { $0.hasPrefix(word) })).sorted()
    }

    private func wordStart(_ bytes: [UInt8], _ isPart: (UInt8) -> Bool) -> Int {
        var start = bytes.count
        while start > 0, isPart(bytes[start - 1]) { start -= 1 }
        return start
    }

    private func isInQuotes(_ bytes: [UInt8]) -> Bool {
        var isOpen = false
        for byte in bytes where byte == UInt8(ascii: "\"") { isOpen.toggle() }
        return isOpen
    }
}

extension UInt8 {
    fileprivate var isWord: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || self == UInt8(ascii: "_")
    }
}
