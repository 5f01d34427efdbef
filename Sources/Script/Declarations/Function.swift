import Catalog
import Syntax

/// What a call came to.
package enum Completion {
    /// Done: the return code, the script's `$rc`. Zero ends the script.
    case code(Int32)
    /// To be resumed by the node under this ticket.
    case pending(Ticket)
    /// Ends the script, like `exit`.
    case exit
    /// To be answered by a route of the script, by index, whose code is that of the call; nil stands for null.
    case route(Int, arguments: [EventAttribute.Content?])
}

/// Names one wait of a node, for good: tickets are never used twice.
package struct Ticket: Hashable, Sendable {
    package var number: UInt64
    package init(number: UInt64) { self.number = number }
}

/// A function that scripts can call: what it takes, from the catalogue, and what it does.
package final class Function {
    package typealias Body = (inout CallContext) -> Completion

    package let name: String
    /// The module, `core` for the functions of the server itself.
    package let module: String
    package let signature: Signature
    let releases: Releases
    /// False where it can only be checked and mocked.
    package let isImplemented: Bool
    /// How its patterns are compiled.
    package let patternOptions: Pattern.Options
    package let body: Body

    package init(
        name: String, module: String, signature: Signature, releases: Releases = .all, isImplemented: Bool = true,
        patternOptions: Pattern.Options = Pattern.operatorOptions, body: @escaping Body
    ) {
        self.name = name
        self.module = module
        self.signature = signature
        self.releases = releases
        self.isImplemented = isImplemented
        self.patternOptions = patternOptions
        self.body = body
    }
}

/// A call as it stands in the script.
package struct CallSite {
    package var function: Function
    package var arguments: [ArgumentSite]
    package var span: Span
}

package enum ArgumentSite {
    case absent
    /// Evaluated into the call's register for it.
    case value
    /// A variable that the function reads or writes.
    case variable(VariableTarget)
    /// A pattern that was compiled with the script.
    case pattern(Pattern)
}

/// A variable to read or to assign, without its transformations.
package enum VariableTarget {
    /// A `$var`, by its static operand.
    case slot(Int32)
    /// Anything else: index into the program's variables.
    case site(Int32)
}

/// What a function sees of its call. Texts are valid until it returns.
package struct CallContext {
    package enum Mode { case plain, async, launch }

    package let machine: Machine
    package let fiber: Fiber
    package let site: CallSite
    package let mode: Mode
    let values: UnsafeMutablePointer<Value>

    package var count: Int { site.arguments.count }

    /// Whether the argument was given, even as a null.
    package func has(_ index: Int) -> Bool {
        guard index < count, case .absent = site.arguments[index] else { return index < count }
        return false
    }

    /// The value of an argument; null where it is absent.
    package func value(_ index: Int) -> Value {
        guard index < count else { return .null }
        switch site.arguments[index] {
        case .absent, .pattern: return .null
        case .value: return values[index]
        case .variable(let target): return machine.read(target, fiber)
        }
    }

    /// The text of an argument; nil where it is absent or null.
    package func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
        let value = value(index)
        return value.isText ? value.text(in: fiber.arena) : nil
    }

    package func bytes(_ index: Int) -> [UInt8]? { text(index).map { Array($0) } }

    package func string(_ index: Int) -> String? { text(index).map { String(decoding: $0, as: UTF8.self) } }

    /// The number of an argument; nil where it is absent or no number.
    package func number(_ index: Int) -> Int32? {
        let value = value(index)
        return value.isNumber ? value.number : nil
    }

    /// The pattern of an argument; nil where there is none or it does not compile.
    package func pattern(_ index: Int) -> Pattern? {
        guard index < count else { return nil }
        if case .pattern(let pattern) = site.arguments[index] { return pattern }
        return text(index).flatMap { try? machine.matcher.patterns.pattern($0, site.function.patternOptions) }
    }

    /// Assigns to a variable that was given as an argument; false where it cannot be.
    @discardableResult
    package func set(_ index: Int, _ value: Value) -> Bool {
        guard index < count, case .variable(let target) = site.arguments[index] else { return false }
        return machine.write(target, value, .set, fiber)
    }

    /// The variable behind an argument.
    package func target(_ index: Int) -> VariableTarget? {
        guard index < count, case .variable(let target) = site.arguments[index] else { return nil }
        return target
    }

    /// Where texts that are returned or assigned can be made.
    package var scratch: Arena { fiber.arena }

    /// Logs a warning with the position of the call.
    package func warn(_ message: String) {
        machine.report(.warning, "\(site.function.name): \(message)", at: site.span)
    }
}
