/// A command of the management interface: the sets of arguments that it accepts, and what it does.
package struct Command {
    package var argumentSets: [[String]]
    package var body: (CommandArguments) throws(CommandError) -> JSON

    package init(
        _ argumentSets: [[String]] = [[]], _ body: @escaping (CommandArguments) throws(CommandError) -> JSON
    ) {
        self.argumentSets = argumentSets
        self.body = body
    }
}

/// What a command is called with, before it is known which argument is which.
package enum CommandParameters {
    case none
    case positional([JSON])
    case named(JSONObject)
}

/// The arguments of a call, by name.
package struct CommandArguments {
    private var values: [String: JSON] = [:]

    /// Picks the set that the parameters fit.
    init(_ parameters: CommandParameters, _ sets: [[String]]) throws(CommandError) {
        switch parameters {
        case .none:
            guard sets.contains([]) else { throw .parameterCount }
        case .positional(let given):
            guard let names = sets.first(where: { $0.count == given.count }) else { throw .parameterCount }
            for (name, value) in zip(names, given) { values[name] = value }
        case .named(let object):
            for member in object.members { values[String(decoding: member.name, as: UTF8.self)] = member.value }
            let given = Set(values.keys)
            guard sets.contains(where: { Set($0) == given }) else {
                throw sets.contains { $0.count == given.count } ? .parameterNames : .parameterCount
            }
        }
    }

    package func has(_ name: String) -> Bool { values[name] != nil }

    /// Text; a number is taken as it reads.
    package func bytes(_ name: String) throws(CommandError) -> [UInt8] {
        guard let text = values[name]?.argumentText else { throw .badType(name) }
        return text
    }

    package func text(_ name: String) throws(CommandError) -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    /// A number, also one that is written as text.
    package func number(_ name: String) throws(CommandError) -> Int32 {
        switch values[name] {
        case .integer(let number)?:
            guard let number = Int32(exactly: number) else { throw .badType(name) }
            return number
        case .string(let text)?:
            guard let number = Int32(String(decoding: text, as: UTF8.self)) else { throw .badType(name) }
            return number
        default: throw .badType(name)
        }
    }

    package func list(_ name: String) throws(CommandError) -> [JSON] {
        guard case .array(let array)? = values[name] else { throw .badType(name) }
        return array.elements
    }

    package subscript(_ name: String) -> JSON? { values[name] }
}

extension JSON {
    /// As an argument that is to be text.
    var argumentText: [UInt8]? {
        switch self {
        case .string(let text): text
        case .integer(let number): Array(String(number).utf8)
        default: nil
        }
    }

    static func list(_ elements: [JSON]) -> JSON { .array(JSONArray(elements)) }
    static func members(_ members: KeyValuePairs<String, JSON>) -> JSON { .object(JSONObject(members)) }
    static func number(_ number: some BinaryInteger) -> JSON { .integer(Int64(clamping: number)) }
    static var done: JSON { .text("OK") }
}

/// Why a command is not done, as JSON-RPC tells it.
package struct CommandError: Error, Hashable {
    package var code: Int
    package var message: String
    package var detail: String?

    package init(_ code: Int, _ message: String, detail: String? = nil) {
        self.code = code
        self.message = message
        self.detail = detail
    }

    static let parse = CommandError(-32700, "Parse error")
    static let invalidRequest = CommandError(-32600, "Invalid Request")
    static let unknownCommand = CommandError(-32601, "Method not found")
    static let parameterCount = invalidParameters("Too few or too many parameters")
    static let parameterNames = invalidParameters("Named parameters do not match")
    static func badType(_ name: String) -> CommandError { invalidParameters("Bad type for parameter '\(name)'") }
    static func badValue(_ name: String) -> CommandError { CommandError(400, "Bad value for '\(name)'") }
    static func invalidParameters(_ detail: String) -> CommandError {
        CommandError(-32602, "Invalid params", detail: detail)
    }
}
