import Catalog
import Node
import Script

/// The functions that the mock routes of a test file stand in for, in all of its nodes, and how they were called.
final class Mocks {
    struct Record {
        var node: String
        var arguments: [EventAttribute.Content?]
    }

    let functions: Set<String>
    private(set) var records: [String: [Record]] = [:]

    init(_ functions: Set<String>) { self.functions = functions }

    /// The name of the route that answers for a function.
    static func route(of function: String) -> String { "mock \(function)" }

    /// What a node's script gets for a module: its own functions but the mocked ones.
    func implementation(of module: String, _ own: ModuleImplementation?, node: String) -> ModuleImplementation? {
        guard let facts = module == "core" ? Catalog.core : Catalog.module(named: module) else { return own }
        let names = Set((facts.functions + facts.asyncFunctions).map(\.name)).intersection(functions)
        if names.isEmpty { return own }
        var implementation = own ?? ModuleImplementation()
        for name in names { implementation.functions[name] = body(name, node) }
        return implementation
    }

    private func body(_ function: String, _ node: String) -> Function.Body {
        { [unowned self] call in
            let arguments = (0..<call.count).map { call.content($0) }
            records[function, default: []].append(Record(node: node, arguments: arguments))
            // Where nothing stands in the mock route, the program has none.
            guard let route = call.machine.program.route(.request, Mocks.route(of: function)) else { return .code(1) }
            return .route(route, arguments: arguments)
        }
    }
}

extension CallContext {
    /// An argument by itself; nil where it is absent or null.
    func content(_ index: Int) -> EventAttribute.Content? {
        let value = value(index)
        if value.isNull { return nil }
        return value.hasOwnText || !value.isNumber ? .text(Array(value.text(in: scratch))) : .number(value.number)
    }
}

extension EventAttribute.Content {
    var text: String {
        switch self {
        case .number(let number): String(number)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
