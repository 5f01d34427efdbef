import Commands
import Testing

@Suite("siskin migrate")
struct MigrateTests {
    private static let old = """
        debug=3
        fork=yes
        listen=udp:127.0.0.1:5060 use_children 2
        loadmodule "xlog.so"
        loadmodule "proto_udp.so"
        loadmodule "event_jsonrpc.so"
        loadmodule "tm.so"
        loadmodule "uri.so"
          modparam("xlog", "buf_size", 8192)
        modparam("tm", "fr_timer", 5)
        modparam("event_jsonrpc", "timeout", 5)
        include_file "routes.inc"
        route {
            if (!mf_process_maxfwd_header("10")) { exit; }
            if $rU == "x" { setflag(5); }
            if (has_totag() && uri_param("a")) rewritehost("example.org");
            route(old);
        }
        event_route[E_X, async] { xlog("$Ri and $(Rp{s.len}) of $avp(i:12)\\n"); }

        """

    private static let new = """
        log_level=3
        socket=udp:127.0.0.1:5060 use_workers 2
        loadmodule "proto_udp.so"
        loadmodule "event_stream.so"
        loadmodule "tm.so"
        loadmodule "maxfwd.so"
        loadmodule "sipmsgops.so"
        modparam("tm", "fr_timeout", 5)
        modparam("event_stream", "timeout", 5)
        include_file "routes.inc"
        route {
            if (!mf_process_maxfwd_header(10)) { exit; }
            if ($rU == "x") { setflag("5"); }
            if (has_totag() && ruri_has_param("a")) sethost("example.org");
            route(old);
        }
        event_route[E_X] { xlog("$socket_in(ip) and $(socket_in(port){s.len}) of $avp(12)\\n"); }

        """

    private static let oldRoutes = "route[old] {\n    force_rport;\n    switch ($var(x)) { case 1: esac; }\n}\n"
    private static let newRoutes = "route[old] {\n    force_rport();\n    switch ($var(x)) { case 1: break; }\n}\n"

    private func migrate(_ folder: Folder, _ options: String...) -> Int32 {
        Siskin.main(arguments: ["migrate", folder.path + "/old.cfg"] + options)
    }

    @Test("Old forms and names become those of today, in included files, too, and nothing else changes")
    func rewriting() throws {
        let folder = try Folder(["old.cfg": Self.old, "routes.inc": Self.oldRoutes])
        #expect(migrate(folder, "--check") == 1)
        #expect(folder.read("old.cfg") == Self.old)
        #expect(migrate(folder, "--write") == 0)
        #expect(folder.read("old.cfg") == Self.new)
        #expect(folder.read("routes.inc") == Self.newRoutes)
        #expect(migrate(folder, "--check") == 0)
        #expect(Siskin.main(arguments: ["check", folder.path + "/old.cfg"]) == 0)
    }

    @Test("What only a person can do is left, and told by the exit status")
    func leftovers() throws {
        let script = "route {\n    force_rport;\n    nonsense();\n}\n"
        let folder = try Folder(["old.cfg": script])
        #expect(migrate(folder, "--write") == 1)
        #expect(folder.read("old.cfg") == script.replacing("force_rport;", with: "force_rport();"))
        #expect(Siskin.main(arguments: ["migrate", folder.path + "/none.cfg"]) == 1)
    }
}
