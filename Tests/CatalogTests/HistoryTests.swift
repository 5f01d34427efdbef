import Testing

@testable import Catalog

/// What a checker tells the owner of an old script.
@Suite struct HistoryTests {
    let history = Catalog.history

    @Test func aFunctionMovedToAnotherModule() throws {
        let rename = try #require(history.rename(of: .function, named: "uri_param", in: "uri"))
        #expect(rename.newOwner == "sipmsgops" && rename.newName == "ruri_has_param" && rename.since == .v34)
        #expect(history.rename(of: .function, named: "uri_param", in: "tm") == nil)
    }

    @Test func oldSpellingsOfCoreFunctions() {
        #expect(history.rename(of: .function, named: "rewritehost")?.newName == "sethost")
        #expect(history.rename(of: .function, named: "seth")?.newName == "sethost")
        #expect(history.rename(of: .function, named: "append_branch")?.since == .v36)
    }

    @Test func globalsVariablesOptionsAndModules() {
        #expect(history.rename(of: .global, named: "children")?.newName == "udp_workers")
        #expect(history.rename(of: .variable, named: "Ri")?.newName == "socket_in(ip)")
        #expect(history.rename(of: .option, named: "use_children")?.newName == "use_workers")
        #expect(history.rename(of: .module, named: "siptrace", in: "siptrace")?.newName == "tracer")
        #expect(history.rename(of: .parameter, named: "db_mode", in: "usrloc")?.changesValue == true)
    }

    @Test func modulesThatAreGone() {
        #expect(history.droppedModules.first { $0.name == "event_route" }?.remains == .core)
        #expect(history.droppedModules.first { $0.name == "uri" }?.remains == .split)
        #expect(history.reusedModules.first?.name == "mi_http")
    }

    @Test func syntaxByRelease() throws {
        let quoted = try #require(history.syntaxChange("int_argument_quoted"))
        #expect(quoted.ruling(in: .v24)?.verdict == .ok)
        #expect(quoted.ruling(in: .v36)?.verdict == .error)
        #expect(quoted.fix == "strip(1)")
        let ports = try #require(history.syntaxChange("socket_port_list"))
        #expect(ports.ruling(in: .v34)?.verdict == .error && ports.ruling(in: .v36)?.verdict == .ok)
        #expect(history.syntaxChange("nothing") == nil)
    }

    @Test func everySyntaxChangeRulesOnEveryRelease() {
        for change in history.syntaxChanges {
            for release in Release.allCases { #expect(change.ruling(in: release) != nil, "\(change.id)") }
            #expect(!change.example.isEmpty)
        }
    }

    @Test func everyRenameLeadsFromAnOldNameToANewOne() throws {
        for rename in history.renames {
            switch rename.kind {
            case .function:
                try hold(rename, \.functions)
            case .parameter:
                try hold(rename, \.parameters)
            case .variable:
                try hold(rename, \.variables)
            case .global:
                #expect(Catalog.language.globals.named(rename.name) != nil, "\(rename)")
                #expect(Catalog.language.globals.named(rename.newName) != nil, "\(rename)")
            case .module:
                #expect(Catalog.module(named: rename.name) != nil, "\(rename)")
                #expect(Catalog.module(named: rename.newName)?.releases.contains(rename.since) == true, "\(rename)")
            case .option:
                #expect(Catalog.language.socketOptions.contains { $0.name == rename.newName })
            }
        }
    }

    private func hold<Fact: Exported>(_ rename: Rename, _ list: KeyPath<ModuleFacts, [Fact]>) throws {
        func bare(_ name: String) -> String { String(name.prefix { $0 != "(" }) }
        func facts(_ owner: String) -> ModuleFacts? { owner == "core" ? Catalog.core : Catalog.module(named: owner) }
        let old = try #require(facts(rename.owner)?[keyPath: list].named(bare(rename.name)), "\(rename)")
        let new = try #require(facts(rename.newOwner)?[keyPath: list].named(bare(rename.newName)), "\(rename)")
        #expect(old.releases.releases.contains { $0 < rename.since }, "\(rename)")
        #expect(new.releases.contains(rename.since), "\(rename)")
    }

    @Test(arguments: [
        ("2.4", [Release.v24]), ("3.4+", [.v34, .v36, .v40]), ("2.4..3.6", [.v24, .v34, .v36]), ("4.0+", [.v40]),
        ("3.4..3.6", [.v34, .v36]),
    ])
    func setsOfReleases(text: String, releases: [Release]) throws {
        let set = try #require(Releases(text))
        #expect(set.releases == releases)
        #expect(set.description == text)
    }

    @Test(arguments: ["", "+", "3", "3.5", "3.6..3.4", "3.6-4.0", "..", "é.é..é.é", "3.6..", "2.4++"])
    func noSetsOfReleases(text: String) {
        #expect(Releases(text) == nil)
    }

    @Test func releasesByNumber() {
        #expect(Release("3.6.8") == .v36)
        #expect(Release("2.4") == .v24)
        #expect(Release("3.60") == nil)
        #expect(Release.v24 < .v40)
    }
}
