@testable import Syntax

/// The tree in a few characters, so that tables of tests can show what they expect: every node in brackets.
enum Sketch {
    static func script(_ text: String) -> String {
        let (script, diagnostics) = Parser.parse(Source(name: "t.cfg", bytes: Array(text.utf8)))
        let errors = diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { return "error \(errors.map(\.code.name)) \(errors.map(\.message))" }
        return script.items.map(item).joined(separator: " ")
    }

    /// What the statements of a route become.
    static func statements(_ text: String) -> String {
        let (script, diagnostics) = Parser.parse(Source(name: "t.cfg", bytes: Array("route {\n\(text)\n}".utf8)))
        let errors = diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { return "error \(errors.map(\.code.name)) \(errors.map(\.message))" }
        guard case .route(let route)? = script.items.first else { return "no route" }
        return route.body.statements.map(statement).joined(separator: " ")
    }

    static func item(_ item: Item) -> String {
        switch item {
        case .global(let global): "\(global.name.text)=\(value(global.value))"
        case .loadModule(let module): "load(\(text(module.path)))"
        case .modParam(let parameter):
            switch parameter.value {
            case .text(let value): "param(\(text(parameter.modules)) \(text(parameter.name)) \(text(value)))"
            case .number(let value): "param(\(text(parameter.modules)) \(text(parameter.name)) \(value.value))"
            }
        case .test(let test): "\(test.kind.rawValue)[\(test.name.map(name) ?? "")]" + block(test.body)
        case .include(let include): "\(include.keyword.text)(\(text(include.path)))"
        case .route(let route):
            "\(route.kind.rawValue)[\(route.name.map(name) ?? "")\(route.interval.map { ",\($0.value)" } ?? "")]"
                + block(route.body)
        }
    }

    static func value(_ value: GlobalValue) -> String {
        switch value {
        case .number(let number): return "\(number.value)"
        case .text(let literal): return text(literal)
        case .word(let word): return name(word)
        case .words(let words): return "<\(words.map(name).joined(separator: " "))>"
        case .socket(let socket):
            let ports = socket.ports.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            let options = socket.options.map { option in
                " " + option.name.text + (option.value.map { " " + name($0) } ?? "")
                    + (option.port.map { ":\($0)" } ?? "")
            }
            return "\(socket.proto.text):\(name(socket.host)):\(ports.joined(separator: ","))\(options.joined())"
        }
    }

    static func name(_ name: Name) -> String {
        switch name.form {
        case .identifier: name.text
        case .number: "#\(name.text)"
        case .quoted: "\"\(name.text)\""
        }
    }

    static func text(_ literal: Literal) -> String { "\"\(literal.text)\"" }

    static func block(_ block: Block) -> String {
        let inner = block.statements.map(statement).joined(separator: " ")
        return block.isBraced ? "{\(inner)}" : "<\(inner)>"
    }

    static func statement(_ statement: Statement) -> String {
        switch statement.kind {
        case .empty: return "-"
        case .call(let call): return self.call(call)
        case .assign(let assignment):
            let value =
                switch assignment.value {
                case .null: "null"
                case .expression(let expression): self.expression(expression)
                }
            return "\(variable(assignment.target)) \(assignment.operation.rawValue) \(value)"
        case .ifElse(let condition, let then, let other):
            return "if \(self.condition(condition)) \(block(then))" + (other.map { " else \(block($0))" } ?? "")
        case .whileLoop(let condition, let body): return "while \(self.condition(condition)) \(block(body))"
        case .forEach(let element, let list, let body):
            return "for \(variable(element)) in \(variable(list)) \(block(body))"
        case .switchCase(let value, let cases, let other):
            let cases = cases.map { item in
                switch item.label {
                case .number(let number): "\(number.value): \(block(item.body))"
                case .text(let literal): "\(text(literal)): \(block(item.body))"
                }
            }
            return "switch \(variable(value)) \(cases.joined(separator: " "))"
                + (other.map { " default: \(block($0))" } ?? "")
        case .breakLoop: return "break"
        case .exit: return "exit"
        case .drop: return "drop"
        case .returnCode(let code, let values):
            return "return(\(([code.map(argument) ?? ""] + values.map(argument)).joined(separator: ", ")))"
        case .route(let route):
            let target =
                switch route.target {
                case .name(let name): self.name(name)
                case .variable(let variable): self.variable(variable)
                }
            return "route(\(([target] + route.arguments.map(argument)).joined(separator: ", ")))"
        case .async(let call, let resume, let timeout):
            return "async(\(self.call(call)), \(name(resume))\(timeout.map { ", \($0.value)" } ?? ""))"
        case .launch(let call, let report, let literal):
            return "launch(\(self.call(call))\(report.map { ", " + name($0) } ?? "")"
                + "\(literal.map { ", " + text($0) } ?? ""))"
        case .assert(let condition, let literal):
            return "assert(\(self.condition(condition))\(literal.map { ", " + text($0) } ?? ""))"
        case .log(let level, let literal): return "log(\(level.map { "\($0.value), " } ?? "")\(text(literal)))"
        case .error(let first, let second): return "error(\(text(first)), \(text(second)))"
        case .xdbg(let texts): return "xdbg(\(texts.map(text).joined(separator: " ")))"
        case .xlog(let level, let texts):
            return "xlog(\(level.map { text($0) + ", " } ?? "")\(texts.map(text).joined(separator: " ")))"
        }
    }

    static func call(_ call: Call) -> String {
        "\(call.name.text)(\(call.arguments.map(argument).joined(separator: ", ")))"
    }

    static func argument(_ argument: Argument) -> String {
        switch argument {
        case .empty: "_"
        case .number(let number): "\(number.value)"
        case .text(let literal): text(literal)
        case .variable(let variable): self.variable(variable)
        case .null: "null"
        case .word(let word): word.text
        }
    }

    static func condition(_ condition: Condition) -> String {
        switch condition.kind {
        case .and(let left, let right): "(\(self.condition(left)) && \(self.condition(right)))"
        case .or(let left, let right): "(\(self.condition(left)) || \(self.condition(right)))"
        case .not(let inner): "!\(self.condition(inner))"
        case .group(let inner): "<\(self.condition(inner))>"
        case .arithmetic(let inner): "[\(expression(inner))]"
        case .comparison(let comparison): self.comparison(comparison)
        case .variable(let variable): self.variable(variable)
        case .number(let number): "\(number.value)"
        case .statement(let statement): self.statement(statement)
        case .block(let block): self.block(block)
        }
    }

    static func comparison(_ comparison: Comparison) -> String {
        let operand =
            switch comparison.operand {
            case .variable(let variable): self.variable(variable)
            case .text(let literal): text(literal)
            case .number(let number): "\(number.value)"
            case .null: "null"
            case .network(let network): "@\(network.text)"
            }
        return "(\(variable(comparison.variable)) \(comparison.operation.rawValue) \(operand))"
    }

    static func expression(_ expression: Expression) -> String {
        switch expression.kind {
        case .binary(let operation, let left, let right):
            "(\(self.expression(left)) \(operation.rawValue) \(self.expression(right)))"
        case .complement(let inner): "~\(self.expression(inner))"
        case .number(let number): "\(number.value)"
        case .text(let literal): text(literal)
        case .comparison(let comparison): self.comparison(comparison)
        case .variable(let variable): self.variable(variable)
        case .statement(let statement): self.statement(statement)
        case .group(let inner): "<\(self.expression(inner))>"
        }
    }

    static func variable(_ variable: Variable) -> String {
        var sketch = "$" + (variable.context.map { "<\($0)>" } ?? "") + variable.name
        if let sub = variable.sub {
            let inner = sub.variable.map { self.variable($0.value) } ?? String(decoding: sub.bytes, as: UTF8.self)
            sketch += "(\(inner))"
        }
        switch variable.index {
        case .number(let number): sketch += "[\(number)]"
        case .all: sketch += "[*]"
        case .word(let word): sketch += "[\(word)]"
        case .variable(let variable): sketch += "[\(self.variable(variable))]"
        case nil: break
        }
        for change in variable.transformations {
            let arguments = change.arguments.map { argument in
                switch argument {
                case .text(let bytes): ",'\(String(decoding: bytes, as: UTF8.self))'"
                case .variable(let variable): ",\(self.variable(variable))"
                }
            }
            sketch += "{\(change.className).\(change.function)\(arguments.joined())}"
        }
        return sketch
    }

    static func pieces(_ pieces: [FormatPiece]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let bytes): "'\(String(decoding: bytes, as: UTF8.self))'"
            case .variable(let variable): self.variable(variable)
            }
        }.joined(separator: " ")
    }
}
