/// The tree of a script, as the parser reads it: nothing is resolved, every node knows where it stands.
package struct Script: Sendable {
    package var items: [Item]

    package init(items: [Item]) { self.items = items }
}

/// What stands at the top level of a file.
package enum Item: Sendable {
    case global(Global)
    case loadModule(LoadModule)
    case modParam(ModParam)
    case route(RouteBlock)
    /// Only in files for `siskin test`.
    case test(TestBlock)
    /// `include_file "path"`; only in trees whose includes are kept as written (the formatter's).
    case include(Include)
}

/// A name in the text: identifier, number word or quoted string, as the text it stands for.
package struct Name: Sendable, Hashable {
    package var text: String
    package var span: Span
    /// How it was written; decides e.g. whether a route name may contain variables.
    package var form: Form

    package enum Form: Sendable { case identifier, number, quoted }

    package init(_ text: String, span: Span, form: Form = .identifier) {
        self.text = text
        self.span = span
        self.form = form
    }
}

/// A quoted literal after its escapes were replaced. `'...'` knows no escapes.
package struct Literal: Sendable, Hashable {
    package var bytes: [UInt8]
    package var span: Span

    package init(_ bytes: [UInt8], span: Span) {
        self.bytes = bytes
        self.span = span
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A signed number literal; 32 bits, wrapped around as OpenSIPS does.
package struct Number: Sendable, Hashable {
    package var value: Int32
    package var span: Span

    package init(_ value: Int32, span: Span) {
        self.value = value
        self.span = span
    }
}

/// `name = values`. The parser keeps the values as they came; the resolver knows each parameter's kind.
package struct Global: Sendable {
    package var name: Name
    package var value: GlobalValue
    package var span: Span

    package init(name: Name, value: GlobalValue, span: Span) {
        self.name = name
        self.value = value
        self.span = span
    }
}

package enum GlobalValue: Sendable {
    case number(Number)
    case text(Literal)
    case word(Name)
    /// `socket`, `listen`
    case socket(SocketDefinition)
    /// Everything with a syntax of its own (`alias`, `dst_blacklist`, `auto_scaling_profile`, ...), token by token.
    case words([Name])
}

/// `proto:host[:ports] options`
package struct SocketDefinition: Sendable {
    package var proto: Name
    /// `*` for all interfaces
    package var host: Name
    package var ports: [ClosedRange<UInt16>]
    package var options: [SocketOption]

    package init(proto: Name, host: Name, ports: [ClosedRange<UInt16>], options: [SocketOption]) {
        self.proto = proto
        self.host = host
        self.ports = ports
        self.options = options
    }
}

/// `as 1.2.3.4:5060`, `tag internal`, `use_workers 4`, `anycast`, ...; the name in lower case.
package struct SocketOption: Sendable {
    package var name: Name
    package var value: Name?
    package var port: UInt16?

    package init(name: Name, value: Name?, port: UInt16?) {
        self.name = name
        self.value = value
        self.port = port
    }
}

package struct LoadModule: Sendable {
    package var path: Literal
    package var span: Span

    package init(path: Literal, span: Span) {
        self.path = path
        self.span = span
    }
}

package struct ModParam: Sendable {
    /// An extended regular expression over module names.
    package var modules: Literal
    package var name: Literal
    package var value: Value
    package var span: Span

    package enum Value: Sendable { case text(Literal), number(Number) }

    package init(modules: Literal, name: Literal, value: Value, span: Span) {
        self.modules = modules
        self.name = name
        self.value = value
        self.span = span
    }
}

package struct Include: Sendable {
    package var keyword: Name
    package var path: Literal
    package var span: Span

    package init(keyword: Name, path: Literal, span: Span) {
        self.keyword = keyword
        self.path = path
        self.span = span
    }
}

package enum RouteKind: String, Sendable, CaseIterable {
    case request = "route"
    case failure = "failure_route"
    case onreply = "onreply_route"
    case branch = "branch_route"
    case error = "error_route"
    case local = "local_route"
    case startup = "startup_route"
    case timer = "timer_route"
    case event = "event_route"
}

/// A route block. The main route is `.request` without a name (`route[0]` and `route[""]` included).
package struct RouteBlock: Sendable {
    package var kind: RouteKind
    package var name: Name?
    /// Seconds, for timer routes.
    package var interval: Number?
    package var body: Block
    /// From the keyword to the closing brace.
    package var span: Span

    package init(kind: RouteKind, name: Name?, interval: Number?, body: Block, span: Span) {
        self.kind = kind
        self.name = name
        self.interval = interval
        self.body = body
        self.span = span
    }
}

/// The statements of a body. `span` covers the braces where there are any.
package struct Block: Sendable {
    package var statements: [Statement]
    package var span: Span
    package var isBraced: Bool

    package init(_ statements: [Statement], span: Span, isBraced: Bool = true) {
        self.statements = statements
        self.span = span
        self.isBraced = isBraced
    }
}

package struct Statement: Sendable {
    package var kind: Kind
    /// Without the final semicolon.
    package var span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case empty
        case call(Call)
        case assign(Assignment)
        case ifElse(Condition, then: Block, else: Block?)
        case whileLoop(Condition, Block)
        case forEach(Variable, in: Variable, Block)
        case switchCase(Variable, cases: [Case], default: Block?)
        case breakLoop
        case exit
        case drop
        /// `return`, `return(code, values...)`; the code may be left out.
        case returnCode(Argument?, values: [Argument])
        case route(RouteCall)
        /// Timeout in seconds.
        case async(Call, resume: Name, timeout: Number?)
        case launch(Call, report: Name?, text: Literal?)
        case assert(Condition, Literal?)
        case log(level: Number?, Literal)
        case error(Literal, Literal)
        case xdbg([Literal])
        /// The literals are joined.
        case xlog(level: Literal?, [Literal])
    }
}

package struct Case: Sendable {
    package var label: Label
    package var body: Block
    /// From the word `case` to the end of the body.
    package var span: Span

    package enum Label: Sendable { case number(Number), text(Literal) }

    package init(label: Label, body: Block, span: Span = .none) {
        self.label = label
        self.body = body
        self.span = span
    }
}

/// A call of a core or module function.
package struct Call: Sendable {
    package var name: Name
    package var arguments: [Argument]
    package var span: Span

    package init(name: Name, arguments: [Argument], span: Span) {
        self.name = name
        self.arguments = arguments
        self.span = span
    }
}

package struct RouteCall: Sendable {
    /// Route name, or something to be evaluated when it runs.
    package var target: Target
    package var arguments: [Argument]
    package var span: Span

    package enum Target: Sendable { case name(Name), variable(Variable) }

    package init(target: Target, arguments: [Argument], span: Span) {
        self.target = target
        self.arguments = arguments
        self.span = span
    }
}

/// A slot between the parentheses of a call.
package enum Argument: Sendable {
    case empty(Span)
    case number(Number)
    case text(Literal)
    case variable(Variable)
    case null(Span)
    /// A bare word; only in scripts of the 2.4 era.
    case word(Name)

    package var span: Span {
        switch self {
        case .empty(let span), .null(let span): span
        case .number(let number): number.span
        case .text(let literal): literal.span
        case .variable(let variable): variable.span
        case .word(let name): name.span
        }
    }
}

package struct Assignment: Sendable {
    package var target: Variable
    package var operation: Operation
    package var value: Value

    package enum Operation: String, Sendable {
        case set = "="
        /// Replaces every value of the target.
        case replace = ":="
        case add = "+="
        case subtract = "-="
        case multiply = "*="
        case divide = "/="
        case modulo = "%="
        case and = "&="
        case or = "|="
        case xor = "^="
    }

    package enum Value: Sendable { case null(Span), expression(Expression) }

    package init(target: Variable, operation: Operation, value: Value) {
        self.target = target
        self.operation = operation
        self.value = value
    }
}
