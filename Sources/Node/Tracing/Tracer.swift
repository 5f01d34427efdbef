import Script
import Syntax

/// Tells of each statement that a node executes: where it stands, what it says, and what it does to its variables.
///
/// A statement is told of when it is done, with the values before and after; or before something else is said that
/// happens inside of it, such as a line of the log.
package final class Tracer {
    /// What is told of one statement.
    package struct Entry {
        package var place: Source.Location
        /// `route[name]`
        package var route: String
        /// Routes around it, 1 for the outermost.
        package var depth: Int
        /// Its text on one line, without the bodies in it.
        package var text: String
        package var values: [Observation] = []
        /// What a condition or a call came to: `true`, `false`, `-1`.
        package var outcome: String?
    }

    /// A variable of the statement and its value, as a script would write it.
    package struct Observation {
        package var name: String
        package var before: String
        /// Nil where it is not known, or the same.
        package var after: String?
    }

    /// What is traced; all where both are nil.
    package struct Filter {
        /// Name of a route, or its label: `foo`, `route[foo]`, `startup_route`.
        package var route: String?
        /// The end of a file's name.
        package var file: String?

        package init(route: String? = nil, file: String? = nil) {
            self.route = route
            self.file = file
        }

        func accepts(_ entry: Entry) -> Bool {
            if let route, entry.route != route, !entry.route.hasSuffix("[\(route)]") { return false }
            if let file, !entry.place.file.hasSuffix(file) { return false }
            return true
        }
    }

    package var filter: Filter
    private let tell: (Entry) -> Void
    private var pending: Pending?

    /// A statement that is being executed.
    private struct Pending {
        var entry: Entry
        var mark: Int
        var statement: Statement
        var variables: [Variable]
        let machine: Machine
        let fiber: Fiber
    }

    package init(_ filter: Filter = Filter(), _ tell: @escaping (Entry) -> Void) {
        self.filter = filter
        self.tell = tell
    }

    /// A fiber has come to a mark.
    package func reached(_ index: Int, _ fiber: Fiber, in machine: Machine) {
        let mark = machine.program.marks[index]
        switch mark.kind {
        case .statement(let statement):
            settle(fiber)
            begin(statement, index, mark, fiber, machine)
        case .branch(let branch):
            guard let pending, pending.mark == mark.owner, pending.fiber === fiber else {
                settle(fiber)
                round(branch, mark, fiber, machine)
                return
            }
            settle(fiber, outcome: branch.outcome)
        }
    }

    /// The fiber has come to its end.
    package func ended(_ fiber: Fiber) { settle(fiber) }

    /// Something else is about to be said.
    package func interrupt() {
        guard let pending else { return }
        self.pending = nil
        tell(pending.entry)
    }

    private func begin(_ statement: Statement, _ index: Int, _ mark: Mark, _ fiber: Fiber, _ machine: Machine) {
        let source = machine.program.source
        let depth = fiber.routes.count
        var entry = Entry(
            place: source.location(of: mark.span.start), route: machine.program.routes[mark.route].label, depth: depth,
            text: source.text(Span(start: mark.span.start, end: statement.headEnd)).onOneLine)
        guard filter.accepts(entry) else { return }
        let variables = statement.variables.distinct(in: source)
        entry.values = variables.map {
            Observation(name: source.text($0.span), before: machine.shown($0, fiber).clipped)
        }
        let pending = Pending(
            entry: entry, mark: index, statement: statement, variables: variables, machine: machine, fiber: fiber)
        self.pending = pending
        // Others speak next.
        if statement.speaks { interrupt() }
    }

    /// A loop goes round again, or ends.
    private func round(_ branch: Mark.Branch, _ mark: Mark, _ fiber: Fiber, _ machine: Machine) {
        guard branch == .round || branch == .done, let owner = mark.owner,
            case .statement(let statement) = machine.program.marks[owner].kind
        else { return }
        begin(statement, owner, machine.program.marks[owner], fiber, machine)
        settle(fiber, outcome: branch.outcome)
    }

    private func settle(_ fiber: Fiber, outcome: String? = nil) {
        guard var done = pending else { return }
        pending = nil
        if done.fiber === fiber {
            done.entry.outcome = outcome
            for (index, variable) in done.variables.enumerated() {
                let after = done.machine.shown(variable, fiber).clipped
                if after != done.entry.values[index].before || done.statement.isTarget(variable) {
                    done.entry.values[index].after = after
                }
            }
            if case .call = done.statement.kind { done.entry.outcome = String(fiber.returnCode) }
        }
        tell(done.entry)
    }
}

extension Tracer.Entry {
    /// `file:line  text  values  outcome`
    package func line(isColoured: Bool = false) -> String {
        func paint(_ code: String, _ text: String) -> String { isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
        let name = place.file.split(separator: "/").last.map(String.init) ?? place.file
        let position = "\(name):\(place.line)".padded(to: 16)
        let said = String(repeating: "  ", count: depth - 1) + text
        var notes = values.map { value in
            guard let after = value.after else { return "\(value.name)=\(value.before)" }
            return "\(value.name): \(value.before) -> " + paint("32", after)
        }
        if let outcome { notes.append("= " + paint("36", outcome)) }
        let tail = notes.isEmpty ? "" : "  " + notes.joined(separator: "  ")
        return paint("2", position) + "  " + (notes.isEmpty ? said : said.padded(to: 40)) + tail
    }
}

extension Mark.Branch {
    fileprivate var outcome: String? {
        switch self {
        case .then, .round: "true"
        case .otherwise, .done: "false"
        case .label, .unlabelled: nil
        }
    }
}

extension Statement {
    /// It runs other statements, or logs: what is said next is not its end.
    fileprivate var speaks: Bool {
        switch kind {
        case .route, .xlog, .log, .xdbg, .error, .async, .launch, .exit, .drop, .returnCode: true
        default: false
        }
    }

    fileprivate func isTarget(_ variable: Variable) -> Bool { target?.span == variable.span }
}

extension [Variable] {
    /// One of those that are written the same.
    fileprivate func distinct(in source: Source) -> [Variable] {
        var seen: Set<String> = []
        return filter { seen.insert(source.text($0.span)).inserted }
    }
}

extension String {
    fileprivate var onOneLine: String { split { $0.isWhitespace }.joined(separator: " ") }

    /// A long value in short.
    fileprivate var clipped: String { count > 60 ? prefix(57) + "..." : self }

    package func padded(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self
    }
}

/// Traces one node, as its observer.
package final class NodeTracer: NodeObserver, StatementObserver {
    private let tracer: Tracer

    package init(_ tracer: Tracer) { self.tracer = tracer }

    package func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket? {
        tracer.reached(mark, fiber, in: machine)
        return nil
    }

    package func scriptEnded(_ fiber: Fiber) { tracer.ended(fiber) }

    package func takes(_ level: LogLevel, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        tracer.interrupt()
        return false
    }
}
