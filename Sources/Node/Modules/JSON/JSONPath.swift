import Script

/// What stands in `$json(...)`: `document/key[index]/$var(key)[$var(index)][]`, and `.keys` or `.values` at the end.
final class JSONPath {
    enum Step: Hashable {
        case key([UInt8])
        case index(Int)
        /// The place behind the last element.
        case append
        /// A key or an index that a variable holds, counted among those of the path.
        case variableKey(Int), variableIndex(Int)
    }

    /// What a loop walks over.
    enum Iteration { case elements, keys, values }

    let document: [UInt8]
    private(set) var steps: [Step] = []
    private(set) var iteration = Iteration.elements
    /// The variables as they are written.
    private(set) var variables: [[UInt8]] = []

    init(_ text: [UInt8]) throws(SubnameError) {
        var position = 0
        document = JSONPath.name(text, &position)
        while position < text.count {
            let separator = text[position]
            position += 1
            switch separator {
            case UInt8(ascii: "/"): key(text, &position)
            case UInt8(ascii: "["): try index(text, &position)
            case UInt8(ascii: "."):
                let word = String(decoding: text[position...], as: UTF8.self)
                guard word == "keys" || word == "values" else {
                    throw SubnameError("behind a dot only 'keys' or 'values' can stand, not '\(word)'")
                }
                iteration = word == "keys" ? .keys : .values
                position = text.count
            default: throw SubnameError("'/', '[' or '.' is due behind ']'")
            }
        }
    }

    private static func name(_ text: [UInt8], _ position: inout Int) -> [UInt8] {
        let start = position
        while position < text.count, !separators.contains(text[position]) { position += 1 }
        return Array(text[start..<position])
    }

    private static let separators: Set<UInt8> = [UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: ".")]

    private func key(_ text: [UInt8], _ position: inout Int) {
        guard position < text.count, text[position] == UInt8(ascii: "$") else {
            steps.append(.key(JSONPath.name(text, &position)))
            return
        }
        let start = position
        var depth = 0
        while position < text.count {
            let byte = text[position]
            // Names of variables hold dots, so a dot ends one only in front of the last word.
            let isEnd =
                byte == UInt8(ascii: ".") ? JSONPath.isIteration(text[position...]) : JSONPath.separators.contains(byte)
            if depth == 0 && isEnd { break }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            position += 1
        }
        steps.append(.variableKey(variables.count))
        variables.append(Array(text[start..<position]))
    }

    private static func isIteration(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.elementsEqual(".keys".utf8) || rest.elementsEqual(".values".utf8)
    }

    private func index(_ text: [UInt8], _ position: inout Int) throws(SubnameError) {
        let start = position
        var depth = 1
        while position < text.count {
            if text[position] == UInt8(ascii: "[") { depth += 1 }
            if text[position] == UInt8(ascii: "]") { depth -= 1 }
            if depth == 0 { break }
            position += 1
        }
        guard position < text.count else { throw SubnameError("a bracket is not closed") }
        let content = text[start..<position].drop { $0 == 0x20 }
        position += 1
        if content.isEmpty {
            steps.append(.append)
        } else if content.first == UInt8(ascii: "$") {
            steps.append(.variableIndex(variables.count))
            variables.append(Array(content))
        } else if let number = Int(String(decoding: content, as: UTF8.self).split(separator: " ").first ?? "") {
            steps.append(.index(number))
        } else {
            throw SubnameError("'\(String(decoding: content, as: UTF8.self))' is no index")
        }
    }
}
