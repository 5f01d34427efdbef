/// What a JSON-RPC server answered to a request in `reliable_mode`.
package struct JSONRPCReply: Hashable, Sendable {
    /// The id of the request, nil where the answer has none that we could have sent.
    package var id: Int?
    /// The answer holds an `error` that is not null.
    package var isError: Bool
}

/// Cuts a TCP stream into JSON-RPC answers.
///
/// JSON-RPC over plain TCP has no framing of its own: answers follow one another, with or without white space. Only the
/// `id` and the presence of `error` are of interest, so nothing is decoded but those.
package struct JSONRPCReplies: Sendable {
    package enum Fault: Error, Equatable, Sendable {
        /// Something else than an object stands where an answer has to begin.
        case notAnObject
        /// An answer longer than the bound.
        case tooLong
    }

    private var buffer: [UInt8] = []
    private var scanned = 0
    private var depth = 0
    private var inString = false
    private var escaped = false
    private let longest: Int

    /// - Parameter longest: the most bytes an answer may have.
    package init(longest: Int = 65536) {
        self.longest = longest
    }

    /// Takes bytes off the wire and returns the answers that they complete. After a fault the stream is of no use.
    package mutating func onBytes(_ bytes: [UInt8]) throws(Fault) -> [JSONRPCReply] {
        buffer.append(contentsOf: bytes)
        var replies: [JSONRPCReply] = []
        var start = 0
        while scanned < buffer.count {
            let byte = buffer[scanned]
            scanned += 1
            if depth == 0 {
                if JSONRPCReplies.isBlank(byte) {
                    start = scanned
                } else if byte == UInt8(ascii: "{") {
                    start = scanned - 1
                    depth = 1
                } else {
                    throw .notAnObject
                }
                continue
            }
            follow(byte)
            if depth == 0 {
                replies.append(JSONRPCReplies.reply(in: buffer[start..<scanned]))
                start = scanned
            }
        }
        buffer.removeFirst(start)
        scanned -= start
        if buffer.count > longest { throw .tooLong }
        return replies
    }

    private mutating func follow(_ byte: UInt8) {
        if inString {
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                inString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): inString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// Finds `id` and `error` among the outer members of an object whose brackets balance.
    private static func reply(in object: ArraySlice<UInt8>) -> JSONRPCReply {
        var reply = JSONRPCReply(id: nil, isError: false)
        var at = object.startIndex + 1
        var depth = 1
        var key: ArraySlice<UInt8>?
        var expectsKey = true
        while at < object.endIndex, depth > 0 {
            let byte = object[at]
            switch byte {
            case UInt8(ascii: "\""):
                let end = endOfString(object, from: at + 1)
                if depth == 1, expectsKey { key = object[at + 1..<end] } else if depth == 1 { note(nil, key, &reply) }
                at = end
            case UInt8(ascii: ":") where depth == 1: expectsKey = false
            case UInt8(ascii: ",") where depth == 1: expectsKey = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 1 { note(nil, key, &reply) }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case _ where depth == 1 && !expectsKey && !isBlank(byte):
                let end = object[at...].firstIndex { isBlank($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }
                note(object[at..<(end ?? object.endIndex)], key, &reply)
                at = (end ?? object.endIndex) - 1
            default: break
            }
            at += 1
        }
        return reply
    }

    /// - Parameter scalar: a number or a word; nil for a string, an object or an array.
    private static func note(_ scalar: ArraySlice<UInt8>?, _ key: ArraySlice<UInt8>?, _ reply: inout JSONRPCReply) {
        guard let key else { return }
        if key.elementsEqual("error".utf8) {
            reply.isError = !(scalar?.elementsEqual("null".utf8) ?? false)
        } else if key.elementsEqual("id".utf8) {
            reply.id = scalar.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        }
    }

    private static func endOfString(_ object: ArraySlice<UInt8>, from start: Int) -> Int {
        var at = start
        while at < object.endIndex, object[at] != UInt8(ascii: "\"") {
            at += object[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(at, object.endIndex)
    }
}
