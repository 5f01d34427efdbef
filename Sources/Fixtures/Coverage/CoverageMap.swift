import Script
import Synchronization
import Syntax

/// Where the marks of a script's program stand: the same for all nodes that run the script.
final class CoverageMap: Sendable {
    struct Spot: Sendable {
        /// Index into `files`; nil where the mark is not counted, as in mock routes.
        var file: Int?
        var line: Int
        var column: Int
        /// Index into `routes`.
        var route: Int
        /// What the branch is called; nil for a statement.
        var branch: String?
    }

    struct Route: Sendable {
        var name: String
        var file: Int?
        var line: Int
    }

    let files: [String]
    /// By the number of the mark.
    let spots: [Spot]
    let routes: [Route]

    /// - Parameter testFile: holds the mock routes, which are not counted.
    init(_ program: Program, without testFile: String) {
        var names: [String] = []
        func place(_ span: Span) -> (file: Int?, line: Int, column: Int) {
            let location = program.source.location(of: span.start)
            if location.file == testFile { return (nil, location.line, location.column) }
            let known = names.firstIndex(of: location.file)
            if known == nil { names.append(location.file) }
            return (known ?? names.count - 1, location.line, location.column)
        }
        spots = program.marks.map { mark in
            // A branch belongs to the line of its statement, wherever its body stands.
            let owner = mark.owner.map { program.marks[$0] }
            let (file, line, column) = place(owner?.span ?? mark.span)
            var name: String?
            if case .branch(let branch) = mark.kind { name = branch.label(in: owner) }
            return Spot(file: file, line: line, column: column, route: mark.route, branch: name)
        }
        routes = program.routes.map { route in
            let (file, line, _) = place(route.span)
            let name = route.name.isEmpty ? route.kind.rawValue : "\(route.kind.rawValue)[\(route.name)]"
            return Route(name: name, file: file, line: line)
        }
        files = names
    }
}

extension Mark.Branch {
    /// - Parameter owner: the statement that goes this way.
    fileprivate func label(in owner: Mark?) -> String {
        switch self {
        case .then: "true"
        case .otherwise: "false"
        case .round: "a round"
        case .done: "the end"
        case .unlabelled: "default"
        case .label(let index):
            if case .statement(let statement)? = owner?.kind, case .switchCase(_, let cases, _) = statement.kind,
                cases.indices.contains(index)
            {
                switch cases[index].label {
                case .number(let number): "case \(number.value)"
                case .text(let literal): "case \"\(literal.text)\""
                }
            } else {
                "case \(index + 1)"
            }
        }
    }
}

/// Counts how often the fibers of one node come to each mark.
final class CoverageCounter: StatementObserver {
    private(set) var map: CoverageMap?
    private var counts: UnsafeMutableBufferPointer<UInt32>

    init() { counts = UnsafeMutableBufferPointer(start: nil, count: 0) }

    deinit { counts.deallocate() }

    /// To be called before the program runs; a node that is started anew goes on counting.
    func prepare(_ map: CoverageMap) {
        guard self.map == nil else { return }
        self.map = map
        counts = .allocate(capacity: map.spots.count)
        counts.initialize(repeating: 0)
    }

    func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket? {
        counts[mark] &+= 1
        return nil
    }

    var counted: [UInt32] { Array(counts) }
}
