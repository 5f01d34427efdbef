/// Reads one answer of an HTTP/1.x server from a stream (RFC 9112). Everything about it is bounded.
struct HTTPResponse {
    enum State: Hashable {
        case reading, complete, broken
    }

    private enum Part {
        case head
        /// So many bytes are missing.
        case body(Int)
        case chunkSize
        case chunk(Int)
        /// The line end behind a chunk.
        case chunkEnd
        case trailer
        case untilClose
    }

    private(set) var state = State.reading
    private(set) var status = 0
    private(set) var body: [UInt8] = []
    private(set) var keepsConnection = false
    private var part = Part.head
    private var buffer: [UInt8] = []
    private var received = 0

    static let longestHead = 16 << 10
    static let longestBody = 256 << 10

    /// Nothing has come.
    var isUntouched: Bool { received == 0 }

    mutating func onBytes(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard state == .reading else { return }
        received &+= bytes.count
        buffer.append(contentsOf: bytes)
        while state == .reading, step() {}
    }

    /// The server has closed the connection.
    mutating func onEnd() {
        guard state == .reading else { return }
        if case .untilClose = part { state = .complete } else { state = .broken }
        keepsConnection = false
    }

    /// False where more bytes are needed.
    private mutating func step() -> Bool {
        switch part {
        case .head: return readHead()
        case .body(let missing): return take(missing) { $0.state = .complete }
        case .untilClose: return take(.max) { _ in }
        case .chunkSize:
            guard let line = line(limit: 1024) else { return false }
            let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
            guard !digits.isEmpty, digits.count <= 8, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return refuse() }
            part = size == 0 ? .trailer : .chunk(size)
            return true
        case .chunk(let missing): return take(missing) { $0.part = .chunkEnd }
        case .chunkEnd:
            guard let line = line(limit: 2) else { return false }
            if !line.isEmpty { return refuse() }
            part = .chunkSize
            return true
        case .trailer:
            guard let line = line(limit: Self.longestHead) else { return false }
            if line.isEmpty { finish() }
            return state == .reading
        }
    }

    private mutating func refuse() -> Bool {
        state = .broken
        return false
    }

    private mutating func finish() {
        state = .complete
        // Bytes behind the answer belong to nothing that was asked.
        if !buffer.isEmpty { keepsConnection = false }
    }

    /// Moves up to `count` bytes into the body.
    private mutating func take(_ count: Int, then done: (inout HTTPResponse) -> Void) -> Bool {
        let taken = min(count, buffer.count)
        guard body.count + taken <= Self.longestBody else { return refuse() }
        body += buffer[..<taken]
        buffer.removeFirst(taken)
        if taken == count {
            done(&self)
            if state == .complete { finish() }
            return state == .reading
        }
        switch part {
        case .body: part = .body(count - taken)
        case .chunk: part = .chunk(count - taken)
        default: break
        }
        return false
    }

    /// Takes a line without its end; a lone line feed ends one too.
    private mutating func line(limit: Int) -> [UInt8]? {
        guard let end = buffer.firstIndex(of: 0x0A) else {
            if buffer.count > limit { state = .broken }
            return nil
        }
        guard end <= limit else {
            state = .broken
            return nil
        }
        var line = Array(buffer[..<end])
        if line.last == 0x0D { line.removeLast() }
        buffer.removeFirst(end + 1)
        return line
    }

    private mutating func readHead() -> Bool {
        guard let end = headEnd else {
            return buffer.count > Self.longestHead ? refuse() : false
        }
        guard end <= Self.longestHead else { return refuse() }
        let lines = buffer[..<end].split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }.filter { !$0.isEmpty }
        buffer.removeFirst(end)
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3, let status = Int(words[1])
        else { return refuse() }
        // An interim answer (RFC 9110, 15.2) is followed by the one that counts.
        if (100..<200).contains(status) { return true }
        self.status = status
        return readFields(lines.dropFirst(), isOld: words[0] == "HTTP/1.0")
    }

    /// Behind the empty line, nil where it has not come.
    private var headEnd: Int? {
        var at = 0
        while let feed = buffer[at...].firstIndex(of: 0x0A) {
            let next = feed + 1
            if next < buffer.count, buffer[next] == 0x0A { return next + 1 }
            if next + 1 < buffer.count, buffer[next] == 0x0D, buffer[next + 1] == 0x0A { return next + 2 }
            at = next
        }
        return nil
    }

    private mutating func readFields(_ fields: ArraySlice<String>, isOld: Bool) -> Bool {
        keepsConnection = !isOld
        var length: Int?
        var isChunked = false
        for field in fields {
            guard let colon = field.utf8.firstIndex(of: UInt8(ascii: ":")) else { return refuse() }
            let value = field[field.utf8.index(after: colon)...].lowercased().filter { $0 != " " && $0 != "\t" }
            switch field[..<colon].lowercased() {
            case "content-length":
                // Two that differ are an attack or a fault (RFC 9112, 6.3).
                guard value.utf8.count <= 9, let number = Int(value), number >= 0, length == nil || length == number
                else { return refuse() }
                length = number
            case "transfer-encoding":
                guard value == "chunked" else { return refuse() }
                isChunked = true
            case "connection":
                if value.split(separator: ",").contains("close") { keepsConnection = false }
                if value.split(separator: ",").contains("keep-alive") { keepsConnection = true }
            default: break
            }
        }
        if status == 204 || status == 304 {
            finish()
        } else if isChunked {
            part = .chunkSize
        } else if let length {
            if length == 0 { finish() } else { part = .body(length) }
        } else {
            part = .untilClose
            keepsConnection = false
        }
        return state == .reading
    }
}
