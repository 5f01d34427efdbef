/// Every transformation, as the machine runs them. The names of the classes and functions are in
/// `TransformationSignature`.
package enum TransformationFunction: UInt8, CaseIterable, Sendable {
    // {s.*}
    case length, integer, substring, select, index, lastIndex
    case lowercase, uppercase, trim, trimLeft, trimRight, reverse
    case fillLeft, fillRight, width
    case md5, sha1, sha224, sha256, sha384, sha512
    case hmacSHA1, hmacSHA224, hmacSHA256, hmacSHA384, hmacSHA512
    case crc32, exclusiveOr
    case encodeHexadecimal, decodeHexadecimal, encodeBase64, decodeBase64
    case decimalToHexadecimal, hexadecimalToDecimal
    case escapeCommon, unescapeCommon, escapeUser, unescapeUser, escapeParameter, unescapeParameter
    case dateToUnixTime
    /// Expands the variables in a text, which only the machine can.
    case evaluate
    // {re.*}
    case substitute
    // {uri.*}
    case uriScheme, uriUser, uriPassword, uriHost, uriPort, uriParameters, uriParameter, uriHeaders
    case uriTransport, uriTTL, uriUserParameter, uriMaddr, uriMethod, uriLR, uriR2
    // {via.*}
    case viaName, viaVersion, viaTransport, viaHost, viaPort, viaComment, viaParameters, viaParameter
    case viaBranch, viaReceived, viaRport
    // {nameaddr.*}
    case nameAddressName, nameAddressURI, nameAddressLength, nameAddressParameters, nameAddressParameter
    // {param.*}
    case parameterValue, parameterExists, parameterValueAt, parameterName, parameterCount
    // {csv.*}
    case csvCount, csvValue
    // {sdp.*}
    case sdpLine, sdpStream, sdpStreamDelete
    // {ip.*}
    case ipPack, ipUnpack, isIP, isIPv4, isIPv6, ipFamily, ipMatches, isPrivateIP
    /// The address of a host name. Here only addresses resolve, to themselves; names are the node's to ask for.
    case ipResolve
    // {rest.*}, from the module rest_client
    case urlEscape, urlUnescape
}
