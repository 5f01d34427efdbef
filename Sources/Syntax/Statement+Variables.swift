/// What a statement is about, for those who show what it does.
extension Statement {
    /// The variables of the statement itself, not of the bodies in it, in the order of the text.
    package var variables: [Variable] { kind.variables }

    /// The variable that it assigns to.
    package var target: Variable? {
        if case .assign(let assignment) = kind { assignment.target } else { nil }
    }

    /// Where its first body begins; its own end where it has none.
    package var headEnd: Int32 {
        switch kind {
        case .ifElse(_, let then, _): then.span.start
        case .whileLoop(_, let body), .forEach(_, _, let body): body.span.start
        case .switchCase(let variable, let cases, let otherwise):
            cases.first?.span.start ?? otherwise?.span.start ?? variable.span.end
        default: span.end
        }
    }
}

extension Statement.Kind {
    fileprivate var variables: [Variable] {
        switch self {
        case .empty, .breakLoop, .exit, .drop, .log, .error, .xdbg, .xlog: []
        case .call(let call), .async(let call, _, _), .launch(let call, _, _): call.arguments.variables
        case .assign(let assignment):
            if case .expression(let expression) = assignment.value {
                [assignment.target] + expression.variables
            } else {
                [assignment.target]
            }
        case .ifElse(let condition, _, _), .whileLoop(let condition, _), .assert(let condition, _):
            condition.variables
        case .forEach: []
        case .switchCase(let variable, _, _): [variable]
        case .returnCode(let code, let values): (Array(code.map { [$0] } ?? []) + values).variables
        case .route(let call):
            if case .variable(let variable) = call.target {
                [variable] + call.arguments.variables
            } else {
                call.arguments.variables
            }
        }
    }
}

extension [Argument] {
    fileprivate var variables: [Variable] {
        compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
    }
}

extension Condition {
    /// The variables that it looks at, in the order of the text.
    package var variables: [Variable] {
        switch kind {
        case .and(let left, let right), .or(let left, let right): left.variables + right.variables
        case .not(let inner), .group(let inner): inner.variables
        case .arithmetic(let expression): expression.variables
        case .comparison(let comparison): comparison.variables
        case .variable(let variable): [variable]
        case .statement(let statement): statement.variables
        case .number, .block: []
        }
    }
}

extension Comparison {
    fileprivate var variables: [Variable] {
        if case .variable(let other) = operand { [variable, other] } else { [variable] }
    }
}

extension Expression {
    /// The variables that it reads, in the order of the text.
    package var variables: [Variable] {
        switch kind {
        case .binary(_, let left, let right): left.variables + right.variables
        case .complement(let inner), .group(let inner): inner.variables
        case .comparison(let comparison): comparison.variables
        case .variable(let variable): [variable]
        case .statement(let statement): statement.variables
        case .number, .text: []
        }
    }
}
