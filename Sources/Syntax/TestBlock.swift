/// A block that only files for `siskin test` have: `test["name", tag...] { }`, `setup { }`, `teardown { }` and
/// `mock_route[function] { }`. Scripts that have one are not run; see the target Fixtures.
package struct TestBlock: Sendable {
    package var kind: Kind
    /// The word that begins the block.
    package var keyword: Name
    /// Of tests and mocks.
    package var name: Name?
    /// What follows the name of a test: `skip`, `only` and tags.
    package var tags: [Name]
    package var body: Block
    /// From the keyword to the closing brace.
    package var span: Span

    package enum Kind: String, Sendable, CaseIterable {
        case test
        case setup
        case teardown
        case mock = "mock_route"
    }

    package init(kind: Kind, keyword: Name, name: Name?, tags: [Name] = [], body: Block, span: Span) {
        self.kind = kind
        self.keyword = keyword
        self.name = name
        self.tags = tags
        self.body = body
        self.span = span
    }
}
