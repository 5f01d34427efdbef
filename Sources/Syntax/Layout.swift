/// Where lines begin when a tree is printed: the places in the source at which the printer breaks, and how deep the
/// line behind the break is indented.
struct Layout {
    struct Mark {
        var offset: Int32
        var level: Int
        var kind: Kind
    }

    enum Kind {
        /// An item of the file that keeps the blanks of its value, such as `socket = udp:127.0.0.1:5060`.
        case global
        /// Any other item, a statement of a block, or the label of a case.
        case line
        /// The statement of a branch without braces, which stays behind its `if (...)` if it stood there, and an empty
        /// statement.
        case branch
        /// The `if` of an `else if`.
        case elseIf
        /// A closing brace.
        case close
        /// Not a place to break: the next token is an `else` or a `default` that belongs to this level.
        case next
    }

    /// Ascending by offset.
    private(set) var marks: [Mark] = []

    init(_ script: Script) {
        for item in script.items {
            switch item {
            case .global(let global): mark(global.span.start, 0, .global)
            case .loadModule(let item): mark(item.span.start, 0, .line)
            case .modParam(let item): mark(item.span.start, 0, .line)
            case .include(let item): mark(item.span.start, 0, .line)
            case .route(let route):
                mark(route.span.start, 0, .line)
                add(route.body, 0)
            case .test(let test): add(test, 0)
            }
        }
        marks.sort { ($0.offset, $0.kind.rank) < ($1.offset, $1.kind.rank) }
    }

    private mutating func add(_ test: TestBlock, _ level: Int) {
        mark(test.span.start, level, .line)
        for child in test.children { add(child, level + 1) }
        if let table = test.table {
            mark(table.span.start, level + 1, .line)
            mark(table.head.start, level + 2, .line)
            for row in table.rows { mark(row.span.start, level + 2, .line) }
            mark(table.span.end - 1, level + 1, .close)
        }
        add(test.body, level)
    }

    private mutating func mark(_ offset: Int32, _ level: Int, _ kind: Kind) {
        marks.append(Mark(offset: offset, level: level, kind: kind))
    }

    /// A block whose line stands at `level`.
    private mutating func add(_ block: Block, _ level: Int) {
        add(block.statements, level, block.isBraced ? .line : .branch)
        if block.isBraced { mark(block.span.end - 1, level, .close) }
    }

    private mutating func add(_ statement: Statement, _ level: Int) {
        switch statement.kind {
        case .ifElse(_, let then, let other):
            add(then, level)
            guard let other else { return }
            mark(then.span.end, level, .next)
            if !other.isBraced, let nested = other.statements.first, case .ifElse = nested.kind {
                mark(nested.span.start, level, .elseIf)
                add(nested, level)
            } else {
                add(other, level)
            }
        case .whileLoop(_, let body), .forEach(_, _, let body): add(body, level)
        case .switchCase(_, let cases, let other):
            for item in cases {
                mark(item.span.start, level + 1, .line)
                add(item.body.statements, level + 1, .line)
            }
            if let other {
                mark(cases.last?.span.end ?? other.span.start, level + 1, .next)
                add(other.statements, level + 1, .line)
            }
            mark(statement.span.end - 1, level, .close)
        default: break
        }
    }

    private mutating func add(_ statements: [Statement], _ level: Int, _ kind: Kind) {
        for (index, statement) in statements.enumerated() {
            // A ';' behind a closing brace stays there.
            if index > 0, case .empty = statement.kind {
                mark(statement.span.start, level + 1, .branch)
            } else {
                mark(statement.span.start, level + 1, kind)
            }
            add(statement, level + 1)
        }
    }
}

extension Layout.Kind {
    /// Where two marks share a place, the one that breaks the line counts, and comes last.
    fileprivate var rank: Int {
        if case .next = self { 0 } else { 1 }
    }
}
