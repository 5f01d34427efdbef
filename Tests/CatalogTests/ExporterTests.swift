import Testing

@testable import Catalog

/// "t_relay is exported by the module tm": the catalogue knows who has a name.
@Suite struct ExporterTests {
    @Test func oneModuleHasIt() {
        #expect(Catalog.exporters(of: .function, named: "t_relay") == [Exporter(module: "tm", releases: .all)])
        #expect(Catalog.exporters(of: .variable, named: "json").map(\.module) == ["json"])
        #expect(Catalog.exporters(of: .event, named: "E_UL_AOR_INSERT").map(\.module) == ["usrloc"])
        #expect(Catalog.exporters(of: .statistic, named: "active_dialogs").map(\.module) == ["dialog"])
    }

    @Test func theCoreHasIt() {
        #expect(Catalog.exporters(of: .function, named: "strip").map(\.module) == ["core"])
        #expect(Catalog.exporters(of: .variable, named: "ru").map(\.module) == ["core"])
        #expect(Catalog.exporters(of: .transformation, named: "uri.host").map(\.module) == ["core"])
    }

    @Test func severalModulesHaveIt() {
        let modules = Catalog.exporters(of: .parameter, named: "db_url").map(\.module)
        #expect(modules.count > 20)
        #expect(modules == modules.sorted())
    }

    @Test func twoEntriesOfOneModuleAreOneExporter() {
        #expect(Catalog.exporters(of: .variable, named: "sdp").count == 1)
        #expect(Catalog.exporters(of: .function, named: "call_transfer").count == 1)
    }

    @Test func aNameThatMovedIsInBothPlaces() {
        let exporters = Catalog.exporters(of: .function, named: "has_totag")
        #expect(exporters.map(\.module) == ["sipmsgops", "uri"])
        #expect(exporters.map(\.releases) == [Releases(from: .v34, to: .v40), Releases(.v24)])
    }

    @Test func everyNameLeadsBackToItsModule() throws {
        for name in Catalog.moduleNames {
            let facts = try #require(Catalog.module(named: name))
            for kind in ExportKind.allCases {
                for export in facts.exports(of: kind) {
                    let exporters = Catalog.exporters(of: kind, named: export.name)
                    let exporter = try #require(exporters.first { $0.module == name }, "\(name) \(export.name)")
                    #expect(exporter.releases.isSuperset(of: export.releases))
                    #expect(facts.releases.isSuperset(of: export.releases), "\(name) \(export.name)")
                }
            }
        }
    }
}
