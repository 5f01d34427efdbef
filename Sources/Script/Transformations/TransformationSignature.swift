/// How a transformation is written: `{class.name,argument,...}`.
package struct TransformationSignature: Sendable {
    package enum Parameter: Sendable {
        /// A number or a variable that holds one; text that looks like a number does not do.
        case number
        /// Like `number`; a literal must not be negative.
        case positiveNumber
        /// Text or a variable; blanks around it do not count.
        case text
        /// The first byte of a text, blanks and commas included, or a variable.
        case character
        /// Like `number` and `text`, but no variables.
        case literalNumber, literalText
        /// The rest up to the closing brace, or a variable.
        case substitution
    }

    package let function: TransformationFunction
    package let className: String
    package let name: String
    package let parameters: [Parameter]
    /// How many of `parameters` have to be there; the others may be left out.
    package let requiredCount: Int
    /// The module that brings the transformation; nil for the core.
    package let module: String?

    /// Whether a position can stand in front of the name, `{nameaddr.1.uri}`.
    package var isIndexed: Bool { className == "nameaddr" }

    private init(
        _ function: TransformationFunction, _ className: String, _ name: String, _ parameters: [Parameter] = [],
        optional: Int = 0, module: String? = nil
    ) {
        self.function = function
        self.className = className
        self.name = name
        self.parameters = parameters
        requiredCount = parameters.count - optional
        self.module = module
    }

    /// The transformation of that name, both in lower case.
    package static func find(className: String, name: String) -> TransformationSignature? {
        byName[className]?[name]
    }

    package static let classNames: [String] = byName.keys.sorted()

    /// The functions of a class.
    package static func names(inClass className: String) -> [String] { byName[className]?.keys.sorted() ?? [] }

    /// Some functions have two names.
    package static let all: [TransformationSignature] =
        text + digests + encodings + uri + via + lists + addresses

    private static let byName: [String: [String: TransformationSignature]] =
        Dictionary(grouping: all, by: \.className).mapValues { members in
            Dictionary(members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
}

extension TransformationSignature {
    private static let text: [TransformationSignature] = [
        .init(.length, "s", "len"),
        .init(.integer, "s", "int"),
        .init(.substring, "s", "substr", [.number, .number]),
        .init(.select, "s", "select", [.number, .character]),
        .init(.index, "s", "index", [.text, .number], optional: 1),
        .init(.lastIndex, "s", "rindex", [.text, .number], optional: 1),
        .init(.lowercase, "s", "tolower"),
        .init(.uppercase, "s", "toupper"),
        .init(.trim, "s", "trim"),
        .init(.trimLeft, "s", "triml"),
        .init(.trimRight, "s", "trimr"),
        .init(.reverse, "s", "reverse"),
        .init(.fillLeft, "s", "fill.left", [.literalText, .literalNumber]),
        .init(.fillRight, "s", "fill.right", [.literalText, .literalNumber]),
        .init(.width, "s", "width", [.positiveNumber]),
        .init(.dateToUnixTime, "s", "date2unix"),
        .init(.evaluate, "s", "eval"),
        .init(.substitute, "re", "subst", [.substitution]),
    ]

    private static let digests: [TransformationSignature] = [
        .init(.md5, "s", "md5"),
        .init(.sha1, "s", "sha1"),
        .init(.sha224, "s", "sha224"),
        .init(.sha256, "s", "sha256"),
        .init(.sha384, "s", "sha384"),
        .init(.sha512, "s", "sha512"),
        .init(.hmacSHA1, "s", "sha1_hmac", [.text]),
        .init(.hmacSHA224, "s", "sha224_hmac", [.text]),
        .init(.hmacSHA256, "s", "sha256_hmac", [.text]),
        .init(.hmacSHA384, "s", "sha384_hmac", [.text]),
        .init(.hmacSHA512, "s", "sha512_hmac", [.text]),
        .init(.crc32, "s", "crc32"),
        .init(.exclusiveOr, "s", "xor", [.text]),
    ]

    private static let encodings: [TransformationSignature] = [
        .init(.encodeHexadecimal, "s", "encode.hexa"),
        .init(.decodeHexadecimal, "s", "decode.hexa"),
        .init(.encodeBase64, "s", "b64encode"),
        .init(.decodeBase64, "s", "b64decode"),
        .init(.decimalToHexadecimal, "s", "dec2hex"),
        .init(.hexadecimalToDecimal, "s", "hex2dec"),
        .init(.escapeCommon, "s", "escape.common"),
        .init(.unescapeCommon, "s", "unescape.common"),
        .init(.escapeUser, "s", "escape.user"),
        .init(.unescapeUser, "s", "unescape.user"),
        .init(.escapeParameter, "s", "escape.param"),
        .init(.unescapeParameter, "s", "unescape.param"),
        .init(.urlEscape, "rest", "escape", module: "rest_client"),
        .init(.urlUnescape, "rest", "unescape", module: "rest_client"),
    ]

    private static let uri: [TransformationSignature] = [
        .init(.uriScheme, "uri", "schema"),
        .init(.uriUser, "uri", "user"),
        .init(.uriPassword, "uri", "passwd"),
        .init(.uriHost, "uri", "host"),
        .init(.uriHost, "uri", "domain"),
        .init(.uriPort, "uri", "port"),
        .init(.uriParameters, "uri", "params"),
        .init(.uriParameter, "uri", "param", [.text]),
        .init(.uriHeaders, "uri", "headers"),
        .init(.uriTransport, "uri", "transport"),
        .init(.uriTTL, "uri", "ttl"),
        .init(.uriUserParameter, "uri", "uparam"),
        .init(.uriMaddr, "uri", "maddr"),
        .init(.uriMethod, "uri", "method"),
        .init(.uriLR, "uri", "lr"),
        .init(.uriR2, "uri", "r2"),
    ]

    private static let via: [TransformationSignature] = [
        .init(.viaName, "via", "name"),
        .init(.viaVersion, "via", "version"),
        .init(.viaTransport, "via", "transport"),
        .init(.viaHost, "via", "host"),
        .init(.viaHost, "via", "domain"),
        .init(.viaPort, "via", "port"),
        .init(.viaComment, "via", "comment"),
        .init(.viaParameters, "via", "params"),
        .init(.viaParameter, "via", "param", [.text]),
        .init(.viaBranch, "via", "branch"),
        .init(.viaReceived, "via", "received"),
        .init(.viaRport, "via", "rport"),
    ]

    private static let lists: [TransformationSignature] = [
        .init(.nameAddressName, "nameaddr", "name"),
        .init(.nameAddressURI, "nameaddr", "uri"),
        .init(.nameAddressLength, "nameaddr", "len"),
        .init(.nameAddressParameters, "nameaddr", "params"),
        .init(.nameAddressParameter, "nameaddr", "param", [.text]),
        .init(.parameterValue, "param", "value", [.text]),
        .init(.parameterExists, "param", "exist", [.text]),
        .init(.parameterExists, "param", "exists", [.text]),
        .init(.parameterValueAt, "param", "valueat", [.number]),
        .init(.parameterName, "param", "name", [.number]),
        .init(.parameterCount, "param", "count"),
        .init(.csvCount, "csv", "count"),
        .init(.csvValue, "csv", "value", [.number]),
        .init(.sdpLine, "sdp", "line", [.text, .positiveNumber], optional: 1),
        .init(.sdpStream, "sdp", "stream", [.text]),
        .init(.sdpStreamDelete, "sdp", "stream-delete", [.text]),
    ]

    private static let addresses: [TransformationSignature] = [
        .init(.ipPack, "ip", "pton"),
        .init(.ipUnpack, "ip", "ntop"),
        .init(.isIP, "ip", "isip"),
        .init(.isIPv4, "ip", "isip4"),
        .init(.isIPv6, "ip", "isip6"),
        .init(.ipFamily, "ip", "family"),
        .init(.ipMatches, "ip", "matches", [.text]),
        .init(.isPrivateIP, "ip", "isprivate"),
        .init(.ipResolve, "ip", "resolve"),
    ]
}
