/// Where a variable ends when it stands in code; inside of strings other rules hold (`FormatParser`).
extension Lexer {
    /// The end of the variable that begins with the dollar sign at `start`.
    mutating func variable(_ start: Int) -> Int {
        let first = text.byte(start &+ 1)
        switch first {
        case UInt8(ascii: "$"): return start &+ 2
        case UInt8(ascii: "("): return parentheses(start, from: start &+ 1)
        case UInt8(ascii: "<"): return contextWithoutParentheses(start)
        default: break
        }
        var end = start &+ 1
        while text.byte(end).isVariableName { end &+= 1 }
        guard end > start &+ 1 else {
            report(
                .loneDollar, start, end, "a variable needs a name behind '$'",
                "like $ru, $var(x) or $(var(x){s.len}); a dollar sign as text belongs into quotes")
            return end
        }
        if text.byte(end) == UInt8(ascii: "(") {
            end = parentheses(start, from: end)
            return tail(start, end, .error)
        }
        checkWordOperators(start, end)
        return swallowed(start, end)
    }

    /// Behind the `)` that matches the `(` at `open`; the end of the line when there is none.
    private mutating func parentheses(_ start: Int, from open: Int) -> Int {
        let limit = min(text.count, open &+ VariableReader.maximumLength)
        if let end = VariableReader.closing(text, open, UInt8(ascii: "("), UInt8(ascii: ")"), upTo: limit) {
            return end
        }
        var end = open
        while end < text.count, text[end] != UInt8(ascii: "\n"), text[end] != UInt8(ascii: ";") { end &+= 1 }
        report(
            .unclosedVariable, start, open &+ 1, "the parenthesis of this variable is not closed", "write ')' behind it"
        )
        return end
    }

    /// `$<request>ru` works nowhere; it is read as what was meant.
    private mutating func contextWithoutParentheses(_ start: Int) -> Int {
        var end = start &+ 2
        while text.byte(end).isIdentifier { end &+= 1 }
        guard text.byte(end) == UInt8(ascii: ">") else {
            report(.loneDollar, start, start &+ 1, "a variable needs a name behind '$'", "like $ru or $var(x)")
            return start &+ 1
        }
        end &+= 1
        while text.byte(end).isVariableName { end &+= 1 }
        if text.byte(end) == UInt8(ascii: "(") { end = parentheses(start, from: end) }
        let inner = Diagnostic.clip(text, start &+ 1, end)
        report(
            .variableContext, start, end, "a context works only inside of parentheses", "write $(\(inner))")
        return end
    }

    /// `$challenge.algorithm`: the letters `or` end the name, so OpenSIPS refuses it.
    private mutating func checkWordOperators(_ start: Int, _ end: Int) {
        for index in start &+ 1..<end {
            let word: StaticString =
                switch text[index] {
                case UInt8(ascii: "a"): "and"
                case UInt8(ascii: "o"): "or"
                case UInt8(ascii: "n"): "not"
                default: ""
                }
            guard word.utf8CodeUnitCount > 0, index &+ word.utf8CodeUnitCount <= end, text.has(word, at: index) else {
                continue
            }
            let name = Diagnostic.clip(text, start &+ 1, end)
            report(
                .wordOperatorInVariable, start, end,
                "OpenSIPS takes the letters '\(word)' in this name for an operator",
                "write $(\(name))")
            return
        }
    }

    /// A plain form takes everything up to a blank or an operator with it, though only the name is used.
    private mutating func swallowed(_ start: Int, _ name: Int) -> Int {
        var end = tail(start, name, .warning)
        guard end == name else { return end }
        var brackets = 0
        while end < text.count, !endsVariable(end) {
            if text[end] == UInt8(ascii: "[") { brackets &+= 1 }
            if text[end] == UInt8(ascii: "]") {
                if brackets == 0 {
                    report(
                        .bracketAfterVariable, end, end &+ 1, "OpenSIPS takes this bracket for a part of the variable",
                        "write a blank in front of it")
                    break
                }
                brackets &-= 1
            }
            end &+= 1
        }
        if end > name {
            report(
                .ignoredAfterVariable, name, end, "\(Diagnostic.quote(text, name, end)) is ignored",
                "OpenSIPS uses only \(Diagnostic.clip(text, start, name)) of this; write a blank behind it",
                severity: .warning)
        }
        return end
    }

    private func endsVariable(_ index: Int) -> Bool {
        switch text[index] {
        case 32, 9, 13, 8, 10: true
        case UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "!"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "^"),
            UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
            UInt8(ascii: "%"):
            true
        case UInt8(ascii: ":"): text.byte(index &+ 1) == UInt8(ascii: "=")
        // OpenSIPS goes on here, and nothing good comes of it.
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }

    /// `$ru{uri.host}` and `$avp(x)[0]`, which need `$( )`: reported as a whole and left out.
    ///
    /// OpenSIPS loads the plain form when no character ends the variable on the way.
    private mutating func tail(_ start: Int, _ end: Int, _ severity: Diagnostic.Severity) -> Int {
        let limit = min(text.count, end &+ 256)
        var tail = end
        if text.byte(end) == UInt8(ascii: "["),
            let close = VariableReader.closing(text, end, UInt8(ascii: "["), UInt8(ascii: "]"), upTo: limit)
        {
            tail = close
        }
        while text.byte(tail) == UInt8(ascii: "{") {
            var index = tail &+ 1
            while text.byte(index).isLetter { index &+= 1 }
            guard index > tail &+ 1, text.byte(index) == UInt8(ascii: "."),
                let close = VariableReader.closing(text, tail, UInt8(ascii: "{"), UInt8(ascii: "}"), upTo: limit)
            else { break }
            tail = close
        }
        guard tail > end else { return end }
        let breaks = (end..<tail).contains {
            endsVariable($0) && text[$0] != UInt8(ascii: "{") && text[$0] != UInt8(ascii: "}")
        }
        let inner = Diagnostic.clip(text, start &+ 1, tail)
        report(
            .variableNeedsParentheses, end, tail, "an index or a transformation works only inside of $( )",
            "write $(\(inner))", severity: breaks ? .error : severity)
        return tail
    }
}
