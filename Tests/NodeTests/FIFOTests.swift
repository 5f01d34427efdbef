import Simulation
import Testing

@testable import Node

/// The management interface over named pipes, with an asker on the same simulated machine.
struct FIFOTests {
    private static let script = """
        loadmodule "mi_fifo.so"
        modparam("mi_fifo", "fifo_name", "/run/fifo")
        modparam("mi_fifo", "reply_dir", "/run/replies")
        """
    private static let question = #"{"jsonrpc":"2.0","method":"pwd","id":"1"}"#
    private static let answer = #"{"jsonrpc":"2.0","result":{"WD":"/"},"id":"1"}"#

    private func ask(_ story: ScriptStory, _ text: String) {
        story.host.write(Array(text.utf8), toPipe: "/run/fifo", patience: 0) { #expect($0 == nil) }
    }

    /// Collects what comes into a pipe.
    private final class Reader {
        var texts: [String] = []
        private var pipe: (any NamedPipe)?

        init(_ story: ScriptStory, _ path: String) throws {
            pipe = try story.host.makePipe(PipeSettings(path: path, permissions: 0o600)) { [unowned self] in
                texts.append(String(decoding: $0, as: UTF8.self))
            }
        }
    }

    private func warnings(_ story: ScriptStory) -> [String] {
        story.host.logLines.map(\.text).filter { $0.contains("mi_fifo: ") }
    }

    @Test func `an answer goes to the pipe that the request names, also when it is opened later`() throws {
        let story = try ScriptStory(FIFOTests.script).start()
        ask(story, ":me:" + FIFOTests.question)
        story.world.advance(by: .milliseconds(500))
        let reader = try Reader(story, "/run/replies/me")
        story.world.advance(by: .milliseconds(10))
        #expect(reader.texts == [FIFOTests.answer])
        #expect(warnings(story).isEmpty)
    }

    @Test func `requests are cut by their JSON, however they come`() throws {
        let story = try ScriptStory(FIFOTests.script).start()
        let readers = try ["a", "b"].map { try Reader(story, "/run/replies/" + $0) }
        let text =
            "\n:a:{ \"jsonrpc\":\"2.0\",\n\"method\":\"pwd\",\"x\":\"}\\\"{\",\"id\":\"1\"}:b:" + FIFOTests.question
            + "\n"
            + "::" + FIFOTests.question
        for piece in text { ask(story, String(piece)) }
        story.world.advance(by: .milliseconds(10))
        #expect(readers.map(\.texts) == [[FIFOTests.answer], [FIFOTests.answer]])
        #expect(warnings(story).isEmpty)
    }

    @Test(arguments: ["../me", "a/b", "/run/replies/me", ".me", "a b", "\u{1b}[2J", String(repeating: "x", count: 300)])
    func `a name that leads elsewhere is refused`(name: String) throws {
        let story = try ScriptStory(FIFOTests.script).start()
        let readers = try ["/run/me", "/run/replies/me", "/run/replies/a/b", "/run/replies/.me"].map {
            try Reader(story, $0)
        }
        ask(story, ":\(name):" + FIFOTests.question)
        story.world.advance(by: .seconds(5))
        let answers = readers.flatMap(\.texts)
        #expect(answers.isEmpty)
        #expect(warnings(story).count == 1)
        #expect(warnings(story)[0].contains("answer not sent: a reply fifo is named without its directory"))
    }

    @Test func `askers that do not read are given up, and a crowd of them is refused`() throws {
        let story = try ScriptStory(FIFOTests.script).start()
        let there = try Reader(story, "/run/replies/there")
        for number in 0..<70 { ask(story, ":gone\(number):" + FIFOTests.question) }
        story.world.advance(by: .milliseconds(100))
        #expect(warnings(story).filter { $0.contains("64 others wait to be read") }.count == 6)
        story.world.advance(by: .seconds(3))
        #expect(warnings(story).filter { $0.contains("Connection timed out") }.count == 64)
        ask(story, ":there:" + FIFOTests.question)
        story.world.advance(by: .milliseconds(100))
        #expect(there.texts == [FIFOTests.answer])
    }

    @Test func `what is no request is skipped, and half a request takes in the next one for a second only`() throws {
        let story = try ScriptStory(FIFOTests.script).start()
        let reader = try Reader(story, "/run/replies/me")
        ask(story, "garbage :x:{}\n:me:{\"jsonrpc\":")
        story.world.advance(by: .seconds(2))
        ask(story, ":me:" + FIFOTests.question)
        story.world.advance(by: .milliseconds(100))
        #expect(reader.texts == [FIFOTests.answer])
        #expect(warnings(story).count == 2)
        // The syntax of OpenSIPS 2.4 and before.
        ask(story, ":me:pwd:\n")
        story.world.advance(by: .milliseconds(100))
        let refusal = #"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#
        #expect(reader.texts.last == refusal)
    }

    @Test func `a request without an end is given up`() throws {
        var requests = FIFORequests()
        requests.append(Array(":me:{".utf8), now: 0)
        for _ in 0..<16 {
            requests.append([UInt8](repeating: UInt8(ascii: "["), count: 4096), now: 0)
            #expect(requests.next() == nil)
        }
        #expect(requests.skipped == 1)
        requests.append(Array((":me:" + FIFOTests.question).utf8), now: 0)
        #expect(requests.next() == .init(replyName: Array("me".utf8), json: Array(FIFOTests.question.utf8)))
    }

    @Test func `a pipe that somebody removed is made again`() throws {
        let story = try ScriptStory(FIFOTests.script).start()
        let reader = try Reader(story, "/run/replies/me")
        story.host.removePipe("/run/fifo")
        story.world.advance(by: .seconds(31))
        ask(story, ":me:" + FIFOTests.question)
        story.world.advance(by: .milliseconds(100))
        #expect(reader.texts == [FIFOTests.answer])
        #expect(warnings(story).contains { $0.contains("/run/fifo was gone and is made again") })
        story.node.stop()
        story.world.advance(by: .seconds(60))
        // Nobody has it any more.
        _ = try Reader(story, "/run/fifo")
    }

    @Test func `a node does not start where its pipe cannot be made`() throws {
        let story = try ScriptStory(FIFOTests.script)
        story.host.disk["/run/fifo"] = []
        let error = #expect(throws: StartError.self) { try story.node.start() }
        #expect(error?.description == "mi_fifo: /run/fifo: Not a named pipe")
    }
}
