import Simulation
import Testing

@testable import Node

@Suite struct CacheTests {
    @Test func `entries expire, and adding to a counter does not prolong it`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cachedb_local.so"
            modparam("cachedb_local", "cache_clean_period", 5)
            startup_route {
              cache_store("local", "short", "v", 2); cache_store("local", "ever", "v"); cache_store("local", "minus", "v", -1);
              cache_add("local", "counter", 5, 3); cache_add("local", "counter", 1, 100);
            }
            route[look] {
              cache_fetch("local", "short", $var(v)); $var(a) = $rc; cache_fetch("local", "ever", $var(v)); $var(b) = $rc;
              cache_fetch("local", "minus", $var(v)); $var(c) = $rc; cache_counter_fetch("local", "counter", $var(n));
              xlog("@@ $var(a) $var(b) $var(c) $rc\\n");
            }
            """
        ).start()
        try story.run("look")
        story.world.advance(by: .seconds(2))
        try story.run("look")
        story.world.advance(by: .seconds(8))
        try story.run("look")
        #expect(story.said == ["1 1 1 1", "-2 1 1 1", "-2 1 1 -2"])
        let cache = try #require(story.node.module(CachedbLocal.self)?.collection(Array("default".utf8)))
        #expect(cache.count == 2)
        #expect(cache.entries { _ in true }.map(\.key) == [Array("ever".utf8), Array("minus".utf8)])
    }

    @Test func `a collection that is not declared keeps the node from starting`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cachedb_local.so"
            modparam("cachedb_local", "cachedb_url", "local:x:///nowhere")
            """)
        #expect(throws: StartError.self) { try story.node.start() }
    }

    @Test(arguments: [("cachedb_url", "redis://h/"), ("cachedb_url", "local"), ("cache_collections", "a=x")])
    func `a parameter that makes no sense is an error`(name: String, value: String) {
        let script = "loadmodule \"cachedb_local.so\"\nmodparam(\"cachedb_local\", \"\(name)\", \"\(value)\")"
        #expect(!ModuleStory.errors(in: script).isEmpty)
    }

    @Test func `a full collection refuses and stays as it is`() throws {
        let world = Simulation(seed: 1)
        defer { withExtendedLifetime(world) {} }
        let cache = CacheCollection(host: world.host("node"))
        let large = [UInt8](repeating: 0, count: CacheCollection.maximalBytes / 2)
        try cache.set([1], large, seconds: 0)
        #expect(throws: CacheError.failed) { try cache.set([2], large, seconds: 0) }
        try cache.set([1], [], seconds: 0)
        try cache.set([2], large, seconds: 0)
        #expect(cache.count == 2)
    }

    /// Against a plain dictionary with an end for each key.
    @Test func `any sequence of uses does what a dictionary does`() throws {
        var random = ModuleRandom()
        let world = Simulation(seed: 1)
        let cache = CacheCollection(host: world.host("node"))
        var model: [UInt8: (value: [UInt8], end: Nanoseconds)] = [:]
        for _ in 0..<ModuleRandom.rounds(20_000) {
            let key = UInt8(random.below(6))
            let seconds = Int32(random.below(4))
            let end = seconds > 0 ? world.now + .seconds(Int(seconds)) : .max
            if let entry = model[key], entry.end <= world.now { model[key] = nil }
            switch random.below(6) {
            case 0:
                let value = Array(String(random.below(100)).utf8)
                try cache.set([key], value, seconds: seconds)
                model[key] = (value, end)
            case 1:
                cache.remove([key])
                model[key] = nil
            case 2:
                let sum = try cache.add(7, to: [key], seconds: seconds)
                let old = model[key].flatMap { Int32(String(decoding: $0.value, as: UTF8.self)) } ?? 0
                #expect(sum == old + 7, "seed \(random.seed)")
                model[key] = (Array(String(sum).utf8), model[key]?.end ?? end)
            case 3: cache.clean()
            case 4: world.advance(by: .milliseconds(random.below(1500)))
            default: #expect((try? cache.value([key])) == model[key]?.value, "seed \(random.seed)")
            }
        }
    }
}
