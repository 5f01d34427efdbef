import CPCRE2

/// The memory that matching needs: where groups matched, the engine's stack, the patterns made at run time. Each
/// machine has one and uses it again for every match.
package final class Matcher {
    package enum Outcome: Equatable, Sendable {
        case matched
        case unmatched
        /// The search was given up after `Matcher.stepLimit` steps or for want of memory; with the engine's number.
        case gaveUp(Int32)
    }

    /// Steps of backtracking before a search is given up, so that no pattern can stop a node (some ten milliseconds).
    package static let stepLimit: UInt32 = 1_000_000
    /// Groups that can be read: the whole match and nine more.
    package static let groupCount = 10

    /// Patterns that were made at run time.
    package let patterns = PatternCache()

    private let data: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?
    /// Groups of the last match; 0 if nothing matched, the memory holds an older match then.
    private var validGroups = 0
    /// Where the whole match ends, if not where the engine says.
    private var wholeEnd: Int?
    /// For the search of the longest match, made when it is first needed.
    private lazy var lengths = Lengths()

    package init() {
        guard let data = pcre2_match_data_create_8(UInt32(Matcher.groupCount), nil),
            let context = pcre2_match_context_create_8(nil)
        else { fatalError("out of memory") }
        self.data = data
        self.context = context
        stack = pcre2_jit_stack_create_8(32 * 1024, 512 * 1024, nil)
        pcre2_set_match_limit_8(context, Matcher.stepLimit)
        pcre2_set_heap_limit_8(context, 16 * 1024)
        if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    }

    deinit {
        pcre2_match_data_free_8(data)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
    }

    /// Looks for the first match that begins at `start` or behind.
    package func match(_ pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Outcome {
        guard start >= 0, start <= text.count else {
            validGroups = 0
            return .unmatched
        }
        return outcome(run(pattern, text, from: start, 0))
    }

    /// Like `match`, and of all matches that begin at the same place it finds the longest, as POSIX wants it. Which
    /// parts of it the groups take is the engine's choice.
    package func longestMatch(_ pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Outcome {
        let first = match(pattern, text, from: start)
        guard first == .matched, pattern.isAmbiguous, let found = group(0), found.upperBound < text.count else {
            return first
        }
        guard let end = lengths.longestEnd(pattern, text, from: found.lowerBound, context), end > found.upperBound
        else { return first }
        let exact = UnsafeBufferPointer(rebasing: text[..<end])
        if run(pattern, exact, from: found.lowerBound, PCRE2_ANCHORED | PCRE2_ENDANCHORED) >= 0 { return .matched }
        // `\B`, say, sees a difference in the shorter text. The groups are then those of the first match.
        let again = match(pattern, text, from: start)
        wholeEnd = again == .matched ? end : nil
        return again
    }

    /// What group `index` matched last time, as offsets into the text; nil if it took no part, or if
    /// nothing matched. 0 is the whole match.
    package func group(_ index: Int) -> Range<Int>? {
        guard index >= 0, index < validGroups, let offsets = pcre2_get_ovector_pointer_8(data) else {
            return nil
        }
        let lower = offsets[index * 2]
        let upper = offsets[index * 2 + 1]
        // Unset is ~0; `\K` in a Perl pattern can put the start behind the end.
        guard lower != .max, lower <= upper else { return nil }
        if index == 0, let wholeEnd { return Int(lower)..<wholeEnd }
        return Int(lower)..<Int(upper)
    }

    private func run(
        _ pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ options: UInt32
    ) -> Int32 {
        let code = pcre2_match_8(
            pattern.compiled, text.baseAddress ?? StaticString("").utf8Start, text.count, start, options, data, context)
        wholeEnd = nil
        validGroups = code >= 0 ? min(pattern.groupCount + 1, Matcher.groupCount) : 0
        return code
    }

    private func outcome(_ code: Int32) -> Outcome {
        if code >= 0 { return .matched }
        return code == PCRE2_ERROR_NOMATCH ? .unmatched : .gaveUp(code)
    }
}

/// The other algorithm of the engine: it follows all ways at once and so knows the longest, but no groups.
private final class Lengths {
    private let data: OpaquePointer?
    private let workspace = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 4096)

    init() { data = pcre2_match_data_create_8(1, nil) }

    deinit {
        pcre2_match_data_free_8(data)
        workspace.deallocate()
    }

    /// Where the longest match that begins at `start` ends.
    func longestEnd(
        _ pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ context: OpaquePointer
    ) -> Int? {
        guard let data else { return nil }
        let code = pcre2_dfa_match_8(
            pattern.compiled, text.baseAddress, text.count, start, PCRE2_ANCHORED, data, context,
            workspace.baseAddress, workspace.count)
        // 0 says that there are more lengths than places; the longest comes first.
        guard code >= 0, let offsets = pcre2_get_ovector_pointer_8(data) else { return nil }
        return Int(offsets[1])
    }
}
