extension SocketAddress {
    /// Parses a policy and the sockets up to the end of the text or of the group.
    static func virtual(_ words: inout SocketWords, depth: Int) throws(SocketAddressError) -> SocketAddress {
        let start = words.offset
        if depth > deepestNesting { throw SocketAddressError(reason: .tooDeep(limit: deepestNesting), offset: start) }
        guard case .text(let name)? = words.next() else {
            throw SocketAddressError(reason: .unknownPolicy([]), offset: start)
        }
        guard let policy = Policy(rawValue: String(decoding: name, as: UTF8.self)) else {
            throw SocketAddressError(reason: .unknownPolicy(Array(name)), offset: start)
        }
        var sockets: [SocketAddress] = []
        while let socket = try socket(&words, depth: depth) { sockets.append(socket) }
        if sockets.isEmpty { throw SocketAddressError(reason: .noSockets, offset: words.offset) }
        return .virtual(policy, sockets)
    }

    /// Parses the next socket; nil at the end of the text or of the group.
    private static func socket(
        _ words: inout SocketWords, depth: Int
    ) throws(SocketAddressError) -> SocketAddress? {
        switch words.peek() {
        case nil, .close?: return nil
        case .open(let offset)?:
            _ = words.next()
            if depth >= deepestNesting {
                throw SocketAddressError(reason: .tooDeep(limit: deepestNesting), offset: offset)
            }
            guard let inner = try socket(&words, depth: depth + 1) else {
                throw SocketAddressError(reason: .noSockets, offset: offset)
            }
            guard case .close? = words.next() else {
                throw SocketAddressError(reason: .unbalancedParenthesis, offset: offset)
            }
            return inner
        case .text(let text)?:
            _ = words.next()
            guard text.starts(with: "virtual:".utf8) else { return try SocketAddress.parse(text) }
            let policy = text.dropFirst("virtual:".utf8.count)
            if !policy.isEmpty { words.putBack(policy) }
            return try virtual(&words, depth: depth + 1)
        }
    }
}

/// The words of a virtual socket: separated by blanks and tabs, with parentheses before and behind them.
///
/// A parenthesis is one only there, so paths may hold them; a path that ends in one cannot stand in a virtual socket.
struct SocketWords {
    enum Word {
        case open(offset: Int)
        case close(offset: Int)
        case text(ArraySlice<UInt8>)

        var offset: Int {
            switch self {
            case .open(let offset), .close(let offset): offset
            case .text(let text): text.startIndex
            }
        }
    }

    private var words: [Word] = []
    private var at = 0
    private let end: Int

    init(_ text: ArraySlice<UInt8>) throws(SocketAddressError) {
        end = text.endIndex
        var depth = 0
        for var word in text.split(whereSeparator: isBlank) {
            while word.first == UInt8(ascii: "(") {
                words.append(.open(offset: word.startIndex))
                depth += 1
                word.removeFirst()
            }
            let bare = word.dropLast(word.reversed().prefix { $0 == UInt8(ascii: ")") }.count)
            if !bare.isEmpty { words.append(.text(bare)) }
            for offset in bare.endIndex..<word.endIndex {
                words.append(.close(offset: offset))
                depth -= 1
                if depth < 0 { throw SocketAddressError(reason: .unbalancedParenthesis, offset: offset) }
            }
        }
    }

    /// Where the next word begins.
    var offset: Int { peek()?.offset ?? end }

    func peek() -> Word? { at < words.count ? words[at] : nil }

    mutating func next() -> Word? {
        guard let word = peek() else { return nil }
        at += 1
        return word
    }

    /// Makes text, the rest of the word just taken, the next word.
    mutating func putBack(_ text: ArraySlice<UInt8>) {
        at -= 1
        words[at] = .text(text)
    }
}

func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

extension UInt8 {
    private var isAlphanumeric: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// Letters, digits, dot, hyphen and underscore: what names and IPv4 addresses are made of.
    var isHostName: Bool {
        isAlphanumeric || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }

    /// What an IPv6 address with a zone is made of.
    var isIPv6: Bool { isHostName || self == UInt8(ascii: ":") || self == UInt8(ascii: "%") }
}
