import CPCRE2

/// A regular expression, compiled once. It does not change afterwards and can be used by any number of `Matcher`s,
/// on any thread.
package final class Pattern: Sendable {
    package struct Options: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let ignoreCase = Options(rawValue: 1)
        /// Line ends matter: `^` and `$` hold at each line, `.` and `[^...]` do not match a line end (POSIX:
        /// `REG_NEWLINE`). Without it a text is one line.
        package static let linewise = Options(rawValue: 2)
        /// What groups matched is wanted.
        package static let captures = Options(rawValue: 4)
    }

    package enum Dialect: Sendable {
        /// POSIX extended expressions with GNU's operators, as `=~` and `{re.subst}` have them.
        case posix
        /// Perl's, as the functions of the module `regex` have them.
        case perl
    }

    /// Bytes of the longest pattern.
    package static let maximalCount = 16_384

    /// What `=~` and `!~` use: letters of either case are the same, a text is one line.
    package static let operatorOptions: Options = [.ignoreCase]

    /// As it was written.
    package let text: [UInt8]
    package let warnings: [PatternWarning]
    /// Whether the first match found can be shorter than the longest one.
    let isAmbiguous: Bool
    /// Groups in the pattern, the whole not counted.
    package let groupCount: Int
    private let code: Code

    /// Owns the engine's compiled form, which is constant.
    private struct Code: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    package init(_ source: [UInt8], _ options: Options, dialect: Dialect = .posix) throws(PatternError) {
        guard source.count <= Pattern.maximalCount else { throw PatternError(.tooLong, at: Pattern.maximalCount) }
        text = source
        // Together with lines, the other `$` would mislead the search of the longest match.
        var flags =
            options.contains(.linewise)
            ? PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX : PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY
        if options.contains(.ignoreCase) { flags |= PCRE2_CASELESS }
        switch dialect {
        case .posix:
            let expression = try ExtendedExpression(source, options)
            warnings = expression.warnings
            isAmbiguous = expression.isAmbiguous && !expression.hasBackReference
            if !options.contains(.captures), !expression.hasBackReference { flags |= PCRE2_NO_AUTO_CAPTURE }
            code = Code(pointer: try Pattern.compile(expression.translation, flags | PCRE2_NEVER_UTF))
        case .perl:
            warnings = []
            isAmbiguous = false
            if !options.contains(.linewise) { flags &= ~(PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY) }
            code = Code(pointer: try Pattern.compile(source, flags))
        }
        var groups: UInt32 = 0
        _ = pcre2_pattern_info_8(code.pointer, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
        groupCount = Int(groups)
        // Not every processor has a compiler in PCRE2; patterns are interpreted then.
        _ = pcre2_jit_compile_8(code.pointer, PCRE2_JIT_COMPLETE)
    }

    package convenience init(
        _ source: UnsafeBufferPointer<UInt8>, _ options: Options, dialect: Dialect = .posix
    ) throws(PatternError) {
        guard source.count <= Pattern.maximalCount else { throw PatternError(.tooLong, at: Pattern.maximalCount) }
        try self.init([UInt8](source), options, dialect: dialect)
    }

    deinit { pcre2_code_free_8(code.pointer) }

    /// The engine's compiled form, valid as long as the pattern.
    var compiled: OpaquePointer { code.pointer }

    private static func compile(_ source: [UInt8], _ flags: UInt32) throws(PatternError) -> OpaquePointer {
        var number: Int32 = 0
        var offset = 0
        let context = pcre2_compile_context_create_8(nil)
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        let code = source.withUnsafeBufferPointer {
            // An empty array may have no address, which the engine reads as an error.
            pcre2_compile_8($0.baseAddress ?? StaticString("").utf8Start, $0.count, flags, &number, &offset, context)
        }
        guard let code else { throw PatternError(.refusedByEngine(number), at: offset) }
        return code
    }
}
