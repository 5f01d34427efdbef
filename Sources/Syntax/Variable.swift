/// `$name(sub)`, `$(<context>name(sub)[index]{class.function,arguments}...)`.
package struct Variable: Sendable {
    package var name: String
    package var sub: Subname?
    /// What few variables have, kept apart so that the others are small: trees are full of variables.
    private var rest: Rest?
    package var span: Span

    private final class Rest: Sendable {
        let context: String?
        let index: Index?
        let transformations: [TransformationCall]

        init(_ context: String?, _ index: Index?, _ transformations: [TransformationCall]) {
            self.context = context
            self.index = index
            self.transformations = transformations
        }
    }

    /// `request` or `reply`
    package var context: String? { rest?.context }
    package var index: Index? { rest?.index }
    package var transformations: [TransformationCall] { rest?.transformations ?? [] }

    /// The text between the parentheses, as written; `variable` where it is one itself.
    package struct Subname: Sendable {
        package var bytes: [UInt8]
        package var variable: Box?

        package init(bytes: [UInt8], variable: Variable?) {
            self.bytes = bytes
            self.variable = variable.map(Box.init)
        }
    }

    package indirect enum Index: Sendable {
        case number(Int32)
        case all
        /// `[append]` of `$avp`, and whatever else is a word
        case word(String)
        case variable(Variable)
    }

    package indirect enum Box: Sendable {
        case variable(Variable)
        package init(_ variable: Variable) { self = .variable(variable) }
        package var value: Variable {
            switch self {
            case .variable(let variable): variable
            }
        }
    }

    package init(
        context: String? = nil, name: String, sub: Subname? = nil, index: Index? = nil,
        transformations: [TransformationCall] = [], span: Span
    ) {
        self.name = name
        self.sub = sub
        if context != nil || index != nil || !transformations.isEmpty { rest = Rest(context, index, transformations) }
        self.span = span
    }
}

/// `{class.function,argument,...}`; class and function in lower case.
package struct TransformationCall: Sendable {
    package var className: String
    package var function: String
    package var arguments: [Argument]
    package var span: Span

    package init(className: String, function: String, arguments: [Argument], span: Span) {
        self.className = className
        self.function = function
        self.arguments = arguments
        self.span = span
    }

    /// An argument as bytes of the text between the commas (a number too), or a variable.
    package enum Argument: Sendable { case text([UInt8]), variable(Variable) }
}

/// A piece of a text that is expanded when it is used (xlog, most text arguments).
package enum FormatPiece: Sendable {
    case text([UInt8])
    case variable(Variable)
}
