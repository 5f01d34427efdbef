import Testing

@testable import Catalog

/// The totals for 3.6.8 that were counted when the facts were collected.
@Suite struct CountTests {
    static let modules = Catalog.moduleNames.compactMap(Catalog.module(named:))
    static let current = modules.filter { $0.releases.contains(.v36) }

    @Test func modulesOfAllReleasesAndOfTheCurrentOne() {
        #expect(Catalog.moduleNames.count == 205)
        #expect(Self.modules.count == 205)
        #expect(Self.current.count == 193)
        #expect(Self.current.filter(\.isBuiltin).map(\.name) == ["proto_tcp", "proto_udp"])
    }

    @Test(arguments: [
        (ExportKind.function, 526), (.asyncFunction, 25), (.parameter, 1686), (.variable, 133), (.event, 45),
        (.command, 228), (.statistic, 74), (.transformation, 4),
    ])
    func exportsOfModules(kind: ExportKind, count: Int) {
        let total = Self.current.map { $0.exports(of: kind).filter { $0.releases.contains(.v36) }.count }
        #expect(total.reduce(0, +) == count)
    }

    @Test(arguments: [
        (ExportKind.function, 56), (.variable, 144), (.transformation, 96), (.event, 7), (.command, 38),
        (.parameter, 0),
    ])
    func exportsOfTheCore(kind: ExportKind, count: Int) {
        #expect(Catalog.core.exports(of: kind).filter { $0.releases.contains(.v36) }.count == count)
    }

    @Test func wordsOfTheLanguage() {
        let language = Catalog.language
        #expect(language.statements.count == 16)
        #expect(language.globals.available(in: .v36).count == 108)
        #expect(language.reservedWords.available(in: .v36).count == 157)
        #expect(language.routeBlocks.count == 9)
        let classes = Catalog.core.transformations.map { $0.name.prefix { $0 != "." } }
        #expect(Set(classes).count == 9)
    }

    @Test func everyListIsSortedSoThatLookupsWork() {
        for facts in Self.modules + [Catalog.core] {
            for kind in ExportKind.allCases {
                let names = facts.exports(of: kind).map(\.name)
                #expect(names == names.sorted(), "\(facts.name) \(kind)")
            }
        }
    }
}
