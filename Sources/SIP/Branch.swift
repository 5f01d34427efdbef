extension Message {
    /// Appends the branch for forwarding this request without a transaction (RFC 3261, 16.11): the same for a
    /// retransmission, for a CANCEL and for the ACK of a final error reply, so that all take the same way and match
    /// downstream.
    /// - Parameters:
    ///   - index: tells the targets of one request apart.
    ///   - key: the node's secret; without it branches could be guessed.
    /// - Throws: if what identifies the transaction cannot be parsed.
    package func writeBranch(index: Int = 0, key: KeyedHash.Key, into output: inout [UInt8]) throws(ParseError) {
        let (first, second) = try transactionHash(index: index, key: key)
        output.append("z9hG4bK")
        output.append(hexadecimal: first)
        output.append(hexadecimal: second)
    }

    /// A number that a request shares with its retransmissions, its CANCEL and its ACK.
    package func transactionHash(index: Int = 0, key: KeyedHash.Key) throws(ParseError) -> (UInt64, UInt64) {
        var hash = KeyedHash(key)
        try addTransaction(to: &hash)
        hash.add(UInt8(truncatingIfNeeded: index))
        return hash.finish()
    }

    /// Adds what a request has in common with its retransmissions, its CANCEL and its ACK.
    func addTransaction(to hash: inout KeyedHash) throws(ParseError) {
        guard let via = try via() else { throw ParseError(.missingHeader(.via), at: firstLine.line.upper, in: .via) }
        if via.hasUsableBranch(in: bytes) {
            hash.add(piece: bytes[via.branch])
            hash.add(piece: bytes[via.host])
            hash.add(UInt8(truncatingIfNeeded: via.portNumber))
            hash.add(UInt8(truncatingIfNeeded: via.portNumber &>> 8))
            return
        }
        // A sender of RFC 2543. The tag of To is left out: the ACK has one, the INVITE has none.
        hash.add(piece: bytes[requestURI])
        hash.add(piece: bytes[callID])
        if let from = try from() { hash.add(piece: bytes[from.tag]) }
        if let cseq = try cseq() { hash.add(piece: bytes[cseq.numberText]) }
        hash.add(piece: bytes[via.whole])
    }
}
