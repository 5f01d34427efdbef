import Testing

@testable import Node

@Suite struct UUIDTests {
    /// RFC 9562 A.2 and A.4.
    @Test func `names in a namespace have the identifiers of the RFC`() throws {
        let dns = try #require(uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
        let name = Array("www.example.com".utf8)
        #expect(UUIDBytes(name: name, in: dns, version: 3).text == Array("5df41881-3aed-3515-88a7-2f4a814cf09e".utf8))
        #expect(UUIDBytes(name: name, in: dns, version: 5).text == Array("2ed6657d-e927-568b-95e1-2665a8aea6a2".utf8))
    }

    private func uuid(_ text: String) -> UUIDBytes? {
        Array(text.utf8).withUnsafeBufferPointer { UUIDBytes(text: $0) }
    }

    @Test(arguments: [
        "", "6ba7b810-9dad-11d1-80b4-00c04fd430c", "6ba7b8109-dad-11d1-80b4-00c04fd430c8",
        "6ba7b810-9dad-11d1-80b4-00c04fd430cg",
    ])
    func `what is no identifier is refused`(text: String) { #expect(uuid(text) == nil) }

    @Test func `versions for scripts`() throws {
        let story = try ModuleStory(
            """
            loadmodule "uuid.so"
            route[make] {
              uuid($var(u), $var(v)); xlog("@@ $rc $var(u)\\n");
            }
            startup_route {
              $var(u) = "kept"; $var(v) = 0; route(make); $var(v) = 4; route(make); $var(v) = 1; route(make); route(make);
              $var(v) = 7; route(make); $var(u) = "kept"; $var(v) = 9; route(make); $var(v) = 5; route(make);
              uuid($var(u), 5, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"); xlog("@@ $rc $var(u)\\n");
              uuid($var(u), 5, "nonsense", "x"); xlog("@@ $rc\\n"); xlog("@@ 1 $uuid\\n");
            }
            """
        ).start()
        let said = story.said
        for (index, version) in [(0, "4"), (1, "4"), (2, "1"), (3, "1"), (4, "4"), (9, "4")] {
            let text = try #require(said[index].hasPrefix("1 ") ? String(said[index].dropFirst(2)) : nil)
            #expect(uuid(text)?.text == Array(text.utf8))
            #expect(Array(text)[14] == Character(version))
            #expect("89ab".contains(Array(text)[19]))
        }
        #expect(Set(said).count == said.count - 1)
        #expect(said[5...8] == ["-1 kept", "-1 kept", "1 2ed6657d-e927-568b-95e1-2665a8aea6a2", "-1"])
        #expect(said[2].dropFirst(10).prefix(10) == said[3].dropFirst(10).prefix(10))
    }
}
