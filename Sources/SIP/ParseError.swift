/// Why some bytes are not what they should be, and where.
package struct ParseError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        // The message as a whole.
        case emptyMessage
        case messageTooLong
        case badRequestLine
        case badStatusLine
        case badMethod
        case unsupportedVersion
        case requestURITooLong
        case tooManyHeaders
        case headerTooLong
        case badHeaderLine
        case unterminatedHeaders
        // Between headers.
        case missingHeader(HeaderKind)
        case repeatedHeader(HeaderKind)
        case badContentLength
        case conflictingContentLength
        case bodyShorterThanContentLength
        case methodMismatch
        // Values.
        case badNumber
        case badCSeq
        case badVia
        case badDate
        case emptyParameter
        case unterminatedQuote
        case unterminatedBracket
        case unexpectedByte
        // Addresses.
        case expectedURI
        case bareURIWithHeaders
        case headersInRequestURI
        case missingScheme
        case emptyUser
        case emptyHost
        case badHost
        case badPort
        case badAddress
    }

    package let reason: Reason
    /// Bytes from the start of the buffer that was parsed; for a message, from its first byte.
    package let offset: Int
    /// The kind of header whose value is broken; `.other` where it is not about a value.
    package var header: HeaderKind

    package init(_ reason: Reason, at offset: Int, in header: HeaderKind = .other) {
        self.reason = reason
        self.offset = offset
        self.header = header
    }

    /// The same error, told to belong to a header.
    func inside(_ header: HeaderKind) -> ParseError { ParseError(reason, at: offset, in: header) }
}
