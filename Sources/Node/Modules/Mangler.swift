import SIP
import Script
import Syntax

/// Contacts that lead to us and tell us where they come from, and session descriptions with other addresses or ports.
///
///     sip:alice:pw@10.0.0.9:5062;transport=tcp
///     sip:prefix*alice*pw*10.0.0.9*5062*tcp@192.0.2.1
///
/// Differs from OpenSIPS: what cannot be done answers -1, whatever the reason; `decode_contact` decodes the request URI
/// as the script has changed it; contacts that are no SIP URIs stay as they are.
final class Mangler: Module {
    static let name = "mangler"

    private var separator = UInt8(ascii: "*")

    init(_ node: Node) {}

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard parameter == "contact_flds_separator" else { return }
        guard let text = value.text?.utf8, text.count == 1, let byte = text.first else {
            throw ParameterError("the separator is one character")
        }
        separator = byte
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "encode_contact": { [unowned self] call in
                guard let prefix = call.text(0), let host = call.text(1) else { return .code(-1) }
                return changeContacts(&call) { bytes, uri in self.encode(uri, bytes, prefix, host) ?? Array(bytes) }
            },
            "decode_contact_header": { [unowned self] call in changeContacts(&call, decode) },
            "decode_contact": { [unowned self] call in
                let context = call.sip
                let decoded = context.withRequestURI { bytes in (try? URI(bytes)).flatMap { decode(bytes, $0) } }
                guard let decoded else { return .code(-1) }
                decoded.withUnsafeBufferPointer { context.setRequestURI($0) }
                return .code(1)
            },
            "sdp_mangle_ip": { call in
                guard let pattern = call.text(0), let network = Network(text: pattern), let ip = call.bytes(1) else {
                    return .code(-1)
                }
                return Mangler.change(&call, "c=") { line in
                    let place = line.last { $0.withIP { network.contains($0) == true } }
                    return place.map { ($0.range, ip) }
                }
            },
            "sdp_mangle_port": { call in
                guard let port = call.number(0), (1...65_535).contains(port) else { return .code(-1) }
                return Mangler.change(&call, "m=") { line in
                    line.dropFirst().first.map { ($0.range, Array(String(port).utf8)) }
                }
            },
        ])
    }

    // MARK: Contacts

    /// - Parameter change: the URI as it goes out; nil where it cannot be changed.
    private func changeContacts(_ call: inout CallContext, _ change: (Bytes, URI) -> [UInt8]?) -> Completion {
        let context = call.sip
        let message = context.message
        var index = 0
        do {
            while let address = try message.address(of: .contact, at: index) {
                index += 1
                guard !address.isWildcard else { continue }
                let bytes = message[address.uri]
                guard let changed = (try? URI(bytes)).flatMap({ change(bytes, $0) }) else { return .code(-1) }
                changed.withUnsafeBufferPointer { context.changes.replace(address.uri, with: $0) }
            }
        } catch {
            call.fiber.raise(badHeader: .contact)
            return .code(-1)
        }
        return .code(index > 0 ? 1 : -1)
    }

    /// Nil for what is no SIP URI.
    private func encode(_ uri: URI, _ bytes: Bytes, _ prefix: Bytes, _ host: Bytes) -> [UInt8]? {
        guard uri.scheme == .sip || uri.scheme == .sips else { return nil }
        let transport = uri.parameter("transport", in: bytes).map(\.value) ?? .absent
        let fields = [uri.user, uri.password, uri.host, uri.port, transport].map { Array(bytes[$0]) }
        let user = ([Array(prefix)] + fields).joined(separator: [separator])
        return Array(bytes[uri.schemeText]) + ":".utf8 + user + "@".utf8 + Array(host)
    }

    /// Nil for what was not encoded.
    private func decode(_ bytes: Bytes, _ uri: URI) -> [UInt8]? {
        let fields = bytes[uri.user].split(separator: separator, omittingEmptySubsequences: false).map { Array($0) }
        guard fields.count == 6, !fields[3].isEmpty else { return nil }
        var decoded = Array(bytes[uri.schemeText]) + ":".utf8 + fields[1]
        if !fields[2].isEmpty { decoded += ":".utf8 + fields[2] }
        if !fields[1].isEmpty { decoded += "@".utf8 }
        decoded += fields[3]
        if !fields[4].isEmpty { decoded += ":".utf8 + fields[4] }
        if !fields[5].isEmpty { decoded += ";transport=".utf8 + fields[5] }
        return decoded.withUnsafeBufferPointer { (try? URI($0)) == nil } ? nil : decoded
    }

    // MARK: Session descriptions

    private struct Word {
        let text: [UInt8]
        /// In the description.
        let range: Range<Int>

        func withIP(_ body: (IPAddress) -> Bool) -> Bool {
            text.withUnsafeBufferPointer { IPAddress(text: $0) }.map(body) ?? false
        }
    }

    /// Replaces a word in every line that begins so; the code is one more than the count of replacements.
    private static func change(
        _ call: inout CallContext, _ start: String, _ replacement: ([Word]) -> (Range<Int>, [UInt8])?
    ) -> Completion {
        guard var sdp = SDPVariables.current(call.sip) else { return .code(-1) }
        let lines = sdp.split(separator: 0x0a).filter { $0.starts(with: start.utf8) }
        let changes = lines.compactMap { line in
            replacement(
                line.split { $0 <= 0x20 || $0 == UInt8(ascii: "/") }.map { Word(text: Array($0), range: $0.indices) })
        }
        for (range, text) in changes.reversed() { sdp.replaceSubrange(range, with: text) }
        if !changes.isEmpty { SDPVariables.set(sdp, call.sip) }
        return .code(Int32(changes.count + 1))
    }
}
