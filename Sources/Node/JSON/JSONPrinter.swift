extension JSON {
    /// `{"a":1}`
    package var text: [UInt8] { JSONPrinter.print(self, escapesSlash: false) ?? [] }

    /// Reads such a text; nil where it is none.
    package init?(text: [UInt8]) {
        guard let value = try? JSONParser.parse(text) else { return nil }
        self = value
    }
}

/// Writes JSON as json-c does, on which OpenSIPS relies.
package struct JSONPrinter {
    package enum Style {
        /// `{"a":1}`
        case compact
        /// `{ "a": 1 }`, as `$json` reads
        case spaced
        /// One member or element a line, two blanks a level
        case pretty
    }

    private(set) var bytes: [UInt8] = []
    private let style: Style
    private let escapesSlash: Bool
    private let limit: Int
    private var failed = false

    private init(_ style: Style, escapesSlash: Bool, limit: Int) {
        self.style = style
        self.escapesSlash = escapesSlash
        self.limit = limit
    }

    /// The text of a value; nil where it is longer than `limit` bytes or too deep.
    /// - Parameter escapesSlash: writes `\/`, which is allowed and what `$json` shows.
    package static func print(
        _ value: JSON, _ style: Style = .compact, escapesSlash: Bool = true, limit: Int = .max
    ) -> [UInt8]? {
        var printer = JSONPrinter(style, escapesSlash: escapesSlash, limit: limit)
        printer.write(value, depth: 0)
        return printer.failed || printer.bytes.count > limit ? nil : printer.bytes
    }

    private mutating func write(_ value: JSON, depth: Int) {
        if failed || bytes.count > limit || depth > JSON.maximalDepth {
            failed = true
            return
        }
        switch value {
        case .null: bytes += "null".utf8
        case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .number(let text): bytes += text
        case .string(let text): write(text)
        case .array(let array):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in array.elements.enumerated() {
                separate(index, depth)
                write(element, depth: depth + 1)
            }
            close(UInt8(ascii: "]"), isEmpty: array.elements.isEmpty, depth)
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                separate(index, depth)
                write(member.name)
                bytes.append(UInt8(ascii: ":"))
                if style == .spaced { bytes.append(UInt8(ascii: " ")) }
                write(member.value, depth: depth + 1)
            }
            close(UInt8(ascii: "}"), isEmpty: object.members.isEmpty, depth)
        }
    }

    private mutating func separate(_ index: Int, _ depth: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        switch style {
        case .compact: break
        case .spaced: bytes.append(UInt8(ascii: " "))
        case .pretty: newLine(depth + 1)
        }
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool, _ depth: Int) {
        switch style {
        case .compact: break
        case .spaced: bytes.append(UInt8(ascii: " "))
        case .pretty: newLine(depth)
        }
        bytes.append(bracket)
    }

    private mutating func newLine(_ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth &* 2))
    }

    private mutating func write(_ text: [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "/") where !escapesSlash: bytes.append(byte)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0a: bytes += "\\n".utf8
            case 0x0c: bytes += "\\f".utf8
            case 0x0d: bytes += "\\r".utf8
            case 0..<0x20:
                bytes += "\\u00".utf8
                bytes.append(hex(byte >> 4))
                bytes.append(hex(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 87 + digit }
}
