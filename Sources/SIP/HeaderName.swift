/// Which single letters stand for a header's full name.
package enum CompactForms: Sendable {
    /// As on the wire (RFC 3261, 7.3.3, and the registry of header fields).
    case recognised
    /// A letter is a header of that name; `$hdr(s)` does not find a Subject (golden sip/hdr).
    case literal
}

extension HeaderKind {
    /// The kind that a header's name stands for; names are compared without case.
    package init(name: Bytes, compactForms: CompactForms = .recognised) {
        guard let base = name.baseAddress, name.count > 0 else {
            self = .other
            return
        }
        if name.count == 1 {
            self = compactForms == .recognised ? HeaderKind(letter: name[0]) : .other
        } else {
            let candidate = HeaderKind.candidate(base, name.count)
            self = candidate != .other && matches(base, name.count, candidate.name) ? candidate : .other
        }
    }

    private init(letter: UInt8) {
        switch letter | 0x20 {
        case _ where !letter.isLetter: self = .other
        case UInt8(ascii: "v"): self = .via
        case UInt8(ascii: "f"): self = .from
        case UInt8(ascii: "t"): self = .to
        case UInt8(ascii: "i"): self = .callID
        case UInt8(ascii: "m"): self = .contact
        case UInt8(ascii: "l"): self = .contentLength
        case UInt8(ascii: "c"): self = .contentType
        case UInt8(ascii: "e"): self = .contentEncoding
        case UInt8(ascii: "s"): self = .subject
        case UInt8(ascii: "k"): self = .supported
        case UInt8(ascii: "u"): self = .allowEvents
        case UInt8(ascii: "o"): self = .event
        case UInt8(ascii: "a"): self = .acceptContact
        case UInt8(ascii: "j"): self = .rejectContact
        case UInt8(ascii: "d"): self = .requestDisposition
        case UInt8(ascii: "r"): self = .referTo
        case UInt8(ascii: "b"): self = .referredBy
        case UInt8(ascii: "x"): self = .sessionExpires
        case UInt8(ascii: "y"): self = .identity
        default: self = .other
        }
    }

    // The only name that can be meant, told by length and by one or two letters that differ among the names of that
    // length; one comparison of the whole then decides.
    private static func candidate(_ name: UnsafePointer<UInt8>, _ count: Int) -> HeaderKind {
        switch count {
        case 2: .to
        case 3: .via
        case 4: ofLength4(name)
        case 5: ofLength5(name)
        case 6: ofLength6(name)
        case 7: ofLength7(name)
        case 8: ofLength8(name)
        case 9: ofLength9(name)
        case 10: ofLength10(name)
        case 11: ofLength11(name)
        case 12: ofLength12(name)
        case 13: ofLength13(name)
        case 14: ofLength14(name)
        case 15: ofLength15(name)
        case 16: ofLength16(name)
        case 18: name[0] | 0x20 == UInt8(ascii: "p") ? .proxyAuthenticate : .subscriptionState
        case 19: ofLength19(name)
        case 20: .pPreferredIdentity
        default: .other
        }
    }

    private static func ofLength4(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "f"): .from
        case UInt8(ascii: "c"): .cseq
        case UInt8(ascii: "d"): .date
        case UInt8(ascii: "j"): .join
        case UInt8(ascii: "r"): name[1] | 0x20 == UInt8(ascii: "a") ? .rack : .rseq
        case UInt8(ascii: "p"): .path
        default: .other
        }
    }

    private static func ofLength5(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "r"): .route
        case UInt8(ascii: "a"): .allow
        case UInt8(ascii: "e"): .event
        default: .other
        }
    }

    private static func ofLength6(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "s"): .server
        case UInt8(ascii: "a"): .accept
        case UInt8(ascii: "m"): .minSE
        case UInt8(ascii: "r"): .reason
        default: .other
        }
    }

    private static func ofLength7(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[2] | 0x20 {
        case UInt8(ascii: "l"): .callID
        case UInt8(ascii: "n"): .contact
        case UInt8(ascii: "p"): .expires
        case UInt8(ascii: "b"): .subject
        case UInt8(ascii: "q"): .require
        case UInt8(ascii: "r"): .warning
        case UInt8(ascii: "i"): .privacy
        default: .other
        }
    }

    private static func ofLength8(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[3] | 0x20 {
        case UInt8(ascii: "e"): .referTo
        case UInt8(ascii: "l"): name[4] | 0x20 == UInt8(ascii: "a") ? .replaces : .replyTo
        case UInt8(ascii: "n"): .identity
        case UInt8(ascii: "o"): .priority
        case UInt8(ascii: "-"): .sipETag
        default: .other
        }
    }

    private static func ofLength9(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "s"): .supported
        case UInt8(ascii: "t"): .timestamp
        case UInt8(ascii: "d"): .diversion
        case UInt8(ascii: "c"): .callInfo
        default: .other
        }
    }

    private static func ofLength10(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "u"): .userAgent
        case UInt8(ascii: "a"): .alertInfo
        case UInt8(ascii: "e"): .errorInfo
        default: .other
        }
    }

    private static func ofLength11(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[2] | 0x20 {
        case UInt8(ascii: "n"): .minExpires
        case UInt8(ascii: "s"): .unsupported
        case UInt8(ascii: "t"): .retryAfter
        case UInt8(ascii: "f"): .referredBy
        case UInt8(ascii: "-"): .inReplyTo
        default: .other
        }
    }

    private static func ofLength12(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[2] | 0x20 {
        case UInt8(ascii: "x"): .maxForwards
        case UInt8(ascii: "c"): .recordRoute
        case UInt8(ascii: "n"): .contentType
        case UInt8(ascii: "l"): .allowEvents
        case UInt8(ascii: "s"): .historyInfo
        case UInt8(ascii: "g"): .organization
        case UInt8(ascii: "m"): .mimeVersion
        case UInt8(ascii: "p"): .sipIfMatch
        default: .other
        }
    }

    private static func ofLength13(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "p"): .proxyRequire
        case UInt8(ascii: "a"): .authorization
        case UInt8(ascii: "s"): .serviceRoute
        default: .other
        }
    }

    private static func ofLength14(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[0] | 0x20 {
        case UInt8(ascii: "c"): .contentLength
        case UInt8(ascii: "a"): .acceptContact
        case UInt8(ascii: "r"): .rejectContact
        default: .other
        }
    }

    private static func ofLength15(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[7] | 0x20 {
        case UInt8(ascii: "e"): .acceptEncoding
        case UInt8(ascii: "l"): .acceptLanguage
        case UInt8(ascii: "-"): .sessionExpires
        case UInt8(ascii: "p"): .remotePartyID
        default: .other
        }
    }

    private static func ofLength16(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[10] | 0x20 {
        case UInt8(ascii: "c"): .contentEncoding
        case UInt8(ascii: "n"): .contentLanguage
        case UInt8(ascii: "t"): .wwwAuthenticate
        default: .other
        }
    }

    private static func ofLength19(_ name: UnsafePointer<UInt8>) -> HeaderKind {
        switch name[1] | 0x20 {
        case UInt8(ascii: "o"): .contentDisposition
        case UInt8(ascii: "e"): .requestDisposition
        case UInt8(ascii: "r"): .proxyAuthorization
        case UInt8(ascii: "u"): .authenticationInfo
        case UInt8(ascii: "-"): .pAssertedIdentity
        default: .other
        }
    }
}
