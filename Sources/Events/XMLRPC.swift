/// Events as XML-RPC calls, the HTTP body that `xmlrpc:` sockets post.
package enum XMLRPC {
    /// How the attributes become parameters (modparam `use_struct_param`). The event's name is the first parameter in
    /// both.
    package enum Parameters: Sendable {
        /// One parameter an attribute, its name in a `name` element beside the value. That is what OpenSIPS sends,
        /// although XML-RPC has no named parameters.
        case separate
        /// All named attributes in one structure.
        case structure
    }

    package static func appendCall(
        _ event: Event, method: [UInt8], parameters: Parameters, to text: inout [UInt8]
    ) {
        text.append(text: "<?xml version=\"1.0\"?>\n<methodCall>\n<methodName>")
        append(escaped: method, to: &text)
        text.append(text: "</methodName>\n<params>\n<param>\n")
        append(.bytes(event.name), to: &text)
        text.append(text: "</param>\n")
        switch parameters {
        case .separate:
            for attribute in event.attributes {
                text.append(text: "<param>\n")
                if let name = attribute.name { append(name: name, to: &text) }
                append(attribute.value, to: &text)
                text.append(text: "</param>\n")
            }
        case .structure: appendStructure(event, to: &text)
        }
        text.append(text: "</params>\n</methodCall>\n")
    }

    private static func appendStructure(_ event: Event, to text: inout [UInt8]) {
        if event.attributes.contains(where: { $0.name != nil }) {
            text.append(text: "<param>\n<value><struct>\n")
            for attribute in event.attributes {
                guard let name = attribute.name else { continue }
                text.append(text: "<member>\n")
                append(name: name, to: &text)
                append(attribute.value, to: &text)
                text.append(text: "</member>\n")
            }
            text.append(text: "</struct></value>\n</param>\n")
        }
        for attribute in event.attributes where attribute.name == nil {
            text.append(text: "<param>\n")
            append(attribute.value, to: &text)
            text.append(text: "</param>\n")
        }
    }

    private static func append(name: [UInt8], to text: inout [UInt8]) {
        text.append(text: "<name>")
        append(escaped: name, to: &text)
        text.append(text: "</name>\n")
    }

    /// Appends a `value` element. XML 1.0 has no way to write a control character, and XML-RPC no string that is not
    /// Unicode: such bytes go as `base64`. An `int` has 32 bits; larger numbers go as decimal strings.
    private static func append(_ value: Event.Value, to text: inout [UInt8]) {
        switch value {
        case .integer(let number) where Int32(exactly: number) != nil:
            text.append(text: "<value><int>")
            text.append(decimal: number)
            text.append(text: "</int></value>\n")
        case .integer(let number):
            text.append(text: "<value><string>")
            text.append(decimal: number)
            text.append(text: "</string></value>\n")
        case .bytes(let bytes) where isText(bytes):
            text.append(text: "<value><string>")
            append(escaped: bytes, to: &text)
            text.append(text: "</string></value>\n")
        case .bytes(let bytes):
            text.append(text: "<value><base64>")
            Base64.append(bytes, to: &text)
            text.append(text: "</base64></value>\n")
        }
    }

    /// The bytes are characters that XML 1.0 (section 2.2) can hold.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        var at = 0
        while at < bytes.count {
            let length = characterLength(bytes, at: at)
            if length == 0 { return false }
            at += length
        }
        return true
    }

    private static func characterLength(_ bytes: [UInt8], at index: Int) -> Int {
        let byte = bytes[index]
        if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D ? 1 : 0 }
        let length = UTF8Text.length(of: bytes, at: index)
        // U+FFFE and U+FFFF are no characters of XML.
        if length == 3, byte == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE { return 0 }
        return length
    }

    /// Appends text; what XML cannot hold becomes a question mark, which only names and methods can meet with.
    private static func append(escaped bytes: [UInt8], to text: inout [UInt8]) {
        var at = 0
        while at < bytes.count {
            let length = characterLength(bytes, at: at)
            switch bytes[at] {
            case _ where length == 0: text.append(UInt8(ascii: "?"))
            case UInt8(ascii: "&"): text.append(text: "&amp;")
            case UInt8(ascii: "<"): text.append(text: "&lt;")
            case UInt8(ascii: ">"): text.append(text: "&gt;")
            // A literal carriage return would be read as a line feed (XML 1.0, section 2.11).
            case 0x0D: text.append(text: "&#13;")
            default: text.append(contentsOf: bytes[at..<at + length])
            }
            at += max(1, length)
        }
    }

    /// What an XML-RPC server answered.
    package enum Reply: Equatable, Sendable {
        case returned, fault, unreadable
    }

    /// Reads the body of an HTTP answer: a response with parameters, a fault, or neither. Only the elements that tell
    /// them apart are looked at.
    package static func reply(in body: [UInt8]) -> Reply {
        guard let response = index(of: "<methodResponse", in: body[...]) else { return .unreadable }
        let rest = body[response...]
        if index(of: "</methodResponse", in: rest) == nil { return .unreadable }
        let fault = index(of: "<fault", in: rest)
        let parameters = index(of: "<params", in: rest)
        switch (fault, parameters) {
        case (nil, nil): return .unreadable
        case (nil, _): return .returned
        case (_, nil): return .fault
        case (let fault?, let parameters?): return fault < parameters ? .fault : .returned
        }
    }

    private static func index(of needle: StaticString, in text: ArraySlice<UInt8>) -> Int? {
        needle.withUTF8Buffer { needle in
            var at = text.startIndex
            while text.endIndex - at >= needle.count {
                if text[at] == needle[0], text[at..<at + needle.count].elementsEqual(needle) { return at }
                at += 1
            }
            return nil
        }
    }
}

/// RFC 4648, section 4.
enum Base64 {
    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = bytes.count - start
            let second = left > 1 ? bytes[start + 1] : 0
            let third = left > 2 ? bytes[start + 2] : 0
            text.append(digit(bytes[start] >> 2))
            text.append(digit((bytes[start] & 3) << 4 | second >> 4))
            text.append(left > 1 ? digit((second & 15) << 2 | third >> 6) : UInt8(ascii: "="))
            text.append(left > 2 ? digit(third & 63) : UInt8(ascii: "="))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + (value - 26)
        case 52..<62: UInt8(ascii: "0") + (value - 52)
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
