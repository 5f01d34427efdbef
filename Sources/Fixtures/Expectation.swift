import Syntax

/// `expect(condition, "text")` or `advance_until(condition, "seconds")` of a test.
struct Expectation: Sendable {
    var condition: Condition
    /// What people are told where it fails; the seconds to wait at most.
    var text: String?
    var span: Span
}

/// Turns the expectations of a test file into calls of the functions that only tests have, since a condition cannot be
/// the argument of a call:
///
///     expect(condition);           if (condition) { ; } else { expectation_failed(n); }
///     advance_until(condition);    if (1) { wait_begins(n); while (!(condition)) wait_goes_on(n); }
struct Expectations {
    private(set) var all: [Expectation] = []
    private let source: Source

    init(_ source: Source) { self.source = source }

    mutating func rewritten(_ block: Block) -> Block {
        var block = block
        block.statements = block.statements.map { rewritten($0) }
        return block
    }

    private mutating func rewritten(_ statement: Statement) -> Statement {
        var statement = statement
        switch statement.kind {
        case .assert(let condition, let text): return expectation(condition, text, statement.span)
        case .ifElse(let condition, let then, let other):
            statement.kind = .ifElse(condition, then: rewritten(then), else: other.map { rewritten($0) })
        case .whileLoop(let condition, let body): statement.kind = .whileLoop(condition, rewritten(body))
        case .forEach(let variable, let list, let body):
            statement.kind = .forEach(variable, in: list, rewritten(body))
        case .switchCase(let variable, var cases, let other):
            for index in cases.indices { cases[index].body = rewritten(cases[index].body) }
            statement.kind = .switchCase(variable, cases: cases, default: other.map { rewritten($0) })
        default: break
        }
        return statement
    }

    private mutating func expectation(_ condition: Condition, _ text: Literal?, _ span: Span) -> Statement {
        let number = Int32(truncatingIfNeeded: all.count)
        all.append(Expectation(condition: condition, text: text?.text, span: span))
        func call(_ name: String) -> Statement {
            let argument = Argument.number(Number(number, span: span))
            return Statement(.call(Call(name: Name(name, span: span), arguments: [argument], span: span)), span: span)
        }
        func block(_ statements: Statement...) -> Block { Block(statements, span: span) }
        guard source.text(span).hasPrefix("advance_until") else {
            let nothing = block(Statement(.empty, span: span))
            return Statement(.ifElse(condition, then: nothing, else: block(call("expectation_failed"))), span: span)
        }
        let unmet = Condition(.not(Condition(.group(condition), span: condition.span)), span: condition.span)
        let loop = Statement(.whileLoop(unmet, block(call("wait_goes_on"))), span: span)
        let always = Condition(.number(Number(1, span: span)), span: span)
        return Statement(.ifElse(always, then: block(call("wait_begins"), loop), else: nil), span: span)
    }
}

extension Condition {
    /// The variables that it looks at, in the order of the text, and what each is compared with.
    var operands: [(variable: Variable, expected: (operation: Comparison.Operation, operand: Comparison.Operand)?)] {
        switch kind {
        case .and(let left, let right), .or(let left, let right): left.operands + right.operands
        case .not(let inner), .group(let inner): inner.operands
        case .arithmetic(let expression): expression.variables.map { ($0, nil) }
        case .comparison(let comparison):
            [(comparison.variable, (comparison.operation, comparison.operand))]
        case .variable(let variable): [(variable, nil)]
        case .number, .statement, .block: []
        }
    }
}
