import SIP
import Script
import Syntax

/// Searching and replacing in messages. Changes show in the message that goes out; later searches see the message as it
/// came.
///
/// Patterns work on lines and ignore letter case, those of `subst` only with the flag `i`.
///
/// Differs from OpenSIPS: a pattern that would take the carriage return at the end of a line leaves it there.
final class TextOps: Module {
    static let name = "textops"

    private unowned let node: Node
    private var substitutions: [[UInt8]: Substitution] = [:]

    init(_ node: Node) { self.node = node }

    private static let patternFunctions = [
        "search", "search_body", "search_append", "search_append_body", "replace", "replace_all", "replace_body",
        "replace_body_all", "replace_body_atonce",
    ]

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "search": { .code(TextOps.firstMatch(&$0, in: ByteRange(0, $0.sip.message.count)) == nil ? -1 : 1) },
                "search_body": { .code(TextOps.firstMatch(&$0, in: $0.sip.message.body) == nil ? -1 : 1) },
                "search_append": { TextOps.append(&$0, in: TextOps.afterFirstLine($0.sip.message)) },
                "search_append_body": { TextOps.append(&$0, in: $0.sip.message.body) },
                "replace": { TextOps.replace(&$0, in: TextOps.afterFirstLine($0.sip.message), .first) },
                "replace_all": { TextOps.replace(&$0, in: TextOps.afterFirstLine($0.sip.message), .all) },
                "replace_body": { TextOps.replace(&$0, in: $0.sip.message.body, .first) },
                "replace_body_all": { TextOps.replace(&$0, in: $0.sip.message.body, .all) },
                "replace_body_atonce": { TextOps.replace(&$0, in: $0.sip.message.body, .all) },
                "subst": { [unowned self] in substitute(&$0, in: TextOps.afterFirstLine($0.sip.message)) },
                "subst_body": { [unowned self] in substitute(&$0, in: $0.sip.message.body) },
                "subst_uri": { [unowned self] in substituteURI(&$0) },
                "subst_user": { [unowned self] in substituteUser(&$0) },
            ],
            patternOptions: Dictionary(
                uniqueKeysWithValues: TextOps.patternFunctions.map { ($0, [.ignoreCase, .linewise]) }))
    }

    private static func afterFirstLine(_ message: Message) -> ByteRange {
        ByteRange(message.firstLine.line.upper, message.body.upper)
    }

    // MARK: Patterns

    /// The first match in a piece of the message.
    private static func firstMatch(
        _ call: inout CallContext, in piece: ByteRange, from start: Int = 0
    ) -> ByteRange? {
        guard let pattern = call.pattern(0) else { return nil }
        let text = call.sip.message[piece]
        guard call.machine.matcher.longestMatch(pattern, text, from: start) == .matched,
            let group = call.machine.matcher.group(0)
        else { return nil }
        var upper = group.upperBound
        if upper > group.lowerBound, upper < text.count, text[upper - 1] == 0x0d, text[upper] == 0x0a { upper -= 1 }
        return ByteRange(piece.lower + group.lowerBound, piece.lower + upper)
    }

    private static func append(_ call: inout CallContext, in piece: ByteRange) -> Completion {
        guard let match = firstMatch(&call, in: piece), let text = call.text(1) else { return .code(-1) }
        call.sip.changes.insert(text, at: match.upper)
        return .code(1)
    }

    private enum Extent { case first, all }

    private static func replace(_ call: inout CallContext, in piece: ByteRange, _ extent: Extent) -> Completion {
        guard let text = call.text(1) else { return .code(-1) }
        var found = false
        var start = 0
        while start <= Int(piece.count), let match = firstMatch(&call, in: piece, from: start) {
            // Nothing can be put in place of nothing.
            if match.count > 0 {
                call.sip.changes.replace(match, with: text)
                found = true
            }
            guard extent == .all else { break }
            start = max(match.upper, match.lower + 1) - piece.lower
        }
        return .code(found ? 1 : -1)
    }

    // MARK: Substitutions

    private func substitution(_ call: inout CallContext) -> Substitution? {
        guard let source = call.bytes(0) else { return nil }
        if let known = substitutions[source] { return known }
        do {
            let substitution = try source.withUnsafeBufferPointer { try Substitution($0) }
            if substitutions.count < 1000 { substitutions[source] = substitution }
            return substitution
        } catch {
            call.warn((error as? SubstitutionError)?.message ?? "no substitution")
            return nil
        }
    }

    /// Calls `replace` with each match in a text and what goes in its place.
    private func walk(
        _ call: inout CallContext, _ substitution: Substitution, _ text: Bytes, _ replace: (ByteRange, [UInt8]) -> Void
    ) -> Bool {
        let matcher = call.machine.matcher
        let variables = substitution.variables.map { name -> [UInt8] in
            let value = name.withUnsafeBufferPointer { call.machine.evaluate(format: $0, call.fiber) }
            return value.isNull ? [] : Array(value.text(in: call.scratch))
        }
        var start = 0
        var found = false
        while start <= text.count, matcher.longestMatch(substitution.pattern, text, from: start) == .matched,
            let range = matcher.group(0)
        {
            var new: [UInt8] = []
            for piece in substitution.replacement {
                switch piece {
                case .text(let bytes): new += bytes
                case .group(let index):
                    if let group = matcher.group(index) {
                        new.append(contentsOf: text[ByteRange(group.lowerBound, group.upperBound)])
                    }
                case .variable(let index): if index < variables.count { new += variables[index] }
                }
            }
            replace(ByteRange(range.lowerBound, range.upperBound), new)
            found = true
            guard substitution.isGlobal else { break }
            start = max(range.upperBound, range.lowerBound + 1)
        }
        return found
    }

    private func substitute(_ call: inout CallContext, in piece: ByteRange) -> Completion {
        guard let substitution = substitution(&call) else { return .code(-1) }
        let context = call.sip
        let found = walk(&call, substitution, context.message[piece]) { match, new in
            let range = ByteRange(piece.lower + match.lower, piece.lower + match.upper)
            new.withUnsafeBufferPointer {
                if range.isEmpty {
                    context.changes.insert($0, at: range.lower)
                } else {
                    context.changes.replace(range, with: $0)
                }
            }
        }
        return .code(found ? 1 : -1)
    }

    /// A text with the substitution done; nil where nothing matches.
    private func result(_ call: inout CallContext, of text: [UInt8]) -> [UInt8]? {
        guard let substitution = substitution(&call) else { return nil }
        var result: [UInt8] = []
        var copied = 0
        let found = text.withUnsafeBufferPointer { text in
            let found = walk(&call, substitution, text) { match, new in
                result.append(contentsOf: text[ByteRange(copied, match.lower)])
                result += new
                copied = match.upper
            }
            result.append(contentsOf: text[ByteRange(copied, text.count)])
            return found
        }
        return found ? result : nil
    }

    private func substituteURI(_ call: inout CallContext) -> Completion {
        guard let uri = result(&call, of: call.sip.withRequestURI { Array($0) }) else { return .code(-1) }
        uri.withUnsafeBufferPointer { call.sip.setRequestURI($0) }
        return .code(1)
    }

    private func substituteUser(_ call: inout CallContext) -> Completion {
        let old: [UInt8]? = call.sip.withRequestURI { bytes in
            guard let uri = try? URI(bytes) else { return nil }
            return Array(bytes[uri.user])
        }
        guard let old, let user = result(&call, of: old) else { return .code(-1) }
        return .code(user.withUnsafeBufferPointer { call.sip.replace(.user, with: $0) } ? 1 : -1)
    }
}
