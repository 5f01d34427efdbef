import SIP
import Script

/// `$au`, `$ar`, `$auth.*` from what a request presents, and `$challenge.*` from what a reply asks for.
enum CredentialVariables {
    static func all() -> [String: VariableAccess] {
        [
            "au": presented { user($0, $1).map { .text($0) } ?? .null },
            "aU": presented { parameter("username", $0, $1) },
            "ad": presented { domain($0, $1).map { .text($0) } ?? .null },
            "ar": presented { parameter("realm", $0, $1) },
            "an": presented { parameter("nonce", $0, $1) },
            "adu": presented { parameter("uri", $0, $1) },
            "auth.alg": presented { parameter("algorithm", $0, $1) },
            "auth.cnonce": presented { parameter("cnonce", $0, $1) },
            "auth.nc": presented { parameter("nc", $0, $1) },
            "auth.nonce": presented { parameter("nonce", $0, $1) },
            "auth.opaque": presented { parameter("opaque", $0, $1) },
            "auth.qop": presented { parameter("qop", $0, $1) },
            "auth.resp": presented { parameter("response", $0, $1) },
            "challenge.algorithm": asked { parameter("algorithm", $0, $1) },
            "challenge.ck": asked { key("ck", $0, $1) }, "challenge.ik": asked { key("ik", $0, $1) },
            "challenge.nonce": asked { parameter("nonce", $0, $1) },
            "challenge.opaque": asked { parameter("opaque", $0, $1) },
            "challenge.qop": asked { parameter("qop", $0, $1) },
            "challenge.realm": asked { parameter("realm", $0, $1) },
        ]
    }

    private static func presented(_ value: @escaping (Bytes, Credentials) -> Value) -> VariableAccess {
        first(of: [.authorization, .proxyAuthorization], value)
    }

    private static func asked(_ value: @escaping (Bytes, Credentials) -> Value) -> VariableAccess {
        first(of: [.wwwAuthenticate, .proxyAuthenticate], value)
    }

    private static func first(
        of kinds: [HeaderKind], _ value: @escaping (Bytes, Credentials) -> Value
    ) -> VariableAccess {
        VariableAccess(get: { context in
            let message = context.sip.message
            for kind in kinds {
                guard let header = message.header(kind) else { continue }
                guard let credentials = try? Credentials(message.bytes, in: header.value) else { return .null }
                return value(message.bytes, credentials)
            }
            return .null
        })
    }

    private static func parameter(_ name: StaticString, _ bytes: Bytes, _ credentials: Credentials) -> Value {
        .present(bytes, credentials.parameter(name, in: bytes))
    }

    /// The keys of AKA are empty where a challenge has none.
    private static func key(_ name: StaticString, _ bytes: Bytes, _ credentials: Credentials) -> Value {
        .text(bytes[credentials.parameter(name, in: bytes)])
    }

    /// Of `alice@example.org` the part before the sign.
    private static func user(_ bytes: Bytes, _ credentials: Credentials) -> Bytes? {
        let range = credentials.parameter("username", in: bytes)
        guard range.isPresent else { return nil }
        let name = bytes[range]
        return Bytes(rebasing: name.prefix { $0 != UInt8(ascii: "@") })
    }

    private static func domain(_ bytes: Bytes, _ credentials: Credentials) -> Bytes? {
        let name = bytes[credentials.parameter("username", in: bytes)]
        guard let at = name.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        return Bytes(rebasing: name[(at + 1)...])
    }
}
