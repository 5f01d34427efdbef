import Testing

@testable import Script

@Suite struct BindingTests {
    private func bind(_ call: String) throws -> BoundTransformation {
        let parts = call.split(separator: ",", omittingEmptySubsequences: false)
        let dot = try #require(parts[0].firstIndex(of: "."))
        return try BoundTransformation(
            className: String(parts[0][..<dot]), name: String(parts[0][parts[0].index(after: dot)...]),
            arguments: parts.dropFirst().map { $0.first == "$" ? nil : [UInt8]($0.utf8) })
    }

    @Test(
        arguments: [
            ("s.nosuch", .unknownFunction), ("nosuch.len", .unknownClass), ("s.substr,1", .missingArgument(1)),
            ("s.substr", .missingArgument(0)), ("s.substr,x,1", .notANumber(0)), ("s.substr,1,", .notANumber(1)),
            ("s.substr,0x1,1", .notANumber(0)), ("s.width,-1", .negative(0)), ("s.width,3x", .notANumber(0)),
            ("s.width", .missingArgument(0)), ("s.fill.left,,5", .emptyArgument(0)),
            ("s.fill.left,x", .missingArgument(1)),
            ("s.fill.left,x,y", .notANumber(1)), ("s.fill.left,$v,5", .variableNotAllowed(0)),
            ("s.fill.right,x,$v", .variableNotAllowed(1)), ("s.index,l,x", .notANumber(1)),
            ("s.xor", .missingArgument(0)),
            ("s.sha1_hmac", .missingArgument(0)), ("csv.value", .missingArgument(0)), ("csv.value,x", .notANumber(0)),
            ("sdp.line,a,-1", .negative(1)), ("sdp.stream", .missingArgument(0)), ("ip.matches", .missingArgument(0)),
            ("nameaddr.x.uri", .badIndex), ("nameaddr.1.nosuch", .unknownFunction),
            ("param.valueat", .missingArgument(0)),
        ] as [(String, TransformationError)])
    func whatOpenSIPSRefusesIsRefused(_ call: String, _ error: TransformationError) {
        #expect(throws: error) { try bind(call) }
        #expect(!error.message.isEmpty)
    }

    @Test func argumentsAreMadeReady() throws {
        #expect(try bind("S.SubStr, 1 ,$n").arguments == [.number(1), .variable(1)])
        #expect(try bind("s.select,1,,").arguments == [.number(1), .text([0x2c])])
        #expect(try bind("s.select,1, x").arguments == [.number(1), .text([0x20])])
        #expect(try bind("s.index, a b ").arguments == [.text(Array("a b".utf8))])
        #expect(try bind("nameaddr.-2.param,q").arguments == [.number(-2), .text([0x71])])
        #expect(try bind("nameaddr.uri").arguments == [.number(0)])
        #expect(try bind("s.len,extra").arguments == [])
        #expect(try bind("re.subst,$r").substitution == nil)
    }

    @Test func aSubstitutionIsParsedAtOnce() throws {
        let bound = try bind("re.subst,/a,b/<$var(x)$(avp(y)[0]{s.len})$rU.>/g")
        let substitution = try #require(bound.substitution)
        #expect(substitution.isGlobal)
        #expect(substitution.variables == ["$var(x)", "$(avp(y)[0]{s.len})", "$rU"].map { Array($0.utf8) })
        #expect(
            substitution.replacement == [
                .text([0x3c]), .variable(0), .variable(1), .variable(2), .text(Array(".>".utf8)),
            ])
        #expect(try bind("re.subst,/a/b").fault == SubstitutionError(.missingDelimiter(0x2f), at: 4))
        #expect(
            try bind("re.subst,/a(/b/").fault == SubstitutionError(.pattern(PatternError(.unclosedGroup, at: 1)), at: 2)
        )
        #expect(try bind("re.subst,/a/b/gq").fault == SubstitutionError(.unknownFlag(0x71), at: 6))
        #expect(try bind("re.subst,/a/$-/").fault == SubstitutionError(.loneDollar, at: 3))
    }

    @Test func everyFunctionHasAName() {
        for function in TransformationFunction.allCases {
            #expect(TransformationSignature.all.contains { $0.function == function }, "\(function)")
        }
        let names = TransformationSignature.all.map { "\($0.className).\($0.name)" }
        #expect(Set(names).count == names.count)
        // The 96 of the core, and two of the module rest_client.
        #expect(TransformationSignature.all.filter { $0.module == nil }.count == 96)
        #expect(names.count == 98)
        for signature in TransformationSignature.all {
            let found = TransformationSignature.find(className: signature.className, name: signature.name)
            #expect(found?.function == signature.function)
        }
        #expect(TransformationSignature.names(inClass: "csv") == ["count", "value"])
    }
}
