import Simulation
import Testing

@testable import Node

@Suite struct XMLRPCSocketTests {
    static let script = """
        loadmodule "event_xmlrpc.so"
        loadmodule "event_virtual.so"
        event_route[E_EVI_DELIVERY_FAILED] { xlog("@ $param(reason)\\n"); }
        startup_route { subscribe_event("E_A", "xmlrpc:10.0.0.9:9000:notify"); }
        route[raise] { $avp(v) = 5; raise_event_sync("E_A", , $avp(v)); xlog("@ $rc\\n"); }
        """

    static func answer(_ body: String, status: String = "200 OK", more: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)"
    }
    static let returned = "<?xml version='1.0'?><methodResponse><params><param/></params></methodResponse>"
    static let fault = "<methodResponse><fault><value/></fault></methodResponse>"

    private func story(answers: [String]) throws -> (ScriptStory, StreamRecorder) {
        let story = try ScriptStory(Self.script)
        let server = try story.world.recordStreams(at: Address("10.0.0.9:9000")!)
        var answers = answers
        server.onReceive = { connection, _ in
            let calls = connection.text.split(separator: "</methodCall>").count - 1
            let isWhole = connection.text.hasSuffix("</methodCall>\n")
            if isWhole, calls >= 0, !answers.isEmpty { connection.send(Array(answers.removeFirst().utf8)) }
        }
        try story.start()
        return (story, server)
    }

    @Test func `calls go over one connection that is kept`() throws {
        let (story, server) = try story(answers: [Self.answer(Self.returned), Self.answer(Self.returned)])
        for _ in 0..<2 {
            story.run("raise")
            story.world.advance(by: .milliseconds(100))
        }
        #expect(story.said == ["1", "1"])
        #expect(server.connections.count == 1)
        let text = server.connections.first?.text ?? ""
        #expect(text.hasPrefix("POST /RPC2 HTTP/1.1\r\nHost: 10.0.0.9:9000\r\n"))
        #expect(text.contains("<methodName>notify</methodName>"))
        #expect(text.contains("<value><int>5</int></value>"))
    }

    @Test(arguments: [
        (answer(fault), ["-1", "refused"]), (answer("", status: "404 Not Found"), ["-1", "refused"]),
        (answer(returned, status: "500 Oops"), ["3"]), (answer("<html/>"), ["3"]),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(returned.utf8.count, radix: 16))\r\n\(returned)\r\n0\r\n\r\n",
            ["1"]
        ),
        ("HTTP/1.1 100 Continue\r\n\r\n" + answer(returned, more: "Connection: close\r\n"), ["1"]),
        ("SSH-2.0-OpenSSH\r\n\r\n", ["3"]),
    ])
    func `the answer tells what became of the event`(answer: String, said: [String]) throws {
        let (story, server) = try story(answers: [answer])
        story.run("raise")
        story.world.advance(by: .milliseconds(500))
        #expect(Set(story.said) == Set(said))
        #expect(server.connections.count == 1)
    }

    @Test func `every answer is read the same in whatever pieces it comes`() {
        let answer = Array(("HTTP/1.1 100 Continue\r\n\r\n" + Self.answer(Self.returned)).utf8)
        for cut in answer.indices {
            var response = HTTPResponse()
            for part in [answer[..<cut], answer[cut...]] { part.withUnsafeBufferPointer { response.onBytes($0) } }
            #expect(response.state == .complete)
            #expect(response.status == 200)
            #expect(response.body == Array(Self.returned.utf8))
            #expect(response.keepsConnection)
        }
    }

    @Test func `no bytes make the reader of answers fail`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        let pieces = [
            "HTTP/1.1 200 OK\r\n", "HTTP/1.0 ", "Content-Length: 5\r\n", "Content-Length: 99999999\r\n",
            "Transfer-Encoding: chunked\r\n", "\r\n", "5\r\nhello\r\n", "0\r\n", "ffffffff\r\n", "\n", "x",
            "Connection: close\r\n",
        ].map { Array($0.utf8) }
        for _ in 0..<20_000 {
            var response = HTTPResponse()
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                var piece = pieces.randomElement(using: &random) ?? []
                if Bool.random(using: &random), !piece.isEmpty {
                    piece[Int.random(in: 0..<piece.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                piece.withUnsafeBufferPointer { response.onBytes($0) }
            }
            response.onEnd()
            #expect(response.state != .reading, "seed \(seed)")
            #expect(response.body.count <= HTTPResponse.longestBody)
        }
    }
}
