import Script
import Syntax

/// Queues of keys and values: one script adds, another, often a timer route, fetches.
///
/// Differs from OpenSIPS: a queue without a size holds a million entries; `$mqk`, `$mqv` and `$mq_size` take a variable
/// for the name too; `db_url` is accepted, but queues are not kept
/// over restarts.
final class MQueue: Module {
    static let name = "mqueue"

    private struct Queue {
        /// The oldest entry goes when another one would be too many.
        let maximalCount: Int
        private var entries: [(key: [UInt8], value: [UInt8])] = []
        private var head = 0
        /// What was fetched last, for `$mqk` and `$mqv`.
        var fetched: (key: [UInt8], value: [UInt8])?

        init(maximalCount: Int) { self.maximalCount = maximalCount }

        var count: Int { entries.count - head }

        mutating func add(_ key: [UInt8], _ value: [UInt8]) {
            if count >= maximalCount { _ = take() }
            entries.append((key, value))
        }

        mutating func take() -> (key: [UInt8], value: [UInt8])? {
            guard head < entries.count else { return nil }
            let entry = entries[head]
            entries[head] = ([], [])
            head += 1
            if head * 2 > entries.count {
                entries.removeFirst(head)
                head = 0
            }
            return entry
        }
    }

    private static let standardCount = 1_000_000

    private var queues: [[UInt8]: Queue] = [:]

    init(_ node: Node) {}

    /// `name=q;size=100;dbmode=0`
    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard parameter == "mqueue" else { return }
        var name = ""
        var size = 0
        for item in (value.text ?? "").split(separator: ";") {
            switch item.splitOnce("=") {
            case ("name", let text)?: name = text
            case ("size", let text)?:
                guard let number = Int(text), number >= 0 else { throw ParameterError("'\(text)' is no size") }
                size = number
            case ("dbmode", _)?: break
            default: throw ParameterError("'\(item)' is not known; a queue has a name and a size")
            }
        }
        guard !name.isEmpty else { throw ParameterError("a queue needs a name") }
        queues[Array(name.utf8)] = Queue(maximalCount: size == 0 ? MQueue.standardCount : size)
    }

    var implementation: ModuleImplementation {
        let key = variable { queue, scratch in MQueue.text(queue.fetched?.key, scratch) }
        let value = variable { queue, scratch in MQueue.text(queue.fetched?.value, scratch) }
        let size = variable { queue, _ in .number(Int32(truncatingIfNeeded: queue.count)) }
        return ModuleImplementation(
            functions: [
                "mq_add": { [unowned self] call in
                    guard let name = queueName(&call), let key = call.bytes(1), let value = call.bytes(2) else {
                        return .code(-1)
                    }
                    queues[name]?.add(key, value)
                    return .code(1)
                },
                "mq_fetch": { [unowned self] call in
                    guard let name = queueName(&call) else { return .code(-1) }
                    let entry = queues[name]?.take()
                    queues[name]?.fetched = entry
                    return .code(entry == nil ? -2 : 1)
                },
                // An empty queue is -1, because 0 would end the script.
                "mq_size": { [unowned self] call in
                    guard let name = queueName(&call), let count = queues[name]?.count else { return .code(-2) }
                    return .code(count == 0 ? -1 : Int32(truncatingIfNeeded: count))
                },
                "mq_pv_free": { [unowned self] call in
                    if let name = call.bytes(0) { queues[name]?.fetched = nil }
                    return .code(1)
                },
            ],
            variables: ["mqk": key, "mqv": value, "mq_size": size])
    }

    private func variable(_ read: @escaping (Queue, Arena) -> Value) -> VariableAccess {
        VariableAccess(get: { [unowned self] context in
            queues[Array(context.nameBytes)].map { read($0, context.scratch) } ?? .null
        })
    }

    /// Empty texts read null.
    private static func text(_ bytes: [UInt8]?, _ scratch: Arena) -> Value {
        guard let bytes, !bytes.isEmpty else { return .null }
        return scratch.copy(bytes)
    }

    private func queueName(_ call: inout CallContext) -> [UInt8]? {
        guard let name = call.bytes(0) else { return nil }
        guard queues[name] != nil else {
            call.warn("there is no queue '\(String(decoding: name, as: UTF8.self))'")
            return nil
        }
        return name
    }
}
