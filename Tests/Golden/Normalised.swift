import Foundation

/// A message as it is sent: with CRLF, and its body counted.
func wire(_ message: String) -> [UInt8] {
    let text = message.replacingOccurrences(of: "\n", with: "\r\n")
    let body = text.range(of: "\r\n\r\n").map { text[$0.upperBound...].utf8.count } ?? 0
    return Array(text.replacingOccurrences(of: "@LEN@", with: "\(body)").utf8)
}

/// A received datagram as the cases show it: the first line, the headers that matter, the count of `Via`s of a
/// request, the body. Tags that are not the client's own (`fixed-`) read `*`. A JSON notification stays as it is.
func normalised(_ datagram: String) -> String {
    if datagram.hasPrefix("{") || datagram.hasPrefix("[") {
        return datagram.trimmingCharacters(in: .newlines) + "\n"
    }
    let text = datagram.replacingOccurrences(of: "\r\n", with: "\n")
    let end = text.range(of: "\n\n")
    let head = text[..<(end?.lowerBound ?? text.endIndex)]
        .replacing(/\n[ \t]+/, with: " ").components(separatedBy: "\n")
    var shown = [head[0]]
    var vias = 0
    for line in head.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].trimmingCharacters(in: .whitespaces)
        var value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        let long = compactNames[name.lowercased()] ?? name.lowercased()
        if long == "via" { vias += 1 }
        guard shownHeaders.contains(long) || long.hasPrefix("x-") || long.hasPrefix("p-") else { continue }
        if long == "to" || long == "from" {
            value = value.replacing(/(;\s*tag=)(?!fixed-)[^;>\s]+/) { "\($0.1)*" }
        }
        shown.append("\(name): \(value)")
    }
    if !head[0].hasPrefix("SIP/2.0") { shown.append("(Via headers: \(vias))") }
    var result = shown.joined(separator: "\n") + "\n"
    if let end, end.upperBound < text.endIndex {
        result += "\n" + text[end.upperBound...]
        if !result.hasSuffix("\n") { result += "\n" }
    }
    return result
}

private let shownHeaders: Set = [
    "from", "to", "call-id", "cseq", "contact", "content-type", "content-length", "max-forwards", "expires",
    "retry-after", "allow", "supported", "unsupported", "reason", "warning", "date", "route", "record-route", "subject",
    "accept", "priority",
]

private let compactNames = [
    "f": "from", "t": "to", "i": "call-id", "m": "contact", "c": "content-type", "l": "content-length", "v": "via",
    "s": "subject", "k": "supported",
]
