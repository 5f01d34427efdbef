/// The memory of a message: its bytes, and what was found in them. Trivial; the message frees it.
struct MessageTable {
    private(set) var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    private(set) var firstLine = FirstLine()
    private(set) var headers: UnsafeMutablePointer<Header>
    private var headerCapacity: Int
    private(set) var headerCount = 0
    /// For every kind the index of its first header, or -1.
    private let firstOfKind: UnsafeMutablePointer<Int32>
    private(set) var defect: ParseError?
    /// Where the empty line starts, and where the body does.
    private(set) var headersEnd = 0
    private(set) var bodyStart = 0
    /// The message ends with its headers.
    private(set) var lacksEmptyLine = false

    var from = Lazy<NameAddress>.unknown
    var to = Lazy<NameAddress>.unknown
    var via = Lazy<Via>.unknown
    var cseq = Lazy<CSeq>.unknown
    var uri = Lazy<URI>.unknown
    var bodyCount = -1

    /// A value that is parsed when it is asked for. What is broken or missing is looked at again every time, it is
    /// rare.
    enum Lazy<Value> {
        case unknown
        case known(Value)
    }

    private static var kinds: Int { HeaderKind.count }

    init() {
        capacity = 2_048
        buffer = .allocate(capacity: capacity)
        headerCapacity = 32
        headers = .allocate(capacity: headerCapacity)
        firstOfKind = .allocate(capacity: MessageTable.kinds)
        firstOfKind.initialize(repeating: -1, count: MessageTable.kinds)
    }

    func free() {
        buffer.deallocate()
        headers.deallocate()
        firstOfKind.deallocate()
    }

    @inline(__always)
    func first(_ kind: HeaderKind) -> Int32 { firstOfKind[Int(kind.rawValue)] }

    mutating func reset() {
        count = 0
        headerCount = 0
        headersEnd = 0
        bodyStart = 0
        lacksEmptyLine = false
        bodyCount = -1
        firstLine = FirstLine()
        firstOfKind.update(repeating: -1, count: MessageTable.kinds)
        defect = nil
        from = .unknown
        to = .unknown
        via = .unknown
        cseq = .unknown
        uri = .unknown
    }

    mutating func take(_ bytes: Bytes, _ limits: Limits) throws(ParseError) {
        // Offsets are 32 bits, whatever the limits say.
        guard bytes.count <= min(limits.message, Int(Int32.max)) else {
            throw ParseError(.messageTooLong, at: max(limits.message, 0))
        }
        guard let source = bytes.baseAddress, bytes.count > 0 else { throw ParseError(.emptyMessage, at: 0) }
        if bytes.count > capacity {
            capacity = max(bytes.count, min(capacity &* 2, 65_536))
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            // The bytes may be a piece of the old buffer.
            larger.update(from: source, count: bytes.count)
            buffer.deallocate()
            buffer = larger
        } else {
            buffer.update(from: source, count: bytes.count)
        }
        count = bytes.count
    }

    mutating func index(_ limits: Limits) throws(ParseError) {
        let bytes = Bytes(start: buffer, count: count)
        // Empty lines before a message are ignored (RFC 3261, 7.5).
        var start = 0
        while start < count, bytes[start] == 0x0d || bytes[start] == 0x0a { start &+= 1 }
        guard start < count else { throw ParseError(.emptyMessage, at: 0) }
        firstLine = try FirstLine(bytes, from: start, limits: limits)

        var scanner = HeaderScanner(bytes: bytes, cursor: firstLine.line.upper)
        while true {
            switch scanner.next() {
            case .header(let header):
                guard header.line.count <= limits.header else {
                    throw ParseError(.headerTooLong, at: header.line.lower)
                }
                guard headerCount < limits.headers else { throw ParseError(.tooManyHeaders, at: header.line.lower) }
                append(header)
            case .broken(let error):
                if defect == nil { defect = error }
            case .end(let offset):
                headersEnd = offset
                bodyStart = scanner.cursor
                return
            case .unterminated:
                // Who ends a datagram behind its last header line is understood; a cut line may have lost something.
                let isCut = buffer[count &- 1] != 0x0a
                if isCut, defect == nil { defect = ParseError(.unterminatedHeaders, at: count) }
                lacksEmptyLine = !isCut
                headersEnd = count
                bodyStart = count
                return
            }
        }
    }

    @inline(__always)
    private mutating func append(_ header: Header) {
        if headerCount == headerCapacity { growHeaders() }
        headers[headerCount] = header
        let kind = Int(header.kind.rawValue)
        if firstOfKind[kind] < 0 { firstOfKind[kind] = Int32(truncatingIfNeeded: headerCount) }
        headerCount &+= 1
    }

    @inline(never)
    private mutating func growHeaders() {
        let larger = UnsafeMutablePointer<Header>.allocate(capacity: headerCapacity &* 2)
        larger.update(from: headers, count: headerCount)
        headers.deallocate()
        headers = larger
        headerCapacity &*= 2
    }
}
