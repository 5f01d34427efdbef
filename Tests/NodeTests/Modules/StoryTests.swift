import Testing

@testable import Node

/// Scripts whose outcome OpenSIPS recorded; see the stories.
@Suite struct StoryTests {
    @Test(arguments: JSONStories.stories) func `scripts with json`(story: String) throws { try check(story) }
    @Test(arguments: CfgUtilsStories.stories) func `scripts with cfgutils`(story: String) throws { try check(story) }
    @Test(arguments: CacheStories.stories) func `scripts with the cache`(story: String) throws { try check(story) }
    @Test(arguments: StatisticsStories.stories) func `scripts that count and queue`(story: String) throws {
        try check(story)
    }
    @Test(arguments: AVPOpsStories.stories) func `scripts of the 2.4 era`(story: String) throws { try check(story) }

    private func check(_ story: String) throws {
        let wanted = story.split(separator: "\n").compactMap { line -> String? in
            let line = line.trimmingBlanks
            return line.hasPrefix("#=") ? String(line.dropFirst(2).trimmingBlanks) : nil
        }
        // Of texts with several lines the first one counts.
        let said = try ModuleStory(story).start().said.map { String($0.prefix { $0 != "\n" }.trimmingBlanks) }
        for (index, (wanted, said)) in zip(wanted, said).enumerated() {
            try #require(wanted == said, "line \(index + 1): wanted \(wanted), said \(said)")
        }
        #expect(wanted.count == said.count)
    }
}
