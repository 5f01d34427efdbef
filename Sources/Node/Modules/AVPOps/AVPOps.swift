import Events
import Script
import Syntax

/// `avpops` of the 2.4 and 3.4 era, which names AVPs inside of texts; 3.6 has operators of the language instead.
///
/// Differs from OpenSIPS: the functions that ask a database are not there; `avp_pushto` assigns to variables
/// and knows neither `$br` nor headers; `avp_print` logs the AVPs by the order of their names' first use.
final class AVPOps: Module {
    static let name = "avpops"

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "avp_check": { [unowned self] in check(&$0) },
            "avp_copy": { [unowned self] in copy(&$0) },
            "avp_delete": { [unowned self] in delete(&$0) },
            "avp_insert": { [unowned self] in insert(&$0) },
            "avp_op": { [unowned self] in operate(&$0) },
            "avp_print": AVPOps.print,
            "avp_pushto": { [unowned self] in push(&$0) },
            "avp_subst": { [unowned self] in substitute(&$0) },
            "is_avp_set": { [unowned self] in isSet(&$0) },
        ])
    }

    // MARK: Arguments

    /// The number of the AVP that a text names.
    private func avp(_ text: [UInt8], _ call: inout CallContext) -> Int? {
        guard let variable = AVPArgument.variable(text), variable.name == "avp", let sub = variable.sub else {
            call.warn("'\(String(decoding: text, as: UTF8.self))' is no $avp")
            return nil
        }
        guard let inner = sub.variable?.value else { return call.machine.avpNumber(of: sub.bytes) }
        let name = call.machine.evaluate(inner, call.fiber)
        return name.isText ? call.machine.avpNumber(of: Array(name.text(in: call.scratch))) : nil
    }

    /// The values of an AVP, the newest first, in memory that stays while the call runs.
    private func values(_ avp: Int, _ call: CallContext) -> [Value] {
        (0..<call.fiber.avps.count(avp)).map { index in
            let value = call.fiber.avps.value(avp, at: index)
            return value.hasOwnText ? call.scratch.copy(value.bytes) : value
        }
    }

    /// A variable's value, or a constant.
    private func operand(_ text: [UInt8], _ call: CallContext) -> Value {
        AVPArgument.variable(text).map { call.machine.evaluate($0, call.fiber) }
            ?? AVPArgument.constant(text, call.scratch)
    }

    // MARK: Stacks

    /// `avp_delete("$avp(a)/g")`
    private func delete(_ call: inout CallContext) -> Completion {
        let parts = AVPArgument.parts(call.bytes(0) ?? [])
        guard let avp = avp(parts[0], &call) else { return .code(-1) }
        if AVPArgument.flags(parts.dropFirst().first).contains(UInt8(ascii: "g")) {
            call.fiber.avps.removeAll(avp)
        } else {
            call.fiber.avps.remove(avp, at: 0)
        }
        return .code(1)
    }

    /// `avp_copy("$avp(a)", "$avp(b)/gd")`: `g` all values, `d` deletes the source, `n` and `s` make numbers and texts.
    private func copy(_ call: inout CallContext) -> Completion {
        let target = AVPArgument.parts(call.bytes(1) ?? [])
        guard let from = avp(call.bytes(0) ?? [], &call), let to = avp(target[0], &call) else { return .code(-1) }
        let flags = AVPArgument.flags(target.dropFirst().first)
        let all = values(from, call)
        let copied = flags.contains(UInt8(ascii: "g")) ? all : Array(all.prefix(1))
        guard !copied.isEmpty else { return .code(-1) }
        if flags.contains(UInt8(ascii: "d")) { remove(copied.count, of: from, call) }
        for value in copied.reversed() { call.fiber.avps.push(to, converted(value, flags, call.scratch)) }
        return .code(1)
    }

    private func converted(_ value: Value, _ flags: Set<UInt8>, _ scratch: Arena) -> Value {
        if flags.contains(UInt8(ascii: "s")) { return .text(value.text(in: scratch)) }
        guard flags.contains(UInt8(ascii: "n")), !value.isNumber else { return value }
        return Int32(decimal: value.bytes).map { .number($0) } ?? value
    }

    private func remove(_ count: Int, of avp: Int, _ call: CallContext) {
        for _ in 0..<count { call.fiber.avps.remove(avp, at: 0) }
    }

    /// `avp_insert("$avp(a)", "value", "1")`
    private func insert(_ call: inout CallContext) -> Completion {
        guard let avp = avp(call.bytes(0) ?? [], &call), let text = call.bytes(1), let position = call.bytes(2) else {
            return .code(-1)
        }
        let value = operand(text, call)
        let index = operand(position, call)
        guard !value.isNull, index.isNumber, index.number >= 0 else { return .code(-1) }
        var all = values(avp, call)
        all.insert(value, at: min(all.count, Int(index.number)))
        call.fiber.avps.removeAll(avp)
        for value in all.reversed() { call.fiber.avps.push(avp, value) }
        return .code(1)
    }

    /// `is_avp_set("$avp(a)/n")`: `e` asks for an empty text, `n` for a number, `s` for a text.
    private func isSet(_ call: inout CallContext) -> Completion {
        let parts = AVPArgument.parts(call.bytes(0) ?? [])
        guard let avp = avp(parts[0], &call) else { return .code(-1) }
        let value = call.fiber.avps.newest(avp)
        let flags = AVPArgument.flags(parts.dropFirst().first)
        let isRight =
            !value.isNull && (!flags.contains(UInt8(ascii: "n")) || value.isNumber)
            && (!flags.contains(UInt8(ascii: "s")) || value.hasOwnText)
            && (!flags.contains(UInt8(ascii: "e")) || value.hasOwnText && value.count == 0)
        return .code(isRight ? 1 : -1)
    }

    static func print(_ call: inout CallContext) -> Completion {
        var lines: [String] = []
        let machine = call.machine
        let scratch = call.scratch
        call.fiber.avps.forEachFromOldest { number, value in
            guard number < machine.program.avpNames.count else { return }
            let name = String(decoding: machine.program.avpNames[number], as: UTF8.self)
            lines.append("$avp(\(name)) = \(String(decoding: value.text(in: scratch), as: UTF8.self))")
        }
        for line in lines {
            var line = line
            if LogLevel.debug.rawValue <= machine.logLevel {
                line.withUTF8 { machine.delegate.log(LogLevel.debug.rawValue, $0) }
            }
        }
        return .code(1)
    }

    /// `avp_pushto("$ru", "$avp(a)/g")`
    private func push(_ call: inout CallContext) -> Completion {
        let source = AVPArgument.parts(call.bytes(1) ?? [])
        guard let target = AVPArgument.variable(AVPArgument.parts(call.bytes(0) ?? [])[0]),
            let avp = avp(source[0], &call)
        else { return .code(-1) }
        let all = values(avp, call)
        let pushed =
            AVPArgument.flags(source.dropFirst().first).contains(UInt8(ascii: "g")) ? all : Array(all.prefix(1))
        guard !pushed.isEmpty else { return .code(-1) }
        for value in pushed where !call.machine.assign(value, to: target, call.fiber) { return .code(-1) }
        return .code(1)
    }

    // MARK: Operators

    /// `avp_op("$avp(a)/$avp(result)", "add/5/gd")`
    private func operate(_ call: inout CallContext) -> Completion {
        let names = AVPArgument.parts(call.bytes(0) ?? [])
        let parts = AVPArgument.parts(call.bytes(1) ?? [])
        guard let from = avp(names[0], &call), let to = names.count > 1 ? avp(names[1], &call) : from,
            let operation = AVPOperation(rawValue: String(decoding: parts[0], as: UTF8.self).lowercased())
        else { return .code(-1) }
        let right = parts.count > 1 ? operand(parts[1], call) : .number(0)
        let flags = AVPArgument.flags(parts.count > 2 ? parts[2] : nil)
        guard right.isNumber else {
            call.warn("the second operand is no number")
            return .code(-1)
        }
        let all = values(from, call)
        let used = flags.contains(UInt8(ascii: "g")) ? all : Array(all.prefix(1))
        let results = used.map { $0.isNumber ? operation.apply($0.number, right.number) : nil }
        guard !used.isEmpty, results.allSatisfy({ $0 != nil }) else { return .code(-1) }
        if flags.contains(UInt8(ascii: "d")) { remove(used.count, of: from, call) }
        for result in results.reversed() { call.fiber.avps.push(to, .number(result ?? 0)) }
        return .code(1)
    }

    /// `avp_check("$avp(a)", "eq/text/gi")`: with `g` one of the values has to fit, otherwise the newest.
    private func check(_ call: inout CallContext) -> Completion {
        guard let name = call.bytes(0), let variable = AVPArgument.variable(name) else { return .code(-1) }
        let parts = AVPArgument.parts(call.bytes(1) ?? [])
        guard parts.count > 1,
            let comparison = AVPComparison(rawValue: String(decoding: parts[0], as: UTF8.self).lowercased())
        else {
            call.warn("the second argument is written as operator/value/flags")
            return .code(-1)
        }
        let flags = AVPArgument.flags(parts.count > 2 ? parts[2] : nil)
        let isAll = flags.contains(UInt8(ascii: "g"))
        let lefts: [Value]
        if variable.name == "avp" {
            guard let avp = avp(name, &call) else { return .code(-1) }
            lefts = isAll ? values(avp, call) : Array(values(avp, call).prefix(1))
        } else {
            lefts = [call.machine.evaluate(variable, call.fiber)]
        }
        let right = operand(parts[1], call)
        let ignoresCase = flags.contains(UInt8(ascii: "i"))
        let fits = lefts.contains { AVPOps.compare($0, comparison, right, ignoresCase, call) }
        return .code(fits ? 1 : -1)
    }

    private static func compare(
        _ left: Value, _ comparison: AVPComparison, _ right: Value, _ ignoresCase: Bool, _ call: CallContext
    ) -> Bool {
        guard !left.isNull, !right.isNull else { return false }
        if left.isNumber && right.isNumber && comparison != .re && comparison != .fm {
            return comparison.holds(left.number, right.number)
        }
        let text = left.text(in: call.scratch)
        let other = right.text(in: call.scratch)
        let lower = { (bytes: UnsafeBufferPointer<UInt8>) in
            bytes.map { ignoresCase && $0 &- UInt8(ascii: "A") < 26 ? $0 | 32 : $0 }
        }
        switch comparison {
        case .re:
            let options: Pattern.Options = ignoresCase ? [.ignoreCase] : []
            guard let pattern = try? call.machine.matcher.patterns.pattern(other, options) else { return false }
            return call.machine.matcher.match(pattern, text) == .matched
        case .fm: return ShellPattern(lower(other)).matches(lower(text))
        default: return comparison.holds(lower(text), lower(other))
        }
    }

    /// `avp_subst("$avp(a)/$avp(b)/gd", "/pattern/replacement/")`
    private func substitute(_ call: inout CallContext) -> Completion {
        let names = AVPArgument.parts(call.bytes(0) ?? [])
        guard let text = call.text(1), let substitution = try? call.machine.matcher.patterns.substitution(text) else {
            call.warn("the second argument is no substitution")
            return .code(-1)
        }
        // The middle part may be left out or empty: the source is replaced then.
        let target = names.count > 1 && !names[1].isEmpty ? names[1] : names[0]
        guard let from = avp(names[0], &call), let to = avp(target, &call) else { return .code(-1) }
        let flags = AVPArgument.flags(names.count > 2 ? names[2] : nil)
        let all = values(from, call)
        var results: [Value] = []
        var removed: [Int] = []
        for (index, value) in all.enumerated() {
            guard let result = call.machine.substitute(substitution, in: value.text(in: call.scratch), call.fiber)
            else {
                continue
            }
            results.append(result)
            removed.append(index)
            if !flags.contains(UInt8(ascii: "g")) { break }
        }
        guard !results.isEmpty else { return .code(-1) }
        if from == to || flags.contains(UInt8(ascii: "d")) {
            for index in removed.reversed() { call.fiber.avps.remove(from, at: Int32(truncatingIfNeeded: index)) }
        }
        for result in results.reversed() { call.fiber.avps.push(to, result) }
        return .code(1)
    }
}
