/// Cuts what comes through a management pipe into requests:
///
///     :reply pipe:{"jsonrpc": "2.0", ...}
///
/// A request ends with its JSON; white space may stand between two. What is no request is skipped up to the end of its
/// line. Writers share the pipe, so a request that stays incomplete must not take in the next one for long: see `patience`.
struct FIFORequests {
    struct Request: Equatable {
        /// Empty where no answer is wanted.
        var replyName: [UInt8]
        var json: [UInt8]
    }

    /// Bytes of the longest request.
    static let limit = 64 << 10
    /// How long the rest of a request may take: writers write each in one go.
    static let patience = Nanoseconds.seconds(1)

    private var buffer: [UInt8] = []
    private var lastArrival: Nanoseconds = 0
    private var scan = Scan()
    /// Requests given up: too long, incomplete or none.
    private(set) var skipped = 0

    /// How far the JSON of the request in front was read.
    private struct Scan {
        /// 0 before the JSON begins.
        var position = 0
        var depth = 0
        var isInText = false
        var isEscaped = false
    }

    mutating func append(_ bytes: some Collection<UInt8>, now: Nanoseconds) {
        if !buffer.isEmpty, now - lastArrival > FIFORequests.patience { skip(buffer.count) }
        lastArrival = now
        buffer.append(contentsOf: bytes)
    }

    /// The next whole request.
    mutating func next() -> Request? {
        while true {
            takeWhiteSpace()
            guard let first = buffer.first else { return nil }
            guard first == UInt8(ascii: ":") else {
                skip(endOfLine)
                continue
            }
            guard let nameEnd = buffer[1...].firstIndex(of: UInt8(ascii: ":")), let end = endOfJSON(from: nameEnd + 1)
            else {
                guard buffer.count > FIFORequests.limit else { return nil }
                skip(buffer.count)
                return nil
            }
            let request = Request(replyName: Array(buffer[1..<nameEnd]), json: Array(buffer[(nameEnd + 1)..<end]))
            remove(end)
            return request
        }
    }

    /// Behind the bracket that closes the first one; text without brackets goes to the end of its line.
    private mutating func endOfJSON(from start: Int) -> Int? {
        if scan.position == 0 {
            guard let first = buffer[start...].firstIndex(where: { !$0.isWhiteSpace }) else { return nil }
            guard buffer[first].isOpening else { return endOfLine }
            scan.position = first
        }
        while scan.position < buffer.count {
            let byte = buffer[scan.position]
            scan.position += 1
            if scan.isInText {
                if scan.isEscaped {
                    scan.isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    scan.isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    scan.isInText = false
                }
            } else if byte == UInt8(ascii: "\"") {
                scan.isInText = true
            } else if byte.isOpening {
                scan.depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                scan.depth -= 1
                if scan.depth == 0 { return scan.position }
            }
        }
        return nil
    }

    /// Where there is no end of the line yet, nothing says that more of it will come.
    private var endOfLine: Int { buffer.firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count }

    private mutating func takeWhiteSpace() {
        let count = buffer.prefix { $0.isWhiteSpace }.count
        if count > 0 { remove(count) }
    }

    private mutating func skip(_ count: Int) {
        skipped += 1
        remove(count)
    }

    private mutating func remove(_ count: Int) {
        buffer.removeFirst(count)
        scan = Scan()
    }
}

extension UInt8 {
    fileprivate var isWhiteSpace: Bool { self == 32 || (9...13).contains(self) }
    fileprivate var isOpening: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "[") }
}
