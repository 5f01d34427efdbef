import SIP
import Syntax

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

extension Machine {
    /// A text after a substitution; nil where nothing matches. Variables in the replacement are read now.
    package func substitute(_ substitution: Substitution, in text: UnsafeBufferPointer<UInt8>, _ fiber: Fiber) -> Value?
    {
        guard matcher.longestMatch(substitution.pattern, text) == .matched else { return nil }
        let values = substitution.variables.map { name in
            VariableParser.parse(name).variable.map { evaluate($0, fiber) } ?? .null
        }
        let result = ([.null] + values).withUnsafeBufferPointer {
            let arguments = TransformationArguments(values: $0, scratch: fiber.arena)
            return substitution.apply(to: .text(text), text, arguments, matcher)
        }
        return result.isNull ? nil : result
    }
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
