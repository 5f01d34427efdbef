import Testing

@testable import Catalog

/// What a resolver, a checker or a help page asks the catalogue.
@Suite struct LookupTests {
    @Test func aFunctionWithItsArgumentsAndRoutes() throws {
        let relay = try #require(Catalog.module(named: "tm")?.functions.named("t_relay"))
        #expect(relay.signature.parameters == [Parameter(.string, .optional), Parameter(.string, .optional)])
        #expect(relay.signature.routes == [.request, .failure])
        #expect(relay.signature.argumentCounts == [0, 1, 2])
        #expect(relay.releases == .all)
        #expect(relay.signature(in: .v24)?.shape == .counts([0, 1, 2]))
    }

    @Test func aParameterThatNamesARoute() throws {
        let function = try #require(Catalog.module(named: "tm")?.functions.named("t_on_failure"))
        #expect(function.signature.parameters.first?.reference == .route(.failure))
    }

    @Test func aParameterThatNamesAFlag() throws {
        let function = try #require(Catalog.core.functions.named("setbflag"))
        #expect(function.signature.parameters.first == Parameter(.string, .literal, reference: .branchFlag))
    }

    @Test func outputArgumentsAreMarked() throws {
        let fetch = try #require(Catalog.core.functions.named("cache_fetch"))
        #expect(fetch.signature.parameters.last == Parameter(.variable, .writable))
        let raise = try #require(Catalog.core.functions.named("raise_event"))
        #expect(raise.signature.parameters.last == Parameter(.variable, [.avp, .optional]))
        #expect(raise.signature.routes == .any)
    }

    @Test func asynchronousFunctionsAreApart() throws {
        let cfgutils = try #require(Catalog.module(named: "cfgutils"))
        #expect(cfgutils.asyncFunctions.named("sleep")?.condition == "HAVE_TIMER_FD")
        #expect(cfgutils.asyncFunctions.named("sleep")?.signature.argumentCounts == [1])
        #expect(cfgutils.asyncFunctions.named("check_time_rec") == nil)
        #expect(cfgutils.functions.named("check_time_rec") != nil)
    }

    @Test func aShadowedEntryIsNotFound() throws {
        let callops = try #require(Catalog.module(named: "callops"))
        #expect(callops.functions.allNamed("call_transfer").count == 2)
        #expect(callops.functions.named("call_transfer")?.isShadowed == false)
    }

    @Test func parametersOfModules() throws {
        let tm = try #require(Catalog.module(named: "tm"))
        #expect(tm.parameters.named("fr_timeout")?.kinds == .int)
        #expect(tm.parameters.named("fr_timer")?.releases == Releases(.v24))
        #expect(tm.parameters.named("minor_branch_flag")?.kinds(in: .v24) == [.string, .int])
        #expect(tm.parameters.named("minor_branch_flag")?.kinds(in: .v36) == .string)
        let acc = try #require(Catalog.module(named: "acc"))
        #expect(acc.parameters.named("extra_fields")?.isRepeatable == true)
        #expect(acc.parameters.named("db_url")?.isRepeatable == false)
    }

    @Test func variablesOfTheCore() throws {
        let core = Catalog.core
        #expect(core.variable(named: "ru", withSubname: false)?.isWritable == true)
        #expect(core.variable(named: "avp", withSubname: true)?.subname == .required)
        #expect(core.variable(named: "avp", withSubname: true)?.takesIndex == true)
        #expect(core.variable(named: "challenge.algorithm", withSubname: false)?.needsParentheses == true)
        #expect(core.variable(named: "Ri", withSubname: false)?.isDescribed == false)
    }

    @Test func oneNameWithTwoFormsIsToldApartByTheSubname() throws {
        let core = Catalog.core
        #expect(core.variables.allNamed("socket_out").count == 2)
        #expect(core.variable(named: "socket_out", withSubname: false)?.isWritable == true)
        let withSubname = try #require(core.variable(named: "socket_out", withSubname: true))
        #expect(!withSubname.isWritable)
        #expect(withSubname.subnames.contains("advertised_ip"))
    }

    @Test func aModuleVariableMayHaveASubname() throws {
        let ctime = try #require(Catalog.module(named: "cfgutils")?.variables.named("ctime"))
        #expect(ctime.subname == .optional)
        #expect(ctime.subnames.contains("wday"))
    }

    @Test func transformations() throws {
        let fill = try #require(Catalog.core.transformations.named("s.fill.left"))
        #expect(fill.arguments == [.literal, .literal])
        let index = try #require(Catalog.core.transformations.named("s.index"))
        #expect(index.arguments == [.text, .number] && index.minimumArguments == 1)
        #expect(Catalog.core.transformations.named("nameaddr.uri")?.isIndexed == true)
        #expect(Catalog.core.transformations.named("uri.host")?.isIndexed == false)
        #expect(Catalog.module(named: "sip_i")?.transformations.named("isup.param")?.minimumArguments == 1)
    }

    @Test func events() throws {
        let acc = try #require(Catalog.module(named: "acc"))
        let cdr = try #require(acc.events.named("E_ACC_CDR"))
        #expect(cdr.isOpen)
        #expect(cdr.attributes?.first == EventFacts.Attribute(name: "method", isNumber: false))
        #expect(cdr.attributes?.last == EventFacts.Attribute(name: "created", isNumber: true))
        #expect(Catalog.core.events.named("E_PROFILING_PROC")?.attributes == nil)
        #expect(Catalog.core.events.named("E_PROFILING_PROC")?.releases == Releases(.v40))
    }

    @Test func commandsWithTheirArgumentSets() throws {
        let clusterer = try #require(Catalog.module(named: "clusterer"))
        #expect(
            clusterer.commands.named("clusterer_set_status")?.argumentSets == [
                ["cluster_id", "status"], ["cluster_id", "node_id", "status"],
            ])
        #expect(Catalog.core.commands.named("events_list")?.argumentSets == [[]])
        let entities = try #require(Catalog.module(named: "b2b_entities"))
        #expect(entities.commands.named("ua_session_client_start")?.argumentSets.count == 47)
    }

    @Test func statisticsBelongToGroups() throws {
        #expect(Catalog.core.statistics.named("free_size")?.group == "shmem")
        #expect(Catalog.module(named: "dialog")?.statistics.named("active_dialogs")?.group == "dialog")
    }

    @Test func dependencies() throws {
        let acc = try #require(Catalog.module(named: "acc"))
        #expect(acc.dependencies.contains(Dependency(target: .module("tm"), absence: .abort)))
        #expect(acc.parameterDependencies.contains(ParameterDependency(parameter: "db_url", family: .sqldb)))
        #expect(acc.parameterDependencies.contains(ParameterDependency(parameter: "aaa_url", family: nil)))
        let alias = try #require(Catalog.module(named: "alias_db"))
        #expect(alias.dependencies == [Dependency(target: .anyOf(.sqldb), absence: .abort)])
        #expect(Catalog.module(named: "db_mysql")?.family == .sqldb)
        #expect(Catalog.module(named: "tm")?.contexts == ["reply", "request"])
    }

    @Test func theLanguage() throws {
        let language = Catalog.language
        #expect(language.statements.named("break")?.within == ["for", "switch", "while"])
        #expect(language.statements.named("exit")?.parentheses == .optional)
        #expect(language.statements.named("for")?.iterators.contains("json") == true)
        #expect(language.globals.named("udp_workers")?.takesScalingProfile == true)
        #expect(language.globals.named("event_shm_threshold")?.range == 0...100)
        #expect(language.globals.named("chroot")?.kinds == [.string, .identifier])
        #expect(language.globals.named("listen")?.replacement == "socket")
        #expect(language.globals.named("syslog_facility")?.values.contains("LOG_LOCAL7") == true)
        #expect(language.numberWords["yes"] == 1 && language.numberWords["disable"] == 0)
        #expect(language.nullWords.sorted() == ["NULL", "null"])
        #expect(language.protocols.first { $0.name == "hep_udp" }?.module == "proto_hep")
        #expect(language.socketOptions.first { $0.name == "use_workers" }?.value == "int")
        #expect(language.logLevels.contains("L_DBG"))
        #expect(language.limits.functionArguments == 8 && language.limits.routeArguments == 9)
        #expect(language.limits.includeDepth == 20 && language.limits.routesPerType == 100)
        let timer = try #require(language.routeBlocks.first { $0.type == .timer })
        #expect(timer.keyword == "timer_route" && timer.hasInterval && timer.naming == .required)
    }

    @Test func reservedWordsDependOnTheRelease() {
        #expect(Catalog.language.isReserved("error"))
        #expect(Catalog.language.isReserved("tag") && !Catalog.language.isReserved("tag", in: .v24))
        #expect(Catalog.language.isReserved("esac", in: .v24) && !Catalog.language.isReserved("esac"))
        #expect(!Catalog.language.isReserved("my_route"))
    }

    @Test(arguments: ["", "tm ", "TM", "tm.so", "core", "no_such_module", "module", "\u{0}", "é"])
    func absentModules(name: String) {
        #expect(Catalog.module(named: name) == nil)
    }

    @Test(arguments: ["", "t_rela", "t_relayy", "zzzz", "\u{10FFFF}"])
    func absentNames(name: String) throws {
        let tm = try #require(Catalog.module(named: "tm"))
        #expect(tm.functions.named(name) == nil)
        #expect(tm.functions.allNamed(name).isEmpty)
        #expect(tm.parameters.named(name) == nil)
        #expect(tm.variable(named: name, withSubname: true) == nil)
        #expect(!Catalog.language.isReserved(name))
        #expect(ExportKind.allCases.allSatisfy { Catalog.exporters(of: $0, named: name).isEmpty })
    }
}
