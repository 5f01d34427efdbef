import Catalog
import Syntax

extension Compiler {
    /// The operand that holds the variable's value, transformations applied.
    mutating func operand(of variable: Variable) -> Int32 {
        var value = base(of: variable)
        for call in variable.transformations {
            let result = temporary()
            guard let site = transformationSite(call) else { return nullConstant }
            emit(.transform, result, value, Int32(program.transformations.count))
            program.transformations.append(site)
            value = result
        }
        return value
    }

    /// What can be assigned to; nil, and an error, where the variable cannot.
    mutating func target(of variable: Variable) -> VariableTarget? {
        switch variable.name {
        case "var":
            return slot(of: variable).map { .slot($0) }
        case "avp": return site(of: variable).map { .site($0) }
        default:
            guard let entry = entry(of: variable) else { return nil }
            guard entry.facts.isWritable || entry.access?.set != nil else {
                error(.notWritable, variable.span, "$\(variable.name) cannot be assigned to")
                return nil
            }
            return site(of: variable).map { .site($0) }
        }
    }

    /// A variable as an argument of a function that reads or writes it.
    mutating func reference(to variable: Variable) -> VariableTarget? {
        if variable.name == "var" { return slot(of: variable).map { .slot($0) } }
        return site(of: variable).map { .site($0) }
    }

    // MARK: Kinds

    private mutating func base(of variable: Variable) -> Int32 {
        switch variable.name {
        case "var": return slot(of: variable) ?? nullConstant
        case "avp":
            guard let site = site(of: variable) else { return nullConstant }
            let entry = program.variables[Int(site)]
            let result = temporary()
            if case .avp(let number) = entry.kind, case .none = entry.index {
                emit(.readAVP, result, number)
            } else {
                emit(.read, result, site, -1)
            }
            return result
        case "rc", "retcode":
            let result = temporary()
            emit(.readCode, result)
            return result
        case "return":
            let result = temporary()
            emit(.readReturn, result, position(variable))
            return result
        case "param": return parameter(variable)
        case "cfg_line":
            return constant(Array(String(source.location(of: max(0, variable.span.end - 1)).line).utf8))
        case "cfg_file": return constant(Array(source.location(of: variable.span.start).file.utf8))
        default:
            guard let site = site(of: variable) else { return nullConstant }
            let result = temporary()
            emit(.read, result, site, -1)
            return result
        }
    }

    /// The place of a return value: a number where it is written as one.
    private mutating func position(_ variable: Variable) -> Int32 {
        let number = variable.sub.flatMap { sub in
            sub.variable == nil ? sub.bytes.withUnsafeBufferPointer { Int32(decimal: $0) } : nil
        }
        return number.map { constant($0) } ?? subname(variable) ?? constant(0)
    }

    private mutating func slot(of variable: Variable) -> Int32? {
        guard let sub = variable.sub else {
            error(.variableName, variable.span, "$var needs a name: $var(name)")
            return nil
        }
        return program.statics.operand(of: .variable(sub.bytes))
    }

    /// `$param(n)` is a register; by name, in event routes, it is looked up.
    private mutating func parameter(_ variable: Variable) -> Int32 {
        if routeKind != .event, let sub = variable.sub, sub.variable == nil {
            guard let position = sub.bytes.withUnsafeBufferPointer({ Int32(decimal: $0) }) else { return nullConstant }
            guard position >= 1, Int(position) <= Catalog.language.limits.routeArguments else { return nullConstant }
            parameterCount = max(parameterCount, position)
            return position - 1
        }
        parameterCount = Int32(Catalog.language.limits.routeArguments)
        guard let site = site(of: variable) else { return nullConstant }
        let result = temporary()
        emit(.read, result, site, -1)
        return result
    }

    /// An entry of the table of variables for anything but `$var`.
    mutating func site(of variable: Variable) -> Int32? {
        var kind: VariableSite.Kind
        var name: Int32?
        switch variable.name {
        case "var": return nil
        case "avp":
            guard let sub = variable.sub else {
                error(.variableName, variable.span, "$avp needs a name: $avp(name)")
                return nil
            }
            if sub.variable == nil {
                kind = .avp(avpNumber(sub.bytes))
            } else {
                kind = .namedAVP
                name = subname(variable)
            }
        case "param":
            kind = .parameter
            name = subname(variable)
        default:
            guard let entry = entry(of: variable) else { return nil }
            let access = entry.access ?? unimplemented(variable, entry.module)
            if let bind = access.bind, let sub = variable.sub { return boundSite(of: variable, sub, bind) }
            kind = .access(access)
            name = subname(variable)
        }
        var words: [IndexWord] = []
        switch kind {
        case .avp, .namedAVP: words = [.append]
        case .access(let access): words = access.indexWords
        case .parameter: break
        }
        let index = self.index(of: variable, words)
        program.variables.append(VariableSite(kind: kind, name: name, index: index, span: variable.span))
        return Int32(program.variables.count - 1)
    }

    /// A variable that reads its sub-name now.
    private mutating func boundSite(
        of variable: Variable, _ sub: Variable.Subname, _ bind: ([UInt8]) throws(SubnameError) -> BoundVariable
    ) -> Int32? {
        let bound: BoundVariable
        do {
            bound = try bind(sub.bytes)
        } catch {
            self.error(.variableName, variable.span, "$\(variable.name): \(error.reason)")
            return nil
        }
        var inner: [Int32] = []
        for text in bound.inner {
            guard let variable = quotedVariable(Literal(text, span: variable.span)) else { return nil }
            inner.append(operand(of: variable))
        }
        program.variables.append(
            VariableSite(
                kind: .access(bound.access), name: constant(sub.bytes),
                index: index(of: variable, bound.access.indexWords), span: variable.span, inner: inner))
        return Int32(program.variables.count - 1)
    }

    private mutating func index(of variable: Variable, _ words: [IndexWord]) -> VariableSite.Index {
        switch variable.index {
        case nil: return .none
        case .number(let number): return .number(number)
        case .all: return .all
        case .word(let text):
            if let word = IndexWord(rawValue: text), words.contains(word) { return .word(word) }
            let choice = ["a number", "*"] + words.map(\.rawValue)
            error(
                .variableIndex, variable.span,
                "'\(text)' is no index here; write \(choice.joined(separator: ", ")) or a variable")
            return .none
        case .variable(let inner): return .operand(operand(of: inner))
        }
    }

    private mutating func subname(_ variable: Variable) -> Int32? {
        guard let sub = variable.sub else { return nil }
        return sub.variable.map { operand(of: $0.value) } ?? constant(sub.bytes)
    }

    mutating func avpNumber(_ name: [UInt8]) -> Int32 {
        if let number = avpNumbers[name] { return number }
        let number = Int32(program.avpNames.count)
        program.avpNames.append(name)
        avpNumbers[name] = number
        return number
    }

    /// The declaration of a variable that is neither `$var` nor `$avp`, checked against how it is written.
    private mutating func entry(of variable: Variable) -> Scope.Variable? {
        guard let entry = scope.variable(variable.name, withSubname: variable.sub != nil) else {
            var notes = didYouMean(variable.name, scope.variableNames + ["var", "avp"])
            let exporters = Catalog.exporters(of: .variable, named: variable.name).map(\.module)
            if let module = exporters.first {
                notes = [Diagnostic.Note("$\(variable.name) belongs to module \(module): loadmodule \"\(module).so\"")]
            }
            error(.unknownVariable, variable.span, "there is no variable $\(variable.name)", notes: notes)
            return nil
        }
        noteRelease(of: variable, entry.facts)
        if entry.facts.isDescribed {
            if variable.sub == nil && entry.facts.subname == .required {
                error(.variableName, variable.span, "$\(variable.name) needs a name: $\(variable.name)(name)")
            } else if variable.sub != nil && entry.facts.subname == .none {
                error(.variableName, variable.span, "$\(variable.name) takes no name in parentheses")
            }
        }
        if let context = variable.context, !scope.contexts.contains(context) {
            error(
                .unknownContext, variable.span, "there is no context <\(context)>",
                notes: [Diagnostic.Note("request and reply come with module tm")])
        }
        return entry
    }

    private func unimplemented(_ variable: Variable, _ module: String) -> VariableAccess {
        let message = "$\(variable.name) of \(module) is known to siskin, but not implemented; it reads null"
        return VariableAccess(
            get: { context in
                context.warn(message)
                return .null
            },
            set: { context, _, _ in
                context.warn(message)
                return false
            })
    }

    /// A variable inside quotes, such as the level of `xlog` or an output of the 2.4 era.
    mutating func quotedVariable(_ literal: Literal) -> Variable? {
        let (variable, found) = VariableParser.parse(literal.bytes, span: literal.span)
        diagnostics += found
        return variable
    }

    // MARK: Texts with variables

    /// The operand of a text after its variables were expanded.
    mutating func format(_ literal: Literal, at span: Span) -> Int32 {
        guard literal.bytes.contains(UInt8(ascii: "$")) else { return constant(literal.bytes) }
        let (pieces, found) = FormatParser.parse(literal, in: source)
        diagnostics += found
        let operands = pieces.map { piece in
            switch piece {
            case .text(let bytes): constant(bytes)
            case .variable(let variable): variable.isLine ? lineConstant(span) : operand(of: variable)
            }
        }
        let result = temporary()
        emit(.format, result, list(operands), Int32(operands.count))
        return result
    }

    /// `$cfg_line` of a call is the line where the call ends.
    private mutating func lineConstant(_ span: Span) -> Int32 {
        constant(Array(String(source.location(of: max(0, span.end - 1)).line).utf8))
    }
}

extension Variable {
    var isLine: Bool { name == "cfg_line" && transformations.isEmpty }
}
