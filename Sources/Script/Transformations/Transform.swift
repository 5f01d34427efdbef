import SIP

/// Applies one transformation.
///
/// Total: any bytes, numbers and NULLs are fine, what makes no sense is NULL, and so is a result longer than
/// `Value.maximalCount`. Linear in the text and the arguments.
/// - Parameters:
///   - value: what it is applied to; NULL stays NULL.
///   - arguments: in the order of `BoundTransformation.arguments`, variables evaluated.
///   - substitution: of `{re.subst}` where it was bound; without it the text comes as argument.
/// - Returns: a part of `value`'s text, or a text in the scratch arena.
///
/// `{s.eval}` and the names of `{ip.resolve}` are the machine's; here they are NULL.
package func transform(
    _ function: TransformationFunction, _ value: Value, _ arguments: UnsafeBufferPointer<Value>,
    substitution: Substitution?, matcher: Matcher, scratch: Arena
) -> Value {
    guard !value.isNull else { return value }
    let text = value.text(in: scratch)
    let arguments = TransformationArguments(values: arguments, scratch: scratch)
    switch function {
    case .length: return .number(Int32(truncatingIfNeeded: text.count))
    case .integer: return .number(parseInteger(text), writtenAs: .text(text))
    case .substring:
        guard let offset = arguments.number(0), let count = arguments.number(1) else { return .null }
        return text.substring(from: offset, count: count)
    case .select:
        guard let index = arguments.number(0), let separator = arguments.byte(1) else { return .null }
        return text.field(index, separatedBy: separator)
    case .index, .lastIndex: return findIndex(function, text, arguments)
    case .lowercase: return text.lowercased(in: scratch)
    case .uppercase: return text.uppercased(in: scratch)
    case .trim: return value.isNumber ? value : text.trimmed(left: true, right: true)
    case .trimLeft: return value.isNumber ? value : text.trimmed(left: true, right: false)
    case .trimRight: return value.isNumber ? value : text.trimmed(left: false, right: true)
    case .reverse: return text.reversed(in: scratch)
    case .fillLeft, .fillRight, .width: return transformWidth(function, text, arguments)
    case .md5, .sha1, .sha224, .sha256, .sha384, .sha512, .hmacSHA1, .hmacSHA224, .hmacSHA256, .hmacSHA384,
        .hmacSHA512, .crc32:
        return transformDigest(function, text, arguments)
    case .exclusiveOr:
        // Of a number only the text form changes, as in OpenSIPS.
        let result = transformDigest(function, text, arguments)
        return value.isNumber && result.isText ? .number(value.number, writtenAs: result) : result
    case .encodeHexadecimal, .decodeHexadecimal, .encodeBase64, .decodeBase64, .decimalToHexadecimal,
        .hexadecimalToDecimal, .dateToUnixTime:
        return transformEncoding(function, value, text, scratch)
    case .escapeCommon, .unescapeCommon, .escapeUser, .unescapeUser, .escapeParameter, .unescapeParameter, .urlEscape,
        .urlUnescape:
        return transformEscapes(function, text, scratch)
    case .evaluate: return .null
    case .substitute: return substitute(value, text, arguments, substitution, matcher)
    case .uriScheme, .uriUser, .uriPassword, .uriHost, .uriPort, .uriParameters, .uriParameter, .uriHeaders,
        .uriTransport, .uriTTL, .uriUserParameter, .uriMaddr, .uriMethod, .uriLR, .uriR2:
        return transformURI(function, text, arguments)
    case .viaName, .viaVersion, .viaTransport, .viaHost, .viaPort, .viaComment, .viaParameters, .viaParameter,
        .viaBranch, .viaReceived, .viaRport:
        return transformVia(function, text, arguments)
    case .nameAddressName, .nameAddressURI, .nameAddressLength, .nameAddressParameters, .nameAddressParameter:
        return transformNameAddress(function, text, arguments)
    case .parameterValue, .parameterExists, .parameterValueAt, .parameterName, .parameterCount:
        return transformParameters(function, text, arguments)
    case .csvCount, .csvValue: return transformCSV(function, text, arguments)
    case .sdpLine, .sdpStream, .sdpStreamDelete: return transformSDP(function, text, arguments)
    case .ipPack, .ipUnpack, .isIP, .isIPv4, .isIPv6, .ipFamily, .ipMatches, .isPrivateIP, .ipResolve:
        return transformIP(function, text, arguments)
    }
}

/// What stands behind the function's name, evaluated.
struct TransformationArguments {
    let values: UnsafeBufferPointer<Value>
    // Lives as long as the call of `transform`; counting references would cost more than most transformations.
    unowned(unsafe) let scratch: Arena

    var count: Int { values.count }

    /// Nil if it is missing, NULL, or text only.
    @inline(__always)
    func number(_ index: Int) -> Int? {
        guard index < values.count, values[index].isNumber else { return nil }
        return Int(values[index].number)
    }

    /// Nil if it is missing or NULL.
    @inline(__always)
    func text(_ index: Int) -> Bytes? {
        guard index < values.count, !values[index].isNull else { return nil }
        return values[index].text(in: scratch)
    }

    /// The first byte of a text; nil if there is none.
    @inline(__always)
    func byte(_ index: Int) -> UInt8? {
        guard let text = text(index), text.count > 0 else { return nil }
        return text[0]
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The piece as a value; the caller vouches for the bounds.
    @inline(__always)
    func value(_ lower: Int, _ upper: Int) -> Value {
        guard let baseAddress else { return .empty }
        return .text(baseAddress + lower, upper &- lower)
    }

    /// The piece as a value, NULL if absent.
    @inline(__always)
    func value(_ range: ByteRange) -> Value {
        guard range.isPresent, range.upper <= count else { return .null }
        return value(range.lower, range.upper)
    }

    /// The piece as a value, NULL if absent or empty.
    @inline(__always)
    func nonEmpty(_ range: ByteRange) -> Value { range.isEmpty ? .null : value(range) }
}
