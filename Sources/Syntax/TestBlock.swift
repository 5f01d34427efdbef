/// A block that only files for `siskin test` have: `test["name", tag...] { }`, `group["name", tag...] { }` around tests,
/// `setup { }`, `teardown { }`, `mock_route[function] { }` and `mock_module[module] { }`. Scripts that have one are not
/// run; see the target Fixtures.
package struct TestBlock: Sendable {
    package var kind: Kind
    /// The word that begins the block.
    package var keyword: Name
    /// Of tests, groups and mocks.
    package var name: Name?
    /// What follows the name of a test or a group: `skip`, `only` and tags.
    package var tags: [Name]
    /// The cases that a test is run with, one by one.
    package var table: CaseTable?
    package var body: Block
    /// The blocks of a group, which has no statements of its own.
    package var children: [TestBlock]
    /// From the keyword to the closing brace.
    package var span: Span

    package enum Kind: String, Sendable, CaseIterable {
        case test
        case group
        case setup
        case teardown
        case mock = "mock_route"
        case mockModule = "mock_module"
    }

    package init(
        kind: Kind, keyword: Name, name: Name?, tags: [Name] = [], table: CaseTable? = nil, body: Block,
        children: [TestBlock] = [], span: Span
    ) {
        self.kind = kind
        self.keyword = keyword
        self.name = name
        self.tags = tags
        self.table = table
        self.body = body
        self.children = children
        self.span = span
    }
}

/// `cases { dialled, gateway; "0043", "austria"; "0049", "germany"; }`: the names of the columns, then the cases, as the
/// test reads them in `$case(dialled)`.
package struct CaseTable: Sendable {
    package struct Row: Sendable {
        /// Texts, numbers and nulls, one for each column.
        package var values: [Argument]
        package var span: Span
    }

    package var columns: [Name]
    package var rows: [Row]
    /// From the word `cases` to the closing brace.
    package var span: Span
    /// Of the line with the names.
    package var head: Span
}
