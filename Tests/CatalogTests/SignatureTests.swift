import Testing

@testable import Catalog

/// How many arguments a call may have, and which of them may be empty.
@Suite struct SignatureTests {
    private func signature(_ text: String) throws -> Signature {
        try #require(Signature(facts: Substring(text), routes: .any))
    }

    @Test(arguments: [
        (")", [0]), ("s)", [1]), ("s?)", [0, 1]), ("ss?)", [1, 2]), ("s?s?)", [0, 1, 2]),
        // The mandatory third needs the commas of the optional ones before it.
        ("s?s?s)", [3]), ("ss?ss?s?a)", [6]), ("si?v=?)", [1, 2, 3]), ("0/2)", [0, 2]), ("1/2/3)q", [1, 2, 3]),
    ])
    func acceptedCounts(text: String, counts: [Int]) throws {
        #expect(try signature(text).argumentCounts == counts)
    }

    @Test(
        arguments: [
            ("ss?", [true, true], []),
            ("ss?", [true], []),
            ("ss?", [], [ArgumentFault.count(allowed: [1, 2])]),
            ("ss?", [true, true, true], [.count(allowed: [1, 2])]),
            // A trailing comma counts: f("a",) has two slots.
            ("s", [true, false], [.count(allowed: [1])]),
            ("s?s", [false, true], []),
            ("s?s", [false, false], [.empty(slot: 1)]),
            ("ss", [false, false], [.empty(slot: 0), .empty(slot: 1)]),
            ("s?s?", [false, false], []),
        ] as [(String, [Bool], [ArgumentFault])])
    func faultsOfCalls(text: String, slots: [Bool], faults: [ArgumentFault]) throws {
        #expect(try signature(text + ")").faults(filled: slots) == faults)
    }

    @Test func countsOf24SayNothingAboutEmptySlots() throws {
        let counted = try signature("0/2)")
        #expect(counted.faults(filled: [false, false]).isEmpty)
        #expect(counted.faults(filled: [true]) == [.count(allowed: [0, 2])])
    }

    @Test func anUnrecordedSignatureTakesAnything() throws {
        let function = try #require(Catalog.core.functions.named("tcp_close_conn"))
        #expect(function.signature.shape == .unknown)
        #expect(function.signature.faults(filled: [true, false, true]).isEmpty)
        #expect(function.signature(in: .v36) == nil)
    }

    @Test(arguments: ["", "s", "x)", "s<)", "s<z>)", "s)y", "s??", "?)"])
    func brokenSignaturesAreRefused(text: Substring) {
        #expect(Signature(facts: text, routes: .any) == nil)
    }

    @Test func noFunctionTakesMoreThanTheParserAllows() {
        for facts in CountTests.modules + [Catalog.core] {
            for function in facts.functions + facts.asyncFunctions {
                let counts = function.signature.argumentCounts ?? [0]
                #expect(counts == counts.sorted())
                #expect((counts.last ?? 0) <= Catalog.language.limits.functionArguments, "\(function.name)")
            }
        }
    }

    @Test func routeTypesByKeyword() {
        for block in Catalog.language.routeBlocks {
            #expect(RouteTypes(keyword: block.keyword) == block.type)
            #expect(block.type.keywords == [block.keyword])
        }
        #expect(RouteTypes(keyword: "routes") == nil)
        #expect(RouteTypes([.request, .failure]).description == "route, failure_route")
        #expect(RouteTypes.any.keywords.count == 9)
    }
}
