/// Why a pattern cannot be used, and where.
package struct PatternError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// `*`, `+`, `?` or `{` with nothing in front that could be repeated.
        case nothingToRepeat
        /// `{` that opens no count, or a count out of order or above 32767.
        case badCount
        /// `[` without its `]`, or a class, range or collating element that is none.
        case badBracket
        /// A range from a higher to a lower byte, or one that ends in a class.
        case badRange
        /// `(` without its `)`.
        case unclosedGroup
        /// `\1` to `\9` in front of the end of that group.
        case noSuchGroup
        /// A backslash at the end.
        case trailingBackslash
        /// Longer than `Pattern.maximalCount`.
        case tooLong
        /// More than the engine can hold, with its own error number.
        case refusedByEngine(Int32)
    }

    package var reason: Reason
    /// Bytes from the start of the pattern as it was written.
    package var offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var message: String {
        switch reason {
        case .nothingToRepeat: "nothing to repeat here"
        case .badCount: "a repeat count is {n}, {n,} or {n,m}, up to 32767; write \\{ for a brace"
        case .badBracket: "this bracket expression is not complete"
        case .badRange: "a range runs from a lower to a higher character"
        case .unclosedGroup: "this bracket is never closed; write \\( for a bracket"
        case .noSuchGroup: "there is no group of this number yet"
        case .trailingBackslash: "a backslash needs something behind it"
        case .tooLong: "a pattern has at most \(Pattern.maximalCount) bytes"
        case .refusedByEngine(let code): "the pattern is too complex (PCRE2 error \(code))"
        }
    }
}

/// Something in a pattern that is allowed and does not do what its writer expects.
package struct PatternWarning: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// A backslash before a letter that means nothing in a POSIX pattern, such as `\d` or `\n`. It stands for the
        /// letter; a lower case one matches nothing at all where case is ignored, as in OpenSIPS.
        case meaninglessEscape(UInt8)
    }

    package var reason: Reason
    /// Bytes from the start of the pattern.
    package var offset: Int
}
