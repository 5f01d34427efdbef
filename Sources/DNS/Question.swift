/// What is asked of a name server.
package struct Question: Hashable, Sendable {
    /// The records that a SIP element asks for (RFC 3263).
    package enum Kind: UInt16, Sendable {
        /// Services at names (RFC 2782).
        case srv = 33
        /// Names of services (RFC 3403).
        case naptr = 35
    }

    package var name: DomainName
    package var kind: Kind

    package init(_ name: DomainName, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// The message that asks it: recursion wanted, one question (RFC 1035, 4.1).
    package func query(id: UInt16) -> [UInt8] {
        var message: [UInt8] = [UInt8(id >> 8), UInt8(id & 0xff), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        name.write(into: &message)
        message += [0, UInt8(kind.rawValue), 0, Response.internet]
        return message
    }
}

/// A service of a name, from RFC 2782.
package struct ServiceRecord: Hashable, Sendable {
    /// The smallest comes first.
    package var priority: UInt16
    /// The share among those of the same priority.
    package var weight: UInt16
    package var port: UInt16
    /// The root means that the service is not there.
    package var target: DomainName

    package init(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.target = target
    }
}

/// A step to the service of a name, from RFC 3403.
package struct NamingAuthorityRecord: Hashable, Sendable {
    package var order: UInt16
    package var preference: UInt16
    /// `S` where the replacement has SRV records.
    package var flags: String
    /// `SIP+D2U`
    package var service: String
    package var replacement: DomainName

    package init(order: UInt16, preference: UInt16, flags: String, service: String, replacement: DomainName) {
        self.order = order
        self.preference = preference
        self.flags = flags
        self.service = service
        self.replacement = replacement
    }
}

package enum Record: Hashable, Sendable {
    case service(ServiceRecord)
    case namingAuthority(NamingAuthorityRecord)
}
