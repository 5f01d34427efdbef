/// The headers that this library knows by name; every other header is `other` and found by its text.
package enum HeaderKind: UInt8, Sendable, CaseIterable {
    case other, via, from, to, callID, cseq, contact, maxForwards, route, recordRoute, contentLength, contentType
    case contentEncoding, contentDisposition, contentLanguage, userAgent, server, expires, minExpires, subject
    case supported, require, proxyRequire, unsupported, allow, allowEvents, event, accept, acceptEncoding
    case acceptLanguage, acceptContact, rejectContact, requestDisposition, date, timestamp, warning, retryAfter
    case authorization, wwwAuthenticate, proxyAuthorization, proxyAuthenticate, authenticationInfo, referTo
    case referredBy, replaces, join, sessionExpires, minSE, subscriptionState, rack, rseq, reason, diversion
    case historyInfo, pAssertedIdentity, pPreferredIdentity, privacy, remotePartyID, path, serviceRoute, identity
    case organization, priority, inReplyTo, mimeVersion, alertInfo, callInfo, errorInfo, replyTo, sipETag
    case sipIfMatch

    /// How many kinds there are; raw values lie below.
    static var count: Int { Int(HeaderKind.sipIfMatch.rawValue) + 1 }

    /// The full name as the registry of header fields writes it; empty for `other`.
    @inline(__always)
    package var name: StaticString {
        switch self {
        case .other: ""
        case .via: "Via"
        case .from: "From"
        case .to: "To"
        case .callID: "Call-ID"
        case .cseq: "CSeq"
        case .contact: "Contact"
        case .maxForwards: "Max-Forwards"
        case .route: "Route"
        case .recordRoute: "Record-Route"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .contentEncoding: "Content-Encoding"
        case .contentDisposition: "Content-Disposition"
        case .contentLanguage: "Content-Language"
        case .userAgent: "User-Agent"
        case .server: "Server"
        case .expires: "Expires"
        case .minExpires: "Min-Expires"
        case .subject: "Subject"
        case .supported: "Supported"
        case .require: "Require"
        case .proxyRequire: "Proxy-Require"
        case .unsupported: "Unsupported"
        case .allow: "Allow"
        case .allowEvents: "Allow-Events"
        case .event: "Event"
        case .accept: "Accept"
        case .acceptEncoding: "Accept-Encoding"
        case .acceptLanguage: "Accept-Language"
        case .acceptContact: "Accept-Contact"
        case .rejectContact: "Reject-Contact"
        case .requestDisposition: "Request-Disposition"
        case .date: "Date"
        case .timestamp: "Timestamp"
        case .warning: "Warning"
        case .retryAfter: "Retry-After"
        case .authorization: "Authorization"
        case .wwwAuthenticate: "WWW-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .authenticationInfo: "Authentication-Info"
        case .referTo: "Refer-To"
        case .referredBy: "Referred-By"
        case .replaces: "Replaces"
        case .join: "Join"
        case .sessionExpires: "Session-Expires"
        case .minSE: "Min-SE"
        case .subscriptionState: "Subscription-State"
        case .rack: "RAck"
        case .rseq: "RSeq"
        case .reason: "Reason"
        case .diversion: "Diversion"
        case .historyInfo: "History-Info"
        case .pAssertedIdentity: "P-Asserted-Identity"
        case .pPreferredIdentity: "P-Preferred-Identity"
        case .privacy: "Privacy"
        case .remotePartyID: "Remote-Party-ID"
        case .path: "Path"
        case .serviceRoute: "Service-Route"
        case .identity: "Identity"
        case .organization: "Organization"
        case .priority: "Priority"
        case .inReplyTo: "In-Reply-To"
        case .mimeVersion: "MIME-Version"
        case .alertInfo: "Alert-Info"
        case .callInfo: "Call-Info"
        case .errorInfo: "Error-Info"
        case .replyTo: "Reply-To"
        case .sipETag: "SIP-ETag"
        case .sipIfMatch: "SIP-If-Match"
        }
    }
}
