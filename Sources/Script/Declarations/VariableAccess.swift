import Syntax

/// How a kind of variable is read and written.
package struct VariableAccess {
    /// Its text may lie in the scratch arena, in the message, or in memory that stays unchanged during a statement.
    package var get: (inout AccessContext) -> Value
    /// False where the value cannot be taken; nil for read-only variables.
    package var set: ((inout AccessContext, Value, WriteMode) -> Bool)?
    /// Reads the sub-name when the script is compiled, for variables whose sub-name is more than a word.
    package var bind: ((_ name: [UInt8]) throws(SubnameError) -> BoundVariable)?
    /// Words that may stand as its index.
    package var indexWords: [IndexWord] = []
    /// What a bound access is about, for functions of its module that get the variable as an argument.
    package var subject: AnyObject?

    package init(
        get: @escaping (inout AccessContext) -> Value, set: ((inout AccessContext, Value, WriteMode) -> Bool)? = nil
    ) {
        self.get = get
        self.set = set
    }

    package init(bind: @escaping (_ name: [UInt8]) throws(SubnameError) -> BoundVariable) {
        self.bind = bind
        get = { _ in .null }
        // Tells the compiler that the variable can be assigned to.
        set = { _, _, _ in false }
    }
}

/// Where a value goes: `$(avp(x)[append])`, `$(sdp.line(a=rtpmap)[insertAfter])`.
package enum IndexWord: String, Sendable {
    case append, insert, insertAfter
}

/// A variable with the sub-name that stands in the script.
package struct BoundVariable {
    package var access: VariableAccess
    /// Variables inside the sub-name, as written; the access finds their values in `AccessContext.inner`.
    package var inner: [[UInt8]]

    package init(_ access: VariableAccess, inner: [[UInt8]] = []) {
        self.access = access
        self.inner = inner
    }
}

/// Why a sub-name cannot be used.
package struct SubnameError: Error {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}

package enum WriteMode: Int32 {
    /// `=`
    case set
    /// `:=`
    case replace
}

/// What an access sees of the variable: the evaluated name and index.
package struct AccessContext {
    package let machine: Machine
    package let fiber: Fiber
    /// The sub-name as text or number; null where there is none.
    package let name: Value
    package let index: Index
    package let span: Span
    /// The values of the variables that a bound sub-name holds.
    package var inner: [Value] = []

    package enum Index {
        case none
        case number(Int32)
        case all
        case word(IndexWord)
        /// A variable that holds no number.
        case invalid
    }

    package var scratch: Arena { fiber.arena }

    /// The sub-name's bytes; empty where there is none.
    package var nameBytes: UnsafeBufferPointer<UInt8> {
        name.isText || name.isNumber ? name.text(in: fiber.arena) : UnsafeBufferPointer(start: nil, count: 0)
    }

    package func warn(_ message: String) { machine.report(.warning, message, at: span) }
}

/// A variable as it stands in the script, without its transformations.
package struct VariableSite {
    package var kind: Kind
    /// Operand of the sub-name, where it has one.
    package var name: Int32?
    package var index: Index
    package var span: Span
    /// Operands of the variables inside a bound sub-name.
    package var inner: [Int32] = []

    package enum Kind {
        /// By number, or by a name known only when it runs.
        case avp(Int32), namedAVP
        /// `$param` by name, or by a position known only when it runs.
        case parameter
        case access(VariableAccess)
    }

    package enum Index {
        case none
        case number(Int32)
        case all
        case word(IndexWord)
        case operand(Int32)
    }
}
