import Catalog
import Node
import Script
import Synchronization
import Syntax

/// The script of a node under test: the file, the mock routes of the test file, and what the test overrides. Nodes of
/// all tests that need the same share it.
final class NodeScript: Sendable {
    let source: Source
    let script: Syntax.Script
    private let path: String
    private let testFile: String
    private let map = Mutex<CoverageMap?>(nil)

    /// - Parameter overrides: `clusterer:ping_interval=1` for a `modparam`, `log_level=4` for a global parameter.
    init(_ path: String, in file: TestFile, _ mocked: MockBlocks, overrides: [String]) throws(TestFailure) {
        guard let bytes = file.files.read(path) else { throw TestFailure("\(path) cannot be read") }
        self.path = path
        testFile = file.path
        var text = bytes
        // The mock routes come as a file of their own, so that their positions are those of the test file.
        if !mocked.isEmpty { text += Array("\ninclude_file \"\(NodeScript.mockFile)\"\n".utf8) }
        let (source, found) = Source.load(path, text) { include, from in
            if include == NodeScript.mockFile { return (file.path, mocked.text) }
            return file.files.find(include, from: from)
        }
        self.source = source
        var (script, more) = Parser.parse(source)
        try NodeScript.check(found + more, source, path)
        script.items = script.items.map { item in
            guard case .test(let block) = item, let name = block.name?.text else { return item }
            switch block.kind {
            case .mock: return .route(block.route(named: Mocks.route(of: name), block.body))
            case .mockModule: return .route(block.route(named: Mocks.route(ofModule: name), block.body))
            default: return item
            }
        }
        for override in overrides { try script.apply(override) }
        self.script = script
    }

    /// Gives the script to a node.
    func load(into node: Node) throws(TestFailure) {
        let diagnostics = node.load(script, of: source)
        try NodeScript.check(diagnostics, source, path)
        for diagnostic in diagnostics where diagnostic.severity == .warning { node.report(diagnostic, in: source) }
    }

    /// Where the marks of its program stand.
    func coverageMap(_ program: Program) -> CoverageMap {
        map.withLock { map in
            let made = map ?? CoverageMap(program, without: testFile)
            map = made
            return made
        }
    }

    /// Begins with a byte that no path of a script can hold.
    private static let mockFile = "\u{1}mocks"

    private static func check(_ diagnostics: [Diagnostic], _ source: Source, _ path: String) throws(TestFailure) {
        let errors = diagnostics.filter { $0.severity == .error && $0.code != .socketWithoutModule }
        guard let first = errors.first else { return }
        throw TestFailure(
            "\(path) cannot be run",
            [Failure.Detail("because", first.rendered(in: source).trimmed)])
    }
}

// MARK: Overrides

extension Syntax.Script {
    fileprivate mutating func apply(_ override: String) throws(TestFailure) {
        var rest = Substring(override)
        if rest.hasPrefix("modparam:") { rest = rest.dropFirst(9) }
        guard let equal = rest.firstIndex(of: "=") else {
            throw TestFailure(
                "'\(override)' overrides nothing",
                [Failure.Detail("write", "module:parameter=value, or a global parameter and its value: log_level=4")])
        }
        let name = rest[..<equal]
        let value = Array(rest[rest.index(after: equal)...].utf8)
        if let colon = name.firstIndex(of: ":") {
            setParameter(String(name[name.index(after: colon)...]), of: String(name[..<colon]), value)
        } else {
            setGlobal(String(name), value)
        }
    }

    private mutating func setParameter(_ name: String, of module: String, _ value: [UInt8]) {
        items.removeAll { item in
            if case .modParam(let other) = item {
                other.modules.text == module && other.name.text == name
            } else {
                false
            }
        }
        let kinds = Catalog.module(named: module)?.parameters.first { $0.name == name }?.kinds ?? []
        let number =
            kinds.contains(.int) ? value.withUnsafeBufferPointer { Int32(String(decoding: $0, as: UTF8.self)) } : nil
        let setting = ModParam(
            modules: Literal(Array(module.utf8), span: .none), name: Literal(Array(name.utf8), span: .none),
            value: number.map { .number(Number($0, span: .none)) } ?? .text(Literal(value, span: .none)), span: .none)
        items.append(.modParam(setting))
    }

    private mutating func setGlobal(_ name: String, _ value: [UInt8]) {
        items.removeAll { if case .global(let other) = $0 { other.name.text == name } else { false } }
        let number = Int32(String(decoding: value, as: UTF8.self))
        let setting = Global(
            name: Name(name, span: .none),
            value: number.map { .number(Number($0, span: .none)) } ?? .text(Literal(value, span: .none)), span: .none)
        items.insert(.global(setting), at: 0)
    }
}

extension String {
    /// Without line ends at its end.
    var trimmed: String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

/// The scripts of a test file's nodes, each read once.
final class ScriptShelf: Sendable {
    private struct Key: Hashable {
        var path: String
        var mocks: [UInt8]
        var overrides: [String]
    }

    private let scripts = Mutex<[Key: NodeScript]>([:])

    func script(
        _ path: String, in file: TestFile, _ mocked: MockBlocks, overrides: [String]
    ) throws(TestFailure) -> NodeScript {
        let key = Key(path: path, mocks: mocked.text, overrides: overrides)
        if let script = scripts.withLock({ $0[key] }) { return script }
        let script = try NodeScript(path, in: file, mocked, overrides: overrides)
        // Somebody else may have been faster.
        return scripts.withLock { scripts in
            let kept = scripts[key] ?? script
            scripts[key] = kept
            return kept
        }
    }
}
