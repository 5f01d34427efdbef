/// How event_flatstore writes an event into its file: the name and the values in attribute order, one event a line.
///
/// Recorded from OpenSIPS 3.6.8 (golden events/flatstore): a delimiter inside a value becomes a blank. A line end inside
/// a value becomes a blank too, which OpenSIPS does not promise, so that a value cannot forge a line.
package struct FlatstoreFormat: Hashable, Sendable {
    package enum Fault: Error, Equatable, Sendable {
        case emptyDelimiter
        /// `escape_delimiter` has to be as long as `delimiter`.
        case escapeLength(delimiter: Int, escape: Int)
    }

    let delimiter: [UInt8]
    let replacement: [UInt8]
    let namesEvent: Bool

    /// - Parameters:
    ///   - delimiter: modparam `delimiter`.
    ///   - escape: modparam `escape_delimiter`, written in place of a delimiter inside a value; empty for blanks.
    ///   - suppressEventName: modparam `suppress_event_name`.
    package init(
        delimiter: [UInt8] = [UInt8(ascii: ",")], escape: [UInt8] = [], suppressEventName: Bool = false
    ) throws(Fault) {
        if delimiter.isEmpty { throw .emptyDelimiter }
        if !escape.isEmpty, escape.count != delimiter.count {
            throw .escapeLength(delimiter: delimiter.count, escape: escape.count)
        }
        self.delimiter = delimiter
        self.replacement = escape.isEmpty ? Array(repeating: UInt8(ascii: " "), count: delimiter.count) : escape
        self.namesEvent = !suppressEventName
    }

    /// Appends the event's line with its line feed.
    package func appendLine(_ event: Event, to text: inout [UInt8]) {
        var isFirst = !namesEvent
        if namesEvent { append(event.name, to: &text) }
        for attribute in event.attributes {
            if !isFirst { text.append(contentsOf: delimiter) }
            isFirst = false
            switch attribute.value {
            case .integer(let number): text.append(decimal: number)
            case .bytes(let bytes): append(bytes, to: &text)
            }
        }
        text.append(0x0A)
    }

    private func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        let first = delimiter[0]
        guard bytes.contains(where: { $0 == first || $0 == 0x0A || $0 == 0x0D }) else {
            text.append(contentsOf: bytes)
            return
        }
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: delimiter) {
                text.append(contentsOf: replacement)
                at += delimiter.count
            } else {
                text.append(bytes[at] == 0x0A || bytes[at] == 0x0D ? UInt8(ascii: " ") : bytes[at])
                at += 1
            }
        }
    }
}

/// When event_flatstore leaves its file and opens a new one.
package struct FlatstoreRotation: Sendable {
    /// The `reason` of `E_FLATSTORE_ROTATION`, spelled as there.
    package enum Reason: String, Sendable {
        case count, size, period, mi
    }

    /// Seconds; the limits of the period are multiples of it in wall-clock time. 0 for never.
    let period: Int64
    /// Lines a file. 0 for no limit.
    let count: Int64
    /// Bytes a file. 0 for no limit.
    let size: Int64

    private var lines: Int64 = 0
    private var bytes: Int64 = 0
    private var currentPeriod: Int64?

    package init(period: Int64 = 0, count: Int64 = 0, size: Int64 = 0) {
        self.period = max(0, period)
        self.count = max(0, count)
        self.size = max(0, size)
    }

    /// A new or newly opened file takes over.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds already.
    ///   - wallClock: seconds since 1970.
    package mutating func onOpen(bytes: Int64, wallClock: Int64) {
        lines = 0
        self.bytes = max(0, bytes)
        currentPeriod = period > 0 ? wallClock / period : nil
    }

    /// Tells whether the file has to be left before the line is written. The line counts for whichever file takes it.
    package mutating func onLine(bytes length: Int, wallClock: Int64) -> Reason? {
        let reason = reason(for: Int64(length), wallClock: wallClock)
        if reason != nil { onOpen(bytes: 0, wallClock: wallClock) }
        lines &+= 1
        bytes &+= Int64(length)
        return reason
    }

    private func reason(for length: Int64, wallClock: Int64) -> Reason? {
        if let currentPeriod, wallClock / period != currentPeriod { return .period }
        if count > 0, lines >= count { return .count }
        if size > 0, bytes > 0, bytes.later(by: length) > size { return .size }
        return nil
    }

    /// A number as the parameters `rotate_count` and `rotate_size` spell it: digits, for sizes with a suffix k, m or g
    /// (multiples of 1024). Nil for anything else.
    package static func parse(_ text: [UInt8], allowsSuffix: Bool) -> Int64? {
        var digits = text[...]
        var factor: Int64 = 1
        if allowsSuffix, let last = digits.last {
            switch last | 0x20 {
            case UInt8(ascii: "k"): factor = 1 << 10
            case UInt8(ascii: "m"): factor = 1 << 20
            case UInt8(ascii: "g"): factor = 1 << 30
            default: break
            }
            if factor > 1 { digits = digits.dropLast() }
        }
        guard let number = Int64(decimal: digits) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    /// The event that tells of a rotation.
    ///
    /// - Parameter timestamp: seconds since 1970.
    package static func event(timestamp: Int, reason: Reason, file: [UInt8], oldFile: [UInt8]) -> Event {
        Event(
            name: Array("E_FLATSTORE_ROTATION".utf8),
            attributes: [
                .init(name: Array("timestamp".utf8), value: .integer(timestamp)),
                .init(name: Array("reason".utf8), value: .bytes(Array(reason.rawValue.utf8))),
                .init(name: Array("filename".utf8), value: .bytes(file)),
                .init(name: Array("old_filename".utf8), value: .bytes(oldFile)),
            ])
    }
}

extension Int64 {
    /// Digits only, nil where there are none or too many.
    init?(decimal digits: ArraySlice<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(digit & 15))
            if overflow || carry { return nil }
            number = sum
        }
        self = number
    }
}
