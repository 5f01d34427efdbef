import Catalog
import Syntax

extension Compiler {
    /// A call as a statement.
    mutating func call(_ call: Call) {
        guard let (site, registers) = callSite(call, asynchronous: false) else { return }
        emit(.callFunction, site, registers)
    }

    /// Binds and checks a call, and evaluates its arguments into registers of their own, the first of which is returned.
    mutating func callSite(_ call: Call, asynchronous: Bool) -> (site: Int32, registers: Int32)? {
        guard let function = find(call.name, asynchronous: asynchronous) else { return nil }
        noteRelease(of: function, at: call.name.span)
        let call = call.branchFlagSecond(function) ?? call
        check(call, function, asynchronous)
        let parameters = function.signature.parameters
        let first = nextRegister
        for _ in call.arguments { _ = temporary() }
        var sites: [ArgumentSite] = []
        for (index, argument) in call.arguments.enumerated() {
            let parameter = index < parameters.count ? parameters[index] : Parameter(.string)
            sites.append(self.argument(argument, parameter, call, function, into: first + Int32(index)))
        }
        if function.module == "core", Compiler.publishing.contains(function.name),
            case .text(let literal)? = call.arguments.first
        {
            program.raisedEvents.append(literal.bytes)
        }
        program.calls.append(CallSite(function: function, arguments: sites, span: call.span))
        return (Int32(program.calls.count - 1), first)
    }

    /// Functions whose first argument makes an event known.
    private static let publishing: Set<String> = ["raise_event", "raise_event_sync", "subscribe_event"]

    private mutating func find(_ name: Name, asynchronous: Bool) -> Function? {
        if let function = asynchronous ? scope.asyncFunctions[name.text] : scope.functions[name.text] {
            return function
        }
        if asynchronous && scope.functions[name.text] != nil {
            error(
                .notAsync, name.span, "\(name.text) has no asynchronous form",
                notes: [Diagnostic.Note("call it plainly; a siskin node serves others while it waits")])
            return nil
        }
        if !asynchronous && scope.asyncFunctions[name.text] != nil {
            // Siskin suspends the fiber inside the statement.
            return scope.asyncFunctions[name.text]
        }
        var notes = didYouMean(name.text, Array(scope.functions.keys))
        var fix: Diagnostic.Fix?
        let kind = asynchronous ? ExportKind.asyncFunction : .function
        if let module = Catalog.exporters(of: kind, named: name.text).first(where: { $0.releases.contains(.v36) })?
            .module
        {
            notes = [Diagnostic.Note("\(name.text) belongs to module \(module): loadmodule \"\(module).so\"")]
            if let lastLoad {
                fix = .init(Span(start: lastLoad.end, end: lastLoad.end), "\nloadmodule \"\(module).so\"")
            }
        } else if let rename = Catalog.history.renames.first(where: { $0.kind == .function && $0.name == name.text }) {
            notes = [note(rename)]
            fix = .init(name.span, rename.newName)
        }
        error(.unknownFunction, name.span, "there is no function \(name.text)()", notes: notes, fix: fix)
        return nil
    }

    private mutating func check(_ call: Call, _ function: Function, _ asynchronous: Bool) {
        if !asynchronous, let type = RouteTypes(keyword: routeKind.rawValue),
            !function.signature.routes.isEmpty, !function.signature.routes.contains(type)
        {
            error(
                .notAllowedHere, call.name.span, "\(function.name) is not allowed in \(routeKind.rawValue)",
                notes: [Diagnostic.Note("it may stand in \(function.signature.routes)")])
        }
        let filled = call.arguments.map { if case .empty = $0 { false } else { true } }
        for fault in function.signature.faults(filled: filled) {
            switch fault {
            case .count(let allowed):
                let counts = allowed.map(String.init).joined(separator: " or ")
                error(
                    .argumentCount, call.span,
                    "\(function.name) takes \(counts) argument\(allowed == [1] ? "" : "s"), not \(call.arguments.count)"
                )
            case .empty(let slot):
                error(
                    .argumentCount, call.arguments[slot].span,
                    "argument \(slot + 1) of \(function.name) cannot be left out")
            }
        }
    }

    // MARK: Arguments

    private mutating func argument(
        _ argument: Argument, _ parameter: Parameter, _ call: Call, _ function: Function, into register: Int32
    ) -> ArgumentSite {
        switch (argument, parameter.kind) {
        case (.empty, _): return .absent
        case (.null, _):
            emit(.move, register, nullConstant)
            return .value
        case (.number(let number), .string) where parameter.marks.contains(.orNumber):
            emit(.move, register, constant(number.value))
            return .value
        case (.number(let number), .string) where parameter.isFlag:
            warning(
                .legacyFlag, number.span, "a flag by number is the 2.4 form",
                notes: [Diagnostic.Note("give it a name, such as \"\(number.value)\"")],
                fix: .init(number.span, "\"\(number.value)\""))
            emit(.move, register, constant(Array(String(number.value).utf8)))
            return .value
        case (.number(let number), .int):
            emit(.move, register, constant(number.value))
            return .value
        case (.variable(let variable), .int), (.variable(let variable), .string):
            emit(.hold, register, operand(of: variable))
            return .value
        case (.variable(let variable), .variable):
            return output(variable, parameter)
        case (.variable(let variable), .regex):
            emit(.hold, register, operand(of: variable))
            return .value
        case (.text(let literal), .string):
            let isPlain = parameter.marks.contains(.raw) || parameter.marks.contains(.literal)
            emit(.move, register, isPlain ? constant(literal.bytes) : format(literal, at: call.span))
            if case .route(let types) = parameter.reference { checkRoute(literal, types) }
            return .value
        case (.text(let literal), .regex):
            guard let pattern = pattern(literal, function.patternOptions) else { return .absent }
            return .pattern(program.patterns[Int(pattern)])
        case (.text(let literal), .int): return quotedNumber(literal, into: register)
        case (.text(let literal), .variable):
            guard let variable = quotedVariable(literal) else { return .absent }
            warning(
                .legacyArgument, literal.span, "a quoted variable is the 2.4 form",
                notes: [Diagnostic.Note("write it without quotes")], fix: .init(literal.span, literal.text))
            return output(variable, parameter)
        case (.word(let name), _):
            emit(.move, register, constant(Array(name.text.utf8)))
            return .value
        case (.number(let number), .string), (.number(let number), .regex):
            error(
                .argumentKind, number.span, "this argument of \(call.name.text) is a text",
                notes: [Diagnostic.Note("write \"\(number.value)\"")])
            return .absent
        case (.number(let number), .variable):
            error(.argumentKind, number.span, "this argument of \(call.name.text) is a variable")
            return .absent
        }
    }

    private mutating func output(_ variable: Variable, _ parameter: Parameter) -> ArgumentSite {
        if parameter.marks.contains(.avp) && variable.name != "avp" {
            error(.argumentKind, variable.span, "this argument must be an $avp")
            return .absent
        }
        let isWritten = parameter.marks.contains(.writable)
        return (isWritten ? target(of: variable) : reference(to: variable)).map { .variable($0) } ?? .absent
    }

    /// `"5"` or `"$var(n)"` where a number is due: the 2.4 form.
    private mutating func quotedNumber(_ literal: Literal, into register: Int32) -> ArgumentSite {
        if literal.bytes.first == UInt8(ascii: "$"), let variable = quotedVariable(literal) {
            emit(.hold, register, operand(of: variable))
        } else if let number = literal.bytes.withUnsafeBufferPointer({ Int32(decimal: $0) }) {
            emit(.move, register, constant(number))
        } else {
            error(.argumentKind, literal.span, "this argument is a number, not a text")
            return .absent
        }
        warning(
            .legacyArgument, literal.span, "a quoted number is the 2.4 form",
            notes: [Diagnostic.Note("write it without quotes")], fix: .init(literal.span, literal.text))
        return .value
    }

    private mutating func checkRoute(_ literal: Literal, _ types: RouteTypes) {
        guard !literal.bytes.contains(UInt8(ascii: "$")) else { return }
        for kind in RouteKind.allCases where RouteTypes(keyword: kind.rawValue) == types {
            _ = findRoute(Name(literal.text, span: literal.span, form: .quoted), kind: kind)
        }
    }
}

extension Parameter {
    fileprivate var isFlag: Bool { reference == .messageFlag || reference == .branchFlag }
}

extension Call {
    /// `setbflag(branch, flag)`, which is how 2.4 ordered the two numbers, as it is written today.
    fileprivate func branchFlagSecond(_ function: Function) -> Call? {
        guard function.signature.parameters.first?.reference == .branchFlag, arguments.count == 2,
            case .number = arguments[0], case .number = arguments[1]
        else { return nil }
        return Call(name: name, arguments: arguments.reversed(), span: span)
    }
}
