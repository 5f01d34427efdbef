/// One finding about a script: the same type for lexer, parser, resolver, compiler, checker and run time.
package struct Diagnostic: Sendable {
    package var code: Code
    package var severity: Severity
    package var span: Span
    /// What is wrong, one sentence without a full stop.
    package var message: String
    /// What to write instead, or where the other end is; each shown on a line of its own.
    package var notes: [Note]
    /// What `siskin migrate` does about it; only where that is certain to be meant.
    package var fix: Fix?

    package enum Severity: String, Sendable { case error, warning, note }

    package struct Note: Sendable {
        package var message: String
        package var span: Span?

        package init(_ message: String, span: Span? = nil) {
            self.message = message
            self.span = span
        }
    }

    /// A text in place of what stands at a span; for an empty span, in front of it.
    package struct Fix: Sendable, Hashable {
        package var span: Span
        package var text: String

        package init(_ span: Span, _ text: String) {
            self.span = span
            self.text = text
        }
    }

    /// A stable name such as `syntax.missing-semicolon`, for people, filters and suppression.
    package struct Code: Sendable, Hashable {
        package var name: String
        package init(_ name: String) { self.name = name }
    }

    package init(
        _ code: Code, _ severity: Severity = .error, at span: Span, _ message: String, notes: [Note] = [],
        fix: Fix? = nil
    ) {
        self.code = code
        self.severity = severity
        self.span = span
        self.message = message
        self.notes = notes
        self.fix = fix
    }
}
