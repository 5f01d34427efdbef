import SIP

/// `{re.subst}`. Without a match the value comes through as it is. NULL for empty text, for a substitution that is
/// none, for a match of no bytes (as in OpenSIPS) and if the search was given up.
@inline(never)
func substitute(
    _ value: Value, _ text: Bytes, _ arguments: TransformationArguments, _ substitution: Substitution?,
    _ matcher: Matcher
) -> Value {
    guard text.count > 0 else { return .null }
    if let substitution { return substitution.apply(to: value, text, arguments, matcher) }
    guard let source = arguments.text(0), let made = try? matcher.patterns.substitution(source) else { return .null }
    return made.apply(to: value, text, arguments, matcher)
}

extension Substitution {
    /// The values of `variables` follow the first argument; where they are missing, nothing is put in.
    fileprivate func apply(
        to value: Value, _ text: Bytes, _ arguments: TransformationArguments, _ matcher: Matcher
    ) -> Value {
        var outcome = matcher.longestMatch(pattern, text)
        guard outcome == .matched else { return outcome == .unmatched ? value : .null }
        var output = ArenaText(arguments.scratch, capacity: text.count &+ 64)
        var copied = 0
        repeat {
            guard let range = matcher.group(0), !range.isEmpty, range.lowerBound >= copied else {
                outcome = .gaveUp(0)
                break
            }
            output.append(text[ByteRange(copied, range.lowerBound)])
            for piece in replacement {
                switch piece {
                case .text(let bytes): output.append(bytes)
                case .group(let index):
                    if let group = matcher.group(index) {
                        output.append(text[ByteRange(group.lowerBound, group.upperBound)])
                    }
                case .variable(let index):
                    if index &+ 1 < arguments.count { output.append(arguments.values[index &+ 1]) }
                }
            }
            copied = range.upperBound
            outcome = isGlobal && copied < text.count ? matcher.longestMatch(pattern, text, from: copied) : .unmatched
        } while outcome == .matched && !output.isBroken
        output.append(text[ByteRange(copied, text.count)])
        let result = output.finish()
        return outcome == .unmatched ? result : .null
    }
}
