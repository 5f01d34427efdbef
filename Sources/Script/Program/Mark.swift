import Syntax

/// A place of a script that its program tells of when it comes there, for those who trace, debug or count. Programs
/// have marks only when they are compiled with them; else not one instruction is there for it.
package struct Mark: Sendable {
    package var kind: Kind
    /// The statement, or the body of the branch; the whole statement where the branch is not written.
    package var span: Span
    /// Index of the route.
    package var route: Int
    /// The mark of the statement whose branch this is.
    package var owner: Int?

    package enum Kind: Sendable {
        /// In front of a statement.
        case statement(Statement)
        /// In front of one of the ways that a statement can go on.
        case branch(Branch)
    }

    /// The ways that `if`, `while`, `for` and `switch` can go on. All of them have a mark, written or not. A body of
    /// `switch` is reached as well when the one above it runs into it.
    package enum Branch: Sendable, Hashable {
        /// The condition of an `if` holds, or does not.
        case then, otherwise
        /// A round of a loop, and the end of it for want of another round; not by `break`.
        case round, done
        /// The body behind a label, by number, and that behind `default`.
        case label(Int), unlabelled
    }
}

/// Told of the marks that the fibers of a machine come to.
package protocol StatementObserver: AnyObject {
    /// Returns nil to go on. With a ticket of the node the fiber stops where it is, in memory alone, until somebody
    /// lets it go on; others run meanwhile.
    func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket?
}
