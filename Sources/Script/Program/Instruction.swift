/// One instruction of a program: an operation and up to three operands, sixteen trivial bytes.
///
/// `a` is mostly the target, `b` and `c` the sources. A *value operand* names a register of the current frame
/// (0...) or, when negative, a static slot (`~operand`): a constant or a `$var`. So one instruction can add a
/// variable and a constant into another variable. What a jump goes to is an index into the code.
package struct Instruction {
    package var operation: Operation
    package var a: Int32
    package var b: Int32
    package var c: Int32

    package init(_ operation: Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0) {
        self.operation = operation
        self.a = a
        self.b = b
        self.c = c
    }
}

/// R: value operand, S: static slot of a `$var`, J: jump target, T: index into a table of the program, #: number.
/// `rc` is the return code of the last statement, the script's `$rc`.
package enum Operation: UInt8, CaseIterable, Sendable {
    // Values
    /// R[a] = b; the text is not copied. `a` is a register.
    case move
    /// R[a] = b, its text copied to the scratch arena: for a value that must outlive a change of its variable.
    case hold
    /// S[a] = b; rc = 1
    case assign
    /// S[a] = #b; rc = 1
    case assignNumber
    /// R[a] = b op c. Into a `$var` the text is copied and rc = 1.
    case add, subtract, multiply, divide, modulo, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    /// R[a] = b + #c
    case addNumber
    /// R[a] = ~b
    case complement
    /// Like add ... bitXor by the stricter rules of `+=` and its kin, which refuse null and mixed types.
    case compoundAdd, compoundSubtract, compoundMultiply, compoundDivide, compoundModulo
    case compoundAnd, compoundOr, compoundXor
    /// R[a] = text of the #c operands from T[lists][b] on, joined; null prints as `<null>`
    case format
    /// R[a] = the #c operands from T[lists][b] on, joined by the rules of `+`. Into a `$var` the text is copied and rc = 1.
    case concatenate
    /// R[a] = T[transformations][c] of b
    case transform
    /// R[a] = rc, as `$rc` reads it
    case readCode
    /// R[a] = rc as a number without text form: the worth of a call in a sum
    case takeCode
    /// rc = #a
    case setCode
    /// Gives the statement's scratch memory back.
    case reset

    // Variables that are no slots
    /// R[a] = newest value of AVP T[names][b]
    case readAVP
    /// A value in front of AVP T[names][a]; rc = 1
    case pushAVP
    /// Removes all values of AVP T[names][a]; rc = 1
    case clearAVP
    /// R[a] = T[variables][b]; c is the register of a running index in `for`, or -1
    case read
    /// T[variables][a] = b; c is the `WriteMode`; rc = 1 or -1
    case write
    /// R[a] = $return(b), b a value operand
    case readReturn

    // Jumps
    case jump
    /// To c when a compares to b so (or does not). Comparisons that fail leave the condition by its fault target.
    case jumpIfEqual, jumpIfNotEqual, jumpIfLess, jumpIfNotLess, jumpIfGreater, jumpIfNotGreater
    case jumpIfLessOrEqual, jumpIfNotLessOrEqual, jumpIfGreaterOrEqual, jumpIfNotGreaterOrEqual
    /// To c when a matches T[patterns][b] (or does not).
    case jumpIfMatch, jumpIfNoMatch
    /// To c when a matches the pattern in b (or does not), made at run time; a broken pattern is a fault.
    case jumpIfDynamicMatch, jumpIfNoDynamicMatch
    /// To c when a is an address in T[networks][b]; a value that is no address is a fault.
    case jumpIfInNetwork, jumpIfNotInNetwork
    /// To c by the truth of a: numbers but 0 and texts but "".
    case jumpIfTrue, jumpIfFalse
    /// To c when a is null (or is not).
    case jumpIfNull, jumpIfNotNull
    /// To c by rc: above zero is true; zero ends the script.
    case jumpIfCodeTrue, jumpIfCodeFalse
    /// To c when the label b fits a.
    case jumpIfCase
    /// To the target of a in T[switches][b]
    case switchCase
    /// Counts register a; past `max_while_loops` to c with a warning
    case countLoop

    // Calls
    /// R[a] = b, its text copied; a is a register of the frame that the next call makes.
    case argument
    /// Calls T[routes][a] with #b arguments.
    case callRoute
    /// Calls the route whose name is in a, with #b arguments.
    case callNamedRoute
    /// Leaves the route with rc = code of a and the #c values from T[lists][b] on; a code of 0 ends the script.
    case returnCode
    /// Leaves the route with the code of its last statement.
    case returnLast
    case exit, drop
    /// Calls T[calls][a], whose arguments start at register b; rc = its code; 0 ends the script.
    case callFunction
    /// `async`: the fiber ends here and goes on in the resume route of T[suspensions][a]; the call's arguments start at b.
    case async
    /// `launch`: T[suspensions][a] runs beside the fiber; the call's arguments start at b, its text is in c (or the smallest number).
    case launch
    /// Logs a at the level in b (or, where b is the smallest number, at the default level); rc = 1
    case xlog
    /// `log(level, text)`: a at level #b; rc = 1
    case log
    /// A failed assertion with the text a: error route, then the end.
    case failAssertion
    /// Tells the observer of T[marks][a], who may stop the fiber.
    case observe

    /// May leave texts in the scratch memory, which the statement has to give back, where `a` is not a `$var`.
    /// Comparisons give back what they take.
    var leavesTexts: Bool {
        switch self {
        case .hold, .add, .addNumber, .bitAnd, .bitOr, .bitXor, .compoundAdd, .format, .concatenate, .transform, .read,
            .write, .argument, .callNamedRoute, .callFunction, .async, .launch:
            true
        default: false
        }
    }
}
