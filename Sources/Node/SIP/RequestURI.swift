import SIP
import Script

extension MessageContext {
    /// The current request URI: what the script made of it, or the message's own. The bytes are valid during the call.
    func withRequestURI<Result>(_ body: (Bytes) -> Result) -> Result {
        if main.uri.isEmpty { return body(message[message.requestURI]) }
        return main.uri.withUnsafeBufferPointer(body)
    }

    /// The current request URI as long as the statement lasts.
    func requestURI(in scratch: Arena) -> Bytes {
        main.uri.isEmpty ? message[message.requestURI] : scratch.copy(main.uri).bytes
    }

    func setRequestURI(_ uri: Bytes) {
        main.uri.removeAll(keepingCapacity: true)
        main.uri.append(contentsOf: uri)
    }

    /// Replaces a part of the current request URI.
    /// - Parameter value: nil or nothing takes the part away.
    /// - Returns: false where the URI is broken or has no such part.
    func replace(_ part: URI.Part, with value: Bytes?) -> Bool {
        edit { uri, bytes, output in uri.write(bytes, replacing: part, with: value, into: &output) }
    }

    /// Replaces the user with its password.
    func replaceUserInfo(_ value: Bytes) -> Bool {
        edit { uri, bytes, output in
            guard uri.scheme == .sip || uri.scheme == .sips else { return false }
            output.append(contentsOf: bytes[ByteRange(uri.extent.lower, uri.schemeText.upper &+ 1)])
            if value.count > 0 {
                output.append(contentsOf: value)
                output.append(UInt8(ascii: "@"))
            }
            output.append(contentsOf: bytes[ByteRange(uri.host.lower, uri.extent.upper)])
            return true
        }
    }

    /// Changes the user alone; the password stays. An empty one is taken away.
    func editUser(_ change: (Bytes, inout [UInt8]) -> Void) -> Bool {
        edit { uri, bytes, output in
            var user: [UInt8] = []
            change(bytes[uri.user], &user)
            return user.withUnsafeBufferPointer {
                uri.write(bytes, replacing: .user, with: $0.isEmpty ? nil : $0, into: &output)
            }
        }
    }

    private func edit(_ write: (URI, Bytes, inout [UInt8]) -> Bool) -> Bool {
        var output: [UInt8] = []
        let isDone = withRequestURI { bytes in
            guard let uri = try? URI(bytes) else { return false }
            output.reserveCapacity(bytes.count + 32)
            return write(uri, bytes, &output)
        }
        if isDone { main.uri = output }
        return isDone
    }

    /// Number of a branch from the outside: 0 is the message's own, negative counts from the last.
    func branchIndex(_ index: Int) -> Int? {
        let resolved = index < 0 ? index + branches.count + 1 : index
        return resolved >= 0 && resolved <= branches.count ? resolved : nil
    }

    /// A branch by its number.
    subscript(branch index: Int) -> Target {
        get { index == 0 ? main : branches[index - 1] }
        set { if index == 0 { main = newValue } else { branches[index - 1] = newValue } }
    }

    /// The request URI of a branch.
    func uri(ofBranch index: Int) -> [UInt8] {
        index == 0 ? withRequestURI { Array($0) } : branches[index - 1].uri
    }

    /// More are refused.
    static let maximalBranches = 11

    /// - Returns: false when there are too many, or no URI.
    func addBranch(_ target: Target) -> Bool {
        guard branches.count < MessageContext.maximalBranches, !target.uri.isEmpty else { return false }
        branches.append(target)
        return true
    }
}
