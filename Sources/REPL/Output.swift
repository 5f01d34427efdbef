/// A line that a session says.
package struct Output: Equatable {
    package enum Style: Sendable {
        /// What was asked for.
        case result
        /// What the session does, or where it stands.
        case notice
        /// A diagnostic, which brings its own colours.
        case diagnostic
        case error
        /// A line of a node's log.
        case log
        case trace
    }

    package var style: Style
    package var text: String

    package init(_ style: Style, _ text: String) {
        self.style = style
        self.text = text
    }

    /// As it goes to a terminal.
    package func rendered(isColoured: Bool) -> String {
        guard isColoured else { return text }
        switch style {
        case .result, .diagnostic, .trace: return text
        case .notice: return "\u{1b}[36m\(text)\u{1b}[0m"
        case .error: return "\u{1b}[31m\(text)\u{1b}[0m"
        case .log: return "\u{1b}[2m\(text)\u{1b}[0m"
        }
    }
}
