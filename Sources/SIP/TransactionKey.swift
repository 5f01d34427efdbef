/// What messages of one transaction have in common (RFC 3261, 17.1.3 and 17.2.3), shortened to 128 bits. The hash is
/// keyed: nobody can make foreign messages meet.
package struct TransactionKey: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    /// The server transaction that a request belongs to. An ACK belongs to its INVITE's.
    /// - Parameter method: look for another method's transaction instead, such as the INVITE that a CANCEL is about.
    package init(server request: Message, method: Method? = nil, key: KeyedHash.Key) throws(ParseError) {
        var hash = KeyedHash(key)
        try request.addTransaction(to: &hash)
        let wanted = method ?? request.method
        if wanted == .other {
            hash.add(piece: request[request.firstLine.methodText])
        } else {
            hash.add(wanted == .ack ? Method.invite.rawValue : wanted.rawValue)
        }
        (first, second) = hash.finish()
    }

    /// The client transaction that a reply belongs to: the branch of the topmost Via, which is our own, and the method.
    package init(client reply: Message, key: KeyedHash.Key) throws(ParseError) {
        guard let via = try reply.via() else { throw ParseError(.missingHeader(.via), at: 0, in: .via) }
        guard let cseq = try reply.cseq() else { throw ParseError(.missingHeader(.cseq), at: 0, in: .cseq) }
        self.init(branch: reply[via.branch], method: reply[cseq.methodText], key: key)
    }

    /// The client transaction of a request that goes out with this branch.
    package init(branch: Bytes, method: Bytes, key: KeyedHash.Key) {
        var hash = KeyedHash(key)
        hash.add(piece: branch)
        hash.add(piece: method)
        (first, second) = hash.finish()
    }
}
