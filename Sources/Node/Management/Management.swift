/// The management interface of a node: its commands, and JSON-RPC 2.0 to call them.
///
/// Differs from OpenSIPS 3.6: a request without a method, and a list of requests, is answered by an error (OpenSIPS
/// ends with a segmentation fault), as is one that is not JSON (OpenSIPS says nothing); an `id` comes back as it was
/// sent, also 1.5. `version` names Siskin, and `ps` lists one process.
package final class Management {
    private var commands: [String: Command] = [:]
    /// In the order of `which`.
    package private(set) var names: [String] = []

    init(_ node: Node) {
        add(CoreCommands(node).commands)
        add(StatisticsCommands(node).commands)
        add(EventCommands(node).commands)
        add([
            "which": Command([[], ["command"]]) { [unowned self] (arguments) throws(CommandError) in
                guard arguments.has("command") else { return .list(names.map { .text($0) }) }
                guard let command = commands[try arguments.text("command")] else {
                    throw CommandError(404, "unknown MI command")
                }
                return .list(command.argumentSets.map { .list($0.map { .text($0) }) })
            }
        ])
    }

    package func add(_ more: KeyValuePairs<String, Command>) {
        for (name, command) in more {
            if commands.updateValue(command, forKey: name) == nil { names.append(name) }
        }
    }

    package func has(_ name: String) -> Bool { commands[name] != nil }

    /// Runs a command.
    package func run(_ name: String, _ parameters: CommandParameters = .none) throws(CommandError) -> JSON {
        guard let command = commands[name] else { throw .unknownCommand }
        return try command.body(CommandArguments(parameters, command.argumentSets))
    }

    // MARK: JSON-RPC

    /// Answers a request; nil where none is wanted, as to a notification.
    package func answer(_ request: UnsafeBufferPointer<UInt8>, isPretty: Bool = false) -> [UInt8]? {
        let reply: JSON?
        do throws(JSONParser.Failure) {
            reply = answer(try JSONParser.parse(request))
        } catch {
            reply = self.reply(.failure(.parse), id: .null)
        }
        return reply.flatMap {
            JSONPrinter.print($0, isPretty ? .pretty : .compact, escapesSlash: false, limit: Management.maximalReply)
        }
    }

    private func answer(_ request: JSON) -> JSON? {
        let id = request["id"]
        do throws(CommandError) {
            let (name, parameters) = try read(request)
            let result = try run(name, parameters)
            return id.map { reply(.success(result), id: $0) }
        } catch {
            // What is no request has no notification's silence either.
            guard let id = id ?? (error == .invalidRequest ? .null : nil) else { return nil }
            return reply(.failure(error), id: id)
        }
    }

    private func read(_ request: JSON) throws(CommandError) -> (String, CommandParameters) {
        guard request["jsonrpc"] == .text("2.0"), case .string(let method)? = request["method"] else {
            throw .invalidRequest
        }
        let parameters: CommandParameters
        switch request["params"] {
        case nil: parameters = .none
        case .array(let array)?: parameters = array.elements.isEmpty ? .none : .positional(array.elements)
        case .object(let object)?: parameters = object.members.isEmpty ? .none : .named(object)
        default: throw .invalidRequest
        }
        return (String(decoding: method, as: UTF8.self), parameters)
    }

    private func reply(_ outcome: Result<JSON, CommandError>, id: JSON) -> JSON {
        let reply = JSONObject(["jsonrpc": .text("2.0")])
        switch outcome {
        case .success(let result): reply[Array("result".utf8)] = result
        case .failure(let error):
            let details = JSONObject(["code": .number(error.code), "message": .text(error.message)])
            if let detail = error.detail { details[Array("data".utf8)] = .text(detail) }
            reply[Array("error".utf8)] = .object(details)
        }
        reply[Array("id".utf8)] = id
        return .object(reply)
    }

    /// Bytes of the longest answer.
    private static let maximalReply = 16 << 20
}
