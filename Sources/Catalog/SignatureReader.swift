extension Signature {
    /// Reads what follows the opening parenthesis: `si?)qf`, `1/2)`; without letters behind it the routes given.
    init?(facts text: Substring, routes: RouteTypes) {
        guard let (list, letters) = text.pair(at: ")") else { return nil }
        guard let types = letters.isEmpty ? routes : RouteTypes(letters: letters) else { return nil }
        if list.utf8.first.map({ (0x30...0x39).contains($0) }) == true {
            let counts = list.cut(at: "/").compactMap { Int($0) }
            self.init(.counts(counts), routes: types)
        } else {
            var parameters: [Parameter] = []
            var rest = list
            while let parameter = Parameter(facts: &rest) { parameters.append(parameter) }
            guard rest.isEmpty else { return nil }
            self.init(.parameters(parameters), routes: types)
        }
    }
}

extension Parameter {
    /// Takes one parameter off the front; nil at the end and, with the text left as it was, for an unknown letter.
    fileprivate init?(facts text: inout Substring) {
        switch text.utf8.first {
        case UInt8(ascii: "s"): self.init(.string)
        case UInt8(ascii: "i"): self.init(.int)
        case UInt8(ascii: "v"): self.init(.variable)
        case UInt8(ascii: "a"): self.init(.variable, .avp)
        case UInt8(ascii: "r"): self.init(.regex)
        default: return nil
        }
        text.removeFirst()
        while let mark = text.utf8.first {
            switch mark {
            case UInt8(ascii: "?"): marks.insert(.optional)
            case UInt8(ascii: "="): marks.insert(.writable)
            case UInt8(ascii: "!"): marks.insert(.literal)
            case UInt8(ascii: "^"): marks.insert(.raw)
            case UInt8(ascii: "#"): marks.insert(.orNumber)
            case UInt8(ascii: "<"):
                guard let (name, rest) = text.dropFirst().pair(at: ">"), let known = Reference(facts: name) else {
                    return nil
                }
                reference = known
                text = rest
                continue
            default: return
            }
            text.removeFirst()
        }
    }
}

extension Parameter.Reference {
    fileprivate init?(facts name: Substring) {
        switch name {
        case "branch": self = .branchFlag
        case "message": self = .messageFlag
        default:
            guard let type = RouteTypes(letters: name) else { return nil }
            self = .route(type)
        }
    }
}
