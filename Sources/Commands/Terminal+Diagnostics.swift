import Syntax

extension Terminal {
    /// Shows diagnostics on standard error, in colours on a terminal.
    static func show(_ diagnostics: [Diagnostic], in source: Source) {
        for diagnostic in diagnostics {
            write(diagnostic.rendered(in: source, colours: isColoured ? .ansi : .none), to: 2)
        }
    }
}

extension [Diagnostic] {
    var hasErrors: Bool { contains { $0.severity == .error } }
}
