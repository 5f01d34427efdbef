import Syntax

// Which statements leave texts in the scratch arena, so that it has to be reset behind them. Comparisons and the
// sums that go straight into a variable clean up after themselves, and numbers leave nothing.

extension Statement.Kind {
    var usesScratch: Bool {
        switch self {
        case .empty, .breakLoop, .exit, .drop, .returnCode, .log, .error: false
        case .call, .async, .launch, .forEach: true
        case .xdbg(let texts): texts.contains { $0.bytes.contains(UInt8(ascii: "$")) }
        case .xlog(let level, let texts):
            (texts + [level].compactMap(\.self)).contains { $0.bytes.contains(UInt8(ascii: "$")) }
        case .assign(let assignment): assignment.usesScratch
        case .ifElse(let condition, _, _), .whileLoop(let condition, _), .assert(let condition, _):
            condition.usesScratch
        case .switchCase(let variable, _, _): !variable.isPlain || variable.name != "var"
        case .route(let call): call.usesScratch
        }
    }
}

extension RouteCall {
    fileprivate var usesScratch: Bool {
        if case .name(let name) = target, !name.text.utf8.contains(UInt8(ascii: "$")) {
            return arguments.contains { if case .variable = $0 { true } else { false } }
        }
        return true
    }
}

extension Assignment {
    fileprivate var usesScratch: Bool {
        guard case .expression(let expression) = value else { return !target.isPlain }
        guard target.isPlain else { return true }
        if case .binary(_, let left, let right) = expression.ungrouped.kind {
            let isDirect = target.name == "var" && (operation == .set || operation == .replace)
            return !isDirect || left.usesScratch || right.usesScratch
        }
        return (operation != .set && operation != .replace) || expression.usesScratch
    }
}

extension Expression {
    fileprivate var usesScratch: Bool {
        switch kind {
        case .number, .text: false
        case .variable(let variable): !variable.isPlain
        case .comparison(let comparison): comparison.usesScratch
        case .group(let inner): inner.usesScratch
        case .binary, .complement, .statement: true
        }
    }
}

extension Comparison {
    fileprivate var usesScratch: Bool {
        if case .variable(let right) = operand, !right.isPlain { return true }
        return !variable.isPlain
    }
}

extension Condition {
    var usesScratch: Bool {
        switch kind {
        case .and(let left, let right), .or(let left, let right): left.usesScratch || right.usesScratch
        case .not(let inner), .group(let inner): inner.usesScratch
        case .arithmetic(let expression): expression.usesScratch
        case .comparison(let comparison): comparison.usesScratch
        case .variable(let variable): !variable.isPlain
        case .number: false
        case .statement, .block: true
        }
    }
}

extension Variable {
    /// Reading it makes no text.
    var isPlain: Bool {
        guard transformations.isEmpty, sub?.variable == nil else { return false }
        if case .all = index { return false }
        switch name {
        case "var", "avp", "param", "rc", "retcode", "return": return true
        default: return false
        }
    }
}
