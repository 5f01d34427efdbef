import Testing

@testable import Cluster

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

func unhex(_ text: some StringProtocol) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// One line of captured data, cut at single spaces.
func words(_ line: some StringProtocol) -> [String] { String(line).split(separator: " ").map { String($0) } }

extension Packet {
    /// The packet in the words of the captured data.
    var inWords: String {
        let (prefix, body) = content.inWords
        let route = destination.map { "\(source)>\($0)" } ?? "\(source)"
        return "\(cluster) \(route) \(prefix)\(body)" + (path.map { " path \(list($0))" } ?? "")
    }

    var destination: NodeID? { encode().flatMap { try? PacketHeader($0).destination } }
}

private func list(_ nodes: [NodeID]) -> String { "[\(nodes.map(\.description).joined(separator: ","))]" }

private func stamp(_ stamp: UpdateStamp) -> String { "seq \(stamp.sequence)@\(stamp.timestamp)" }

private func words(_ description: NodeDescription?) -> String {
    guard let description else { return "-" }
    return "\(text(description.url));\(text(description.sipAddress));\(description.priority);\(description.pingRetries)"
}

extension Packet.Content {
    fileprivate var inWords: (String, String) {
        switch self {
        case .ping(let wantsNodeList): return ("PING", " list \(wantsNodeList ? 1 : 0)")
        case .pong(let nodes): return ("PONG", " \(list(nodes))")
        case .unknownID: return ("UNKNOWN_ID", "")
        case .nodeDescription(let description, _): return ("NODE_DESCRIPTION", " \(words(description))")
        case .linkState(let update, _):
            return ("LS_UPDATE", " \(stamp(update.stamp)) \(update.other) state \(update.isUp ? 0 : 1)")
        case .fullTopology(let update, _):
            let rows = update.rows.map {
                " (\($0.node) \(words($0.description)) \(stamp($0.linkStamp)) \(list($0.neighbours)))"
            }
            return ("FULL_TOP_UPDATE", " \(stamp(update.stamp))\(rows.joined())")
        case .capabilities(let update, _):
            let rows = update.rows.map { row in
                let states = row.capabilities.map { " \(text($0.name))=\($0.isSynced ? 1 : 0)" }
                return " (\(row.node)\(states.joined()))"
            }
            return ("CAP_UPDATE", " \(stamp(update.stamp))\(rows.joined()) reply \(update.wantsReply ? 1 : 0)")
        default: return routedInWords
        }
    }

    private var routedInWords: (String, String) {
        switch self {
        case .removeNode(let node, _): return ("REMOVE_NODE", " \(node)")
        case .message(let message, _):
            let body = message.text.isEmpty ? "-" : hex(message.text)
            return ("GENERIC_MSG", " \(message.kind == .request ? 1 : 0) \(text(message.tag)) \(body)")
        case .command(let command, _): return ("MI_CMD", " \(text(command.name)) \(command.parameters.map(text))")
        case .syncRequest(let name, _): return ("SYNC_REQ", " \(text(name))")
        case .sync(let data, _):
            let chunks = data.chunks.map { " " + hex($0) }.joined()
            return ("SYNC", " \(text(data.capability)) version \(data.dataVersion)\(chunks)")
        case .syncEnd(let name, let count, _): return ("SYNC_END", " \(text(name)) \(count)")
        case .sharingTagActive(let name, _): return ("SHTAG_ACTIVE", " \(text(name))")
        case .module(let packet, _):
            return (
                "MODULE",
                " \(text(packet.capability)) version \(packet.version) type \(packet.type) \(hex(packet.payload))"
            )
        default: return ("", "")
        }
    }
}

struct Captured: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let meaning: String

    static let all: [Captured] = capturedPackets.split(separator: "\n").map { line in
        let parts = line.split(separator: "|").map { trimmed($0) }
        return Captured(name: parts[0], bytes: unhex(parts[1]), meaning: parts[2])
    }

    var testDescription: String { name }
}
