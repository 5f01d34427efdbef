/// How much of a message is accepted; more is an error, never a crash or a long wait.
package struct Limits: Hashable, Sendable {
    /// Bytes of the whole message; the largest UDP datagram by default.
    package var message = 65_535
    /// Header lines (a folded one counts once).
    package var headers = 256
    /// Bytes of the request URI.
    package var requestURI = 8_192
    /// Bytes of one header with its folds.
    package var header = 32_768
    /// Bytes from the first line to the empty one; used where messages come as a stream.
    package var headerSection = 65_535

    package init() {}
}
