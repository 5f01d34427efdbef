/// The methods of SIP requests; `other` is any token that is none of these.
package enum Method: UInt8, Sendable, CaseIterable {
    case invite, ack, bye, cancel, options, register
    case prack, subscribe, notify, publish, info, refer, message, update
    case other

    /// Methods are compared with case (RFC 3261, 7.1).
    package init(_ text: Bytes) {
        guard let base = text.baseAddress, text.count >= 3 else {
            self = .other
            return
        }
        let candidate: Method
        switch (text.count, text[0]) {
        case (3, UInt8(ascii: "A")): candidate = .ack
        case (3, _): candidate = .bye
        case (4, _): candidate = .info
        case (5, UInt8(ascii: "R")): candidate = .refer
        case (5, _): candidate = .prack
        case (6, UInt8(ascii: "I")): candidate = .invite
        case (6, UInt8(ascii: "C")): candidate = .cancel
        case (6, UInt8(ascii: "N")): candidate = .notify
        case (6, _): candidate = .update
        case (7, UInt8(ascii: "O")): candidate = .options
        case (7, UInt8(ascii: "M")): candidate = .message
        case (7, _): candidate = .publish
        case (8, _): candidate = .register
        case (9, _): candidate = .subscribe
        default: candidate = .other
        }
        let name = candidate.name
        var i = 0
        while i < name.utf8CodeUnitCount, base[i] == name.utf8Start[i] { i &+= 1 }
        self = i == text.count && i > 0 ? candidate : .other
    }

    /// The method as it is written; empty for `other`.
    package var name: StaticString {
        switch self {
        case .invite: "INVITE"
        case .ack: "ACK"
        case .bye: "BYE"
        case .cancel: "CANCEL"
        case .options: "OPTIONS"
        case .register: "REGISTER"
        case .prack: "PRACK"
        case .subscribe: "SUBSCRIBE"
        case .notify: "NOTIFY"
        case .publish: "PUBLISH"
        case .info: "INFO"
        case .refer: "REFER"
        case .message: "MESSAGE"
        case .update: "UPDATE"
        case .other: ""
        }
    }
}
