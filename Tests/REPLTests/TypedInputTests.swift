import Testing

@testable import REPL

@Suite struct TypedInputTests {
    @Test(arguments: [
        "xlog(\"a\")", "route[x] { exit; }", "$var(x) = \"}\"", "# {", "'('", "\"\\\"\"", ":help (", "", "a }",
        "/* { */ exit",
    ])
    func `is a whole`(_ text: String) { #expect(TypedInput.isComplete(text)) }

    @Test(arguments: [
        "route[x] {", "route[x] { if (1) { exit; }", "xlog(", "xlog(\"a", "\"\\\"", "'", "/* a", "$var(x) = 1 + \\",
        "{ # }",
    ])
    func `goes on in the next line`(_ text: String) { #expect(!TypedInput.isComplete(text)) }
}
