import Node
import Script
import Syntax

/// What a command of the management interface answered.
struct CommandAnswer {
    private let content: JSON
    let isError: Bool

    /// - Parameter arguments: by place, or all of them as `name=value`; a list or an object as JSON.
    init(_ command: String, _ arguments: [String], on node: Node) {
        let pairs = arguments.map { argument in
            let name = argument.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let isNamed = !name.isEmpty && argument[name.endIndex...].first == "="
            return isNamed ? (String(name), String(argument[name.endIndex...].dropFirst())) : nil
        }
        let named = pairs.compactMap(\.self)
        let parameters: CommandParameters
        if arguments.isEmpty {
            parameters = .none
        } else if named.count == arguments.count {
            let object = JSONObject()
            for (name, value) in named { object[Array(name.utf8)] = CommandAnswer.argument(value) }
            parameters = .named(object)
        } else {
            parameters = .positional(arguments.map(CommandAnswer.argument))
        }
        do throws(CommandError) {
            content = try node.management.run(command, parameters)
            isError = false
        } catch {
            let object = JSONObject(["code": .integer(Int64(error.code)), "message": .text(error.message)])
            if let detail = error.detail { object[Array("data".utf8)] = .text(detail) }
            content = .object(object)
            isError = true
        }
    }

    private static func argument(_ text: String) -> JSON {
        guard text.hasPrefix("[") || text.hasPrefix("{") else { return .text(text) }
        return JSON(text: Array(text.utf8)) ?? .text(text)
    }

    /// A part by its path, `rules.0.name`; the whole for an empty one. Texts and numbers as they are, all else as JSON.
    func value(at path: String, _ scratch: Arena) -> Value {
        var part: JSON? = content
        for step in path.split(separator: ".") {
            part = part?[String(step)] ?? Int(step).flatMap { part?[$0] }
        }
        switch part {
        case nil, .null?: return .null
        case .string(let text)?: return scratch.copy(text)
        case .integer(let number)?:
            return Int32(exactly: number).map { .number($0) } ?? scratch.copy(Array(String(number).utf8))
        case let value?: return scratch.copy(value.text)
        }
    }
}
