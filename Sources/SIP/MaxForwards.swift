/// How far a request may still go (RFC 3261, 16.3 step 3 and 16.6 step 3).
package enum MaxForwards: Hashable, Sendable {
    /// The request does not say.
    case missing
    case hops(Int)
    /// 0: may not be forwarded (483).
    case exhausted
    /// The value is no number.
    case broken
}

extension Message {
    package var maxForwards: MaxForwards {
        do {
            guard let hops = try number(.maxForwards) else { return .missing }
            return hops == 0 ? .exhausted : .hops(hops)
        } catch {
            return .broken
        }
    }
}

extension Changes {
    /// Counts the hop: one less, or `initial` where there was no Max-Forwards. A higher number than `initial` is cut
    /// down to it.
    package mutating func countHop(of message: Message, initial: Int = 70) {
        switch message.maxForwards {
        case .missing:
            insert(at: message.headersEnd) { text in
                text.append("Max-Forwards: ")
                text.append(decimal: initial)
                text.append("\r\n")
            }
        case .hops(let hops):
            replace(message.trimmed(.maxForwards)) { $0.append(decimal: min(hops &- 1, initial)) }
        case .exhausted, .broken:
            break
        }
    }
}
