/// A SIP message: its bytes as they came, and tables of what stands where in them.
///
/// `load` copies the bytes into the message's own buffer and indexes the first line and the headers; values are parsed
/// when they are asked for first. Nothing but offsets is kept, so a message that is loaded again and again (see
/// `MessagePool`) allocates nothing. The bytes do not change until the next `load`: whoever holds a message can hold
/// slices of it.
///
/// A broken header line does not make the message unreadable: the rest is indexed, and `defect` tells. A broken header
/// value is an error for whoever asks for that value (a script's error route), and for nobody else.
///
/// Not thread safe; a message belongs to one node.
package final class Message {
    // All state sits behind this pointer: access needs no exclusivity checks, which for stored properties of classes
    // cost more than the parsing of a short header.
    let table: UnsafeMutablePointer<MessageTable>

    package init() {
        table = .allocate(capacity: 1)
        table.initialize(to: MessageTable())
    }

    deinit {
        table.pointee.free()
        table.deallocate()
    }

    /// A message with these bytes.
    /// - Throws: `ParseError` as `load` does.
    package convenience init(_ bytes: Bytes, limits: Limits = Limits()) throws(ParseError) {
        self.init()
        try load(bytes, limits: limits)
    }

    /// A message with these bytes.
    package convenience init(_ bytes: [UInt8], limits: Limits = Limits()) throws(ParseError) {
        self.init()
        let outcome: Result<Void, ParseError> = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(ParseError) in try load(buffer, limits: limits) }
        }
        try outcome.get()
    }

    /// Takes over a copy of `bytes` and finds the first line and the headers.
    /// - Throws: if there is nothing, if a limit is exceeded, or if the first line is none. The message is empty then.
    package func load(_ bytes: Bytes, limits: Limits = Limits()) throws(ParseError) {
        table.pointee.reset()
        do {
            try table.pointee.take(bytes, limits)
            try table.pointee.index(limits)
        } catch {
            table.pointee.reset()
            throw error
        }
    }

    // MARK: Bytes

    /// The first byte; valid until the next `load` and while the message lives.
    package var base: UnsafePointer<UInt8> { UnsafePointer(table.pointee.buffer) }
    /// Bytes of the whole message, `$ml`.
    package var count: Int { table.pointee.count }
    /// All bytes; valid until the next `load` and while the message lives.
    package var bytes: Bytes { Bytes(start: base, count: count) }
    /// The bytes of a piece; empty if it is absent.
    package subscript(range: ByteRange) -> Bytes { bytes[range] }

    // MARK: First line

    package var firstLine: FirstLine { table.pointee.firstLine }
    package var isRequest: Bool { table.pointee.firstLine.isRequest }
    package var method: Method { table.pointee.firstLine.method }
    /// The text of the request URI; absent in a reply.
    package var requestURI: ByteRange { table.pointee.firstLine.requestURI }
    /// 100...699; 0 for a request.
    package var status: Int { Int(table.pointee.firstLine.status) }

    // MARK: Headers

    package var headerCount: Int { table.pointee.headerCount }
    /// The header at `index` in the order of the message.
    /// - Returns: nil if there is none.
    package func header(at index: Int) -> Header? {
        index >= 0 && index < headerCount ? table.pointee.headers[index] : nil
    }
    /// The first line of the header section that is no header; the text after it is indexed all the same.
    package var defect: ParseError? { table.pointee.defect }
    /// Where the empty line between headers and body starts: new headers at the end go in here.
    package var headersEnd: Int { table.pointee.headersEnd }

    /// The index of the first header of a kind.
    package func index(of kind: HeaderKind) -> Int? {
        let index = Int(table.pointee.first(kind))
        return index >= 0 ? index : nil
    }

    /// The index of the next header of a kind, at `start` or behind it.
    package func index(of kind: HeaderKind, from start: Int) -> Int? {
        var i = max(start, 0)
        while i < headerCount {
            if table.pointee.headers[i].kind == kind { return i }
            i &+= 1
        }
        return nil
    }

    /// The index of the next header with this very name (without case), at `start` or behind it. A kind with a compact
    /// form should be looked for by kind.
    package func index(named name: Bytes, from start: Int = 0) -> Int? {
        var i = max(start, 0)
        while i < headerCount {
            if bytes[table.pointee.headers[i].name].equalsIgnoringCase(name) { return i }
            i &+= 1
        }
        return nil
    }

    /// The index of the next header with this very name.
    package func index(named name: StaticString, from start: Int = 0) -> Int? { index(named: name.bytes, from: start) }

    /// The index of the next header that `$hdr(name)` means: of a kind, or, for `.other`, with this very name.
    package func index(of kind: HeaderKind, orNamed name: Bytes, from start: Int = 0) -> Int? {
        kind == .other ? index(named: name, from: start) : index(of: kind, from: start)
    }

    /// The first header of a kind.
    package func header(_ kind: HeaderKind) -> Header? { index(of: kind).flatMap(header(at:)) }

    /// The value of the first header of a kind, absent if there is none.
    package func value(_ kind: HeaderKind) -> ByteRange { header(kind)?.value ?? .absent }

    /// Header lines of a kind.
    package func count(of kind: HeaderKind) -> Int {
        var total = 0
        var next = index(of: kind)
        while let i = next {
            total &+= 1
            next = index(of: kind, from: i &+ 1)
        }
        return total
    }

    /// Header lines with a name.
    package func count(named name: Bytes) -> Int {
        var total = 0
        var next = index(named: name)
        while let i = next {
            total &+= 1
            next = index(named: name, from: i &+ 1)
        }
        return total
    }
}
