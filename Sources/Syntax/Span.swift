/// A range of bytes of a `Source`; line and column are computed when they are shown.
package struct Span: Sendable, Hashable {
    package var start: Int32
    package var end: Int32

    package init(start: Int32, end: Int32) {
        self.start = start
        self.end = end
    }

    /// From the start of this one to the end of the other.
    package func joined(_ other: Span) -> Span { Span(start: start, end: Swift.max(end, other.end)) }

    package static let none = Span(start: 0, end: 0)
}
