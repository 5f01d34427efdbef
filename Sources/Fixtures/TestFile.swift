import Catalog
import Syntax

/// A `*.test.cfg`: a script in OpenSIPS's language with blocks that only tests have.
///
/// `test["name"] { }` is a test; `setup { }` runs before each and `teardown { }` after each; routes are helpers of the
/// tests; `mock_route[function] { }` stands in for a function in all nodes of the file.
package struct TestFile: Sendable {
    package struct Test: Sendable {
        package var name: String
        package var tags: [String]
        /// Of the keyword, from 1.
        package var line: Int
        fileprivate var block: TestBlock
    }

    package let path: String
    package let source: Source
    package let tests: [Test]
    /// What is wrong with the file. With errors among it no test of it can run.
    package let diagnostics: [Diagnostic]
    let files: Files
    /// Functions that `mock_route` blocks stand in for.
    let mocked: Set<String>
    /// The text with everything blanked out but the mock routes, each where it stands.
    let mockText: [UInt8]
    private let script: Script

    /// Reads a file; nil where it cannot be read.
    package init?(_ path: String, files: Files) {
        guard let bytes = files.read(path) else { return nil }
        let (source, found) = files.load(path, bytes)
        let result = Parser.read(source)
        let blocks = result.script.testBlocks
        self.path = path
        self.source = source
        self.files = files
        script = result.script
        tests = blocks.filter { $0.kind == .test }.map { block in
            Test(
                name: block.name?.text ?? "", tags: block.tags.map(\.text),
                line: source.location(of: block.span.start).line, block: block)
        }
        mocked = Set(blocks.filter { $0.kind == .mock }.compactMap(\.name?.text))
        mockText = TestFile.blanked(source, keeping: blocks.filter { $0.kind == .mock })
        diagnostics = found + result.diagnostics + TestFile.problems(of: blocks)
    }

    package var isBroken: Bool { diagnostics.contains { $0.severity == .error } }

    // MARK: The script of a test

    /// The routes of a test's director.
    enum Part: String { case setup, test, teardown }

    /// The script that directs one test: everything in the file but the other tests, each block a route.
    func director(of test: Test) -> (script: Script, expectations: [Expectation]) {
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
            case .test(let block):
                let part: Part
                switch block.kind {
                case .setup: part = .setup
                case .teardown: part = .teardown
                case .test where block.span == test.block.span: part = .test
                case .test, .mock: continue
                }
                items.append(.route(block.route(named: part.rawValue, expectations.rewritten(block.body))))
            default: items.append(item)
            }
        }
        return (Script(items: items), expectations.all)
    }

    // MARK: Checks

    private static func problems(of blocks: [TestBlock]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var names: Set<String> = []
        for block in blocks {
            let name = block.name?.text ?? ""
            if !names.insert("\(block.kind) \(name)").inserted {
                diagnostics.append(
                    Diagnostic(.testTwice, at: block.name?.span ?? block.span, "\(block.label) is defined twice"))
            }
            if block.kind == .mock, !isFunction(name) {
                diagnostics.append(
                    Diagnostic(
                        .mockUnknown, at: block.name?.span ?? block.span,
                        "no module of OpenSIPS has a function \(name)()",
                        notes: nearest(to: name, among: Catalog.names(of: .function)).map {
                            Diagnostic.Note("did you mean \($0)?")
                        }))
            }
        }
        return diagnostics
    }

    private static func isFunction(_ name: String) -> Bool {
        !Catalog.exporters(of: .function, named: name).isEmpty
            || !Catalog.exporters(of: .asyncFunction, named: name).isEmpty
    }

    /// The text with blanks for all but some blocks, so that their positions stay what they are.
    private static func blanked(_ source: Source, keeping blocks: [TestBlock]) -> [UInt8] {
        var text = source.bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        for block in blocks {
            let range = source.range(block.span)
            text.replaceSubrange(range, with: source.bytes[range])
        }
        return text
    }
}

extension Script {
    var testBlocks: [TestBlock] {
        items.compactMap { if case .test(let block) = $0 { block } else { nil } }
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
