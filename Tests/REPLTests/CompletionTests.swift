import Testing

@testable import REPL

@Suite struct CompletionTests {
    private let talk = Talk([
        "main.cfg": "loadmodule \"cfgutils.so\"\nroute[count] { $var(total) = 1; } route[call] { exit; }"
    ])

    /// What the text becomes with each candidate.
    private func completed(_ text: String) -> [String] {
        let result = Completer(talk.session).complete(text)
        return result.candidates.map { String(decoding: Array(text.utf8)[..<result.start], as: UTF8.self) + $0 }
    }

    @Test func `words of the language and functions of loaded modules`() {
        #expect(completed("swi") == ["switch("])
        #expect(completed("startup") == ["startup_route"])
        #expect(completed("usl") == ["usleep("])
        #expect(completed("sl_send") == [])
        #expect(completed("if ($var(x) == 1) rand_set") == ["if ($var(x) == 1) rand_set_prob("])
    }

    @Test func `variables, their names, and transformations with their parameters`() {
        #expect(completed("$av") == ["$avp("])
        #expect(completed("$var(x) = $(sh") == ["$var(x) = $(shv"])
        #expect(completed("$var(to") == ["$var(total)"])
        #expect(completed("xlog(\"$(var(to") == ["xlog(\"$(var(total)"])
        #expect(completed("$(var(total){s.sel") == ["$(var(total){s.select,"])
        #expect(completed("$(var(total){s.le") == ["$(var(total){s.len}"])
        #expect(completed("$(var(total){s.len}{uri.us") == ["$(var(total){s.len}{uri.user}"])
    }

    @Test func `modules, routes and commands`() {
        #expect(completed("loadmodule \"cluster") == ["loadmodule \"clusterer.so\""])
        #expect(completed("route(c") == ["route(call", "route(count"])
        #expect(completed(":adv") == [":advance"])
        #expect(completed(":break co") == [":break count"])
        #expect(completed(":help s.sele") == [":help s.select"])
        #expect(completed(":node m") == [":node main"])
    }
}
