import Script
import Syntax

extension TestFile {
    /// One test of a file: of a test with a table, one of its cases.
    package struct Test: Sendable {
        /// With the names of the groups around it: `calls > bob is found`.
        package var name: String
        /// Its own and those of the groups around it.
        package var tags: Set<String>
        /// Of the keyword, from 1.
        package var line: Int
        /// What `$case(name)` reads.
        var values: [String: EventAttribute.Content] = [:]
        let mocked: MockBlocks
        /// Setups from outside to inside, the test, and teardowns from inside to outside.
        let blocks: [(part: Part, block: TestBlock)]
    }
}

/// What the groups around a test add to it.
struct Surroundings {
    private var names: [String] = []
    private var tags: Set<String> = []
    private var setups: [TestBlock] = []
    private var teardowns: [TestBlock] = []
    private var mocks: [TestBlock] = []
    private var mocked: MockBlocks

    init(in source: Source) { mocked = MockBlocks([], in: source) }

    /// The tests among blocks and in the groups among them, in the order of the text.
    func tests(of blocks: [TestBlock], in source: Source) -> [TestFile.Test] {
        var inner = self
        for block in blocks {
            switch block.kind {
            case .setup: inner.setups.append(block)
            case .teardown: inner.teardowns.insert(block, at: 0)
            case .mock, .mockModule:
                // One of a group takes the place of one outside.
                inner.mocks.removeAll { $0.kind == block.kind && $0.name?.text == block.name?.text }
                inner.mocks.append(block)
            case .test, .group: break
            }
        }
        if blocks.contains(where: { $0.kind.isMock }) { inner.mocked = MockBlocks(inner.mocks, in: source) }
        var tests: [TestFile.Test] = []
        for block in blocks {
            switch block.kind {
            case .test: tests += inner.cases(of: block, in: source)
            case .group:
                var group = inner
                group.names.append(block.name?.text ?? "")
                group.tags.formUnion(block.tags.map(\.text))
                tests += group.tests(of: block.children, in: source)
            default: break
            }
        }
        return tests
    }

    private func cases(of block: TestBlock, in source: Source) -> [TestFile.Test] {
        let name = block.name?.text ?? ""
        func test(_ name: String, at span: Span, _ values: [String: EventAttribute.Content]) -> TestFile.Test {
            TestFile.Test(
                name: (names + [name]).joined(separator: " > "), tags: tags.union(block.tags.map(\.text)),
                line: source.location(of: span.start).line, values: values, mocked: mocked,
                blocks: setups.map { (.setup, $0) } + [(.test, block)] + teardowns.map { (.teardown, $0) })
        }
        guard let table = block.table else { return [test(name, at: block.span, [:])] }
        return table.rows.map { row in
            var values: [String: EventAttribute.Content] = [:]
            var shown = name
            for (column, value) in zip(table.columns.map(\.text), row.values) {
                values[column] = value.content
                shown = shown.replacing("$case(\(column))", with: value.content?.text ?? "NULL")
            }
            // A name that says nothing of the case gets its values behind it.
            if shown == name { shown += " (\(row.values.map { $0.content?.text ?? "NULL" }.joined(separator: ", ")))" }
            return test(shown, at: row.span, values)
        }
    }
}

extension TestBlock.Kind {
    fileprivate var isMock: Bool { self == .mock || self == .mockModule }
}

/// The mocks that a test has, for all of its nodes.
struct MockBlocks: Sendable {
    let functions: Set<String>
    let modules: Set<String>
    /// The text of the test file with everything blanked out but the mocks, each where it stands.
    let text: [UInt8]

    init(_ blocks: [TestBlock], in source: Source) {
        func names(_ kind: TestBlock.Kind) -> Set<String> {
            Set(blocks.filter { $0.kind == kind }.compactMap(\.name?.text))
        }
        functions = names(.mock)
        modules = names(.mockModule)
        guard !blocks.isEmpty else {
            text = []
            return
        }
        var blanked = source.bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        for block in blocks {
            let range = source.range(block.span)
            blanked.replaceSubrange(range, with: source.bytes[range])
        }
        text = blanked
    }

    var isEmpty: Bool { functions.isEmpty && modules.isEmpty }
}

extension Argument {
    /// Of a case: a text, a number or null.
    fileprivate var content: EventAttribute.Content? {
        switch self {
        case .text(let literal): .text(literal.bytes)
        case .number(let number): .number(number.value)
        default: nil
        }
    }
}
