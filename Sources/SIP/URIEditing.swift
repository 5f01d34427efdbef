extension URI {
    /// What a script can change of a URI: `$rU`, `$rd`, `$rp`, `sethostport` and their kin.
    package enum Part: Sendable {
        case user, host, port, hostAndPort
    }

    /// Appends this URI with one part replaced; everything else stays as it is written.
    /// - Parameters:
    ///   - bytes: what the URI was parsed from.
    ///   - value: nil takes a user (with the password) or a port away; a host cannot be taken away.
    /// - Returns: false, and nothing appended, if a URI of this scheme has no such part.
    package func write(
        _ bytes: Bytes, replacing part: Part, with value: Bytes?, into output: inout [UInt8]
    ) -> Bool {
        switch scheme {
        case .sip, .sips: break
        case .tel:
            guard part == .user, let value else { return false }
            output.append(contentsOf: bytes[ByteRange(extent.lower, user.lower)])
            output.append(contentsOf: value)
            output.append(contentsOf: bytes[ByteRange(user.upper, extent.upper)])
            return true
        case .service, .other: return false
        }
        guard value != nil || part == .user || part == .port else { return false }
        output.append(contentsOf: bytes[ByteRange(extent.lower, schemeText.upper &+ 1)])
        if part == .user {
            if let value, value.count > 0 {
                output.append(contentsOf: value)
                output.append(contentsOf: bytes[ByteRange(user.isPresent ? user.upper : host.lower, host.lower)])
                if !user.isPresent { output.append(UInt8(ascii: "@")) }
            }
        } else {
            output.append(contentsOf: bytes[ByteRange(schemeText.upper &+ 1, host.lower)])
        }
        switch part {
        case .host, .hostAndPort: output.append(contentsOf: value ?? bytes[host])
        case .user, .port: output.append(contentsOf: bytes[host])
        }
        if part == .port {
            if let value, value.count > 0 {
                output.append(UInt8(ascii: ":"))
                output.append(contentsOf: value)
            }
        } else if part != .hostAndPort, port.isPresent {
            output.append(UInt8(ascii: ":"))
            output.append(contentsOf: bytes[port])
        }
        let tail = port.isPresent ? port.upper : host.upper
        output.append(contentsOf: bytes[ByteRange(tail, extent.upper)])
        return true
    }
}
