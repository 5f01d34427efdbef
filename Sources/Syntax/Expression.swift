/// What `if` and `while` decide by.
package struct Condition: Sendable {
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case and(Condition, Condition)
        case or(Condition, Condition)
        case not(Condition)
        /// `( ... )`
        case group(Condition)
        /// `[ ... ]`
        case arithmetic(Expression)
        case comparison(Comparison)
        case variable(Variable)
        case number(Number)
        /// A call, `route(...)`, an assignment, `if`, ...; true when its code is above zero.
        case statement(Statement)
        case block(Block)
    }
}

package struct Comparison: Sendable {
    package var variable: Variable
    package var operation: Operation
    package var operand: Operand

    package enum Operation: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case greater = ">"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case matches = "=~"
        case doesNotMatch = "!~"
    }

    package enum Operand: Sendable {
        case variable(Variable)
        case text(Literal)
        case number(Number)
        case null(Span)
        /// An address or a network, as written.
        case network(Name)
    }

    package init(variable: Variable, operation: Operation, operand: Operand) {
        self.variable = variable
        self.operation = operation
        self.operand = operand
    }
}

package struct Expression: Sendable {
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package enum Operator: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case modulo = "%"
        case or = "|"
        case and = "&"
        case xor = "^"
        case shiftLeft = "<<"
        case shiftRight = ">>"
    }

    package indirect enum Kind: Sendable {
        case binary(Operator, Expression, Expression)
        case complement(Expression)
        case number(Number)
        case text(Literal)
        case comparison(Comparison)
        case variable(Variable)
        /// A call or `route(...)`: its code.
        case statement(Statement)
        /// `( ... )`
        case group(Expression)
    }
}
