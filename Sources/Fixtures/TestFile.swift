import Catalog
import Syntax

/// A `*.test.cfg`: a script in OpenSIPS's language with blocks that only tests have.
///
/// `test["name"] { }` is a test; `setup { }` runs before each and `teardown { }` after each; `group["name"] { }` holds
/// tests with a setup, a teardown and mocks of their own; routes are helpers of the tests; `mock_route[function] { }`
/// and `mock_module[module] { }` stand in for functions in all nodes.
package struct TestFile: Sendable {
    package let path: String
    package let source: Source
    package let tests: [Test]
    /// What is wrong with the file. With errors among it no test of it can run.
    package let diagnostics: [Diagnostic]
    let files: Files
    let scripts = ScriptShelf()
    private let script: Script

    /// Reads a file; nil where it cannot be read.
    package init?(_ path: String, files: Files) {
        guard let bytes = files.read(path) else { return nil }
        let (source, found) = files.load(path, bytes)
        let result = Parser.read(source)
        let blocks = result.script.items.compactMap { if case .test(let block) = $0 { block } else { nil } }
        self.path = path
        self.source = source
        self.files = files
        script = result.script
        tests = Surroundings(in: source).tests(of: blocks, in: source)
        diagnostics = found + result.diagnostics + TestFile.problems(of: blocks)
    }

    /// `tests/edge.snapshots` for `tests/edge.test.cfg`
    var snapshotFolder: String {
        let suffix = ".test.cfg"
        return (path.hasSuffix(suffix) ? String(path.dropLast(suffix.count)) : path) + ".snapshots"
    }

    package var isBroken: Bool { diagnostics.contains { $0.severity == .error } }

    // MARK: The script of a test

    /// The script that directs one test: the file's routes, and each block of the test as a route.
    /// - Returns: also the names of those routes, in the order in which they are to run.
    func director(of test: Test) -> (script: Script, expectations: [Expectation], steps: [Step]) {
        var expectations = Expectations(source)
        // A loop of a test may turn often, as it waits for something.
        let loops = Number(10_000_000, span: .none)
        var items: [Item] = [
            .global(Global(name: Name("max_while_loops", span: .none), value: .number(loops), span: .none))
        ]
        for item in script.items {
            switch item {
            case .route(var route):
                route.body = expectations.rewritten(route.body)
                items.append(.route(route))
            case .test: break
            default: items.append(item)
            }
        }
        var steps: [Step] = []
        for (number, (part, block)) in test.blocks.enumerated() {
            // No route of the file can have such a name.
            let step = Step(part: part, route: "\(part.rawValue) \(number)", span: block.keyword.span)
            items.append(.route(block.route(named: step.route, expectations.rewritten(block.body))))
            steps.append(step)
        }
        return (Script(items: items), expectations.all, steps)
    }

    /// A route of a test's director.
    struct Step {
        var part: Part
        var route: String
        /// Of the word that begins the block.
        var span: Span
    }

    enum Part: String { case setup, test, teardown }

    // MARK: Checks

    /// What is wrong with blocks that stand side by side, and with those in them.
    private static func problems(of blocks: [TestBlock]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var names: Set<String> = []
        for block in blocks {
            let name = block.name?.text ?? ""
            if !names.insert("\(block.kind) \(name)").inserted {
                diagnostics.append(
                    Diagnostic(.testTwice, at: block.name?.span ?? block.span, "\(block.label) is defined twice"))
            }
            if let problem = problem(of: block, name) { diagnostics.append(problem) }
            diagnostics += problems(of: block.children)
        }
        return diagnostics
    }

    private static func problem(of block: TestBlock, _ name: String) -> Diagnostic? {
        let message: String
        let known: [String]
        switch block.kind {
        case .mock where !isFunction(name):
            message = "no module of OpenSIPS has a function \(name)()"
            known = Catalog.names(of: .function)
        case .mockModule where Catalog.module(named: name) == nil:
            message = "OpenSIPS has no module '\(name)'"
            known = Catalog.moduleNames
        default: return nil
        }
        return Diagnostic(
            .mockUnknown, at: block.name?.span ?? block.span, message,
            notes: nearest(to: name, among: known).map { Diagnostic.Note("did you mean \($0)?") })
    }

    private static func isFunction(_ name: String) -> Bool {
        !Catalog.exporters(of: .function, named: name).isEmpty
            || !Catalog.exporters(of: .asyncFunction, named: name).isEmpty
    }
}

extension TestBlock {
    func route(named name: String, _ body: Block) -> Syntax.RouteBlock {
        Syntax.RouteBlock(
            kind: .request, name: Name(name, span: self.name?.span ?? keyword.span, form: .quoted), interval: nil,
            body: body, span: span)
    }

    fileprivate var label: String { name.map { "\(kind.rawValue)[\"\($0.text)\"]" } ?? kind.rawValue }
}

extension Diagnostic.Code {
    package static let testTwice = Self("test.defined-twice")
    package static let mockUnknown = Self("test.unknown-function")
    package static let testFailed = Self("test.failed")
}
