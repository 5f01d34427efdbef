import SIP
import Syntax

/// How much of a message a transport module takes, as parameters of Siskin's own: in bytes, and for `max_headers` in
/// header lines. What is larger is dropped, and on a stream the connection is closed.
///
///     modparam("proto_udp", "max_headers", 100)
extension Limits {
    /// As the catalogue declares them.
    static let parameters = "param int max_message_size max_header_size max_uri_size max_headers"

    /// - Returns: false for another parameter.
    mutating func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) -> Bool {
        let limit: WritableKeyPath<Limits, Int>
        switch parameter {
        case "max_message_size": limit = \.message
        case "max_header_size": limit = \.header
        case "max_uri_size": limit = \.requestURI
        case "max_headers": limit = \.headers
        default: return false
        }
        guard let number = value.number, number > 0 else { throw ParameterError("a limit is a number above 0") }
        self[keyPath: limit] = Int(number)
        headerSection = min(headerSection, message)
        return true
    }
}
