import Catalog
import Node
import Script
import Syntax

/// What stands in for functions and variables in the nodes of a test, and how the functions were called.
final class Mocks {
    struct Record {
        var node: String
        var arguments: [EventAttribute.Content?]
        /// Of the call, in the script of the node.
        var span: Span
    }

    let blocks: MockBlocks
    private(set) var records: [String: [Record]] = [:]
    let variables = MockVariables()

    init(_ blocks: MockBlocks) { self.blocks = blocks }

    /// The name of the route that answers for a function.
    static func route(of function: String) -> String { "mock \(function)" }
    /// The name of the route that answers for all functions of a module that have no mock of their own.
    static func route(ofModule module: String) -> String { "mock module \(module)" }

    /// What a node's script gets for a module: its own functions and variables but for the mocked ones.
    func implementation(of module: String, _ own: ModuleImplementation?, node: String) -> ModuleImplementation? {
        guard let facts = module == "core" ? Catalog.core : Catalog.module(named: module) else { return own }
        var implementation = own ?? ModuleImplementation()
        let isWhole = blocks.modules.contains(module)
        for name in (facts.functions + facts.asyncFunctions).lazy.map(\.name) {
            if blocks.functions.contains(name) {
                implementation.functions[name] = body(name, Mocks.route(of: name), node)
            } else if isWhole {
                implementation.functions[name] = body(name, Mocks.route(ofModule: module), node)
            }
        }
        for variable in facts.variables {
            implementation.variables[variable.name] = variables.access(
                variable, own?.variables[variable.name], node: node)
        }
        return implementation
    }

    /// Whether calls of a function are recorded.
    func knows(_ function: String) -> Bool {
        blocks.functions.contains(function)
            || Catalog.exporters(of: .function, named: function).contains { blocks.modules.contains($0.module) }
    }

    private func body(_ function: String, _ route: String, _ node: String) -> Function.Body {
        { [unowned self] call in
            let arguments = (0..<call.count).map { call.content($0) }
            records[function, default: []].append(Record(node: node, arguments: arguments, span: call.site.span))
            // Where nothing stands in the mock route, the program has none.
            guard let route = call.machine.program.route(.request, route) else { return .code(1) }
            return .route(route, arguments: arguments)
        }
    }
}

extension CallContext {
    /// An argument by itself; nil where it is absent or null.
    func content(_ index: Int) -> EventAttribute.Content? {
        guard index < count, case .pattern(let pattern) = site.arguments[index] else {
            return value(index).content(scratch)
        }
        return .text(pattern.text)
    }
}

extension Value {
    /// A copy; nil for null.
    func content(_ scratch: Arena) -> EventAttribute.Content? {
        if isNull { return nil }
        return hasOwnText || !isNumber ? .text(Array(text(in: scratch))) : .number(number)
    }
}

extension EventAttribute.Content {
    var text: String {
        switch self {
        case .number(let number): String(number)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    func value(_ scratch: Arena) -> Value {
        switch self {
        case .number(let number): .number(number)
        case .text(let bytes): scratch.copy(bytes)
        }
    }
}
