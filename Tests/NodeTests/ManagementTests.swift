import Testing

@testable import Node

/// Questions of an operator and the answers; those of the clusterer are as OpenSIPS 3.6.8 gives them.
struct ManagementTests {
    private static func ask(_ node: Node, _ request: String) -> String? {
        Array(request.utf8).withUnsafeBufferPointer { node.management.answer($0) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func call(_ node: Node, _ method: String, _ params: String = "[]") -> String? {
        let answer = ask(node, #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params),"id":1}"#)
        return answer.map { answer in
            String(answer.dropFirst(#"{"jsonrpc":"2.0","#.count).dropLast(#","id":1}"#.count))
        }
    }

    @Test func `the clusterer answers in the shapes of OpenSIPS`() throws {
        let story = try FindUserStory { name, script in
            name == "asker"
                ? script + "modparam(\"clusterer\", \"sharing_tag\", \"vip/1=active\")\n" : script
        }
        try story.startAll()
        story.world.advance(by: .seconds(5))
        let node = story.node("home")
        let table: [(method: String, params: String, answer: String)] = [
            (
                "clusterer_list", "[]",
                #""result":{"Clusters":[{"cluster_id":1,"Nodes":["#
                    + #"{"node_id":1,"db_id":-1,"url":"bin:10.0.0.1:15551","link_state":"Up","state":"enabled","#
                    + #""next_hop":"1","description":"none"},"#
                    + #"{"node_id":3,"db_id":-1,"url":"bin:10.0.0.3:15553","link_state":"Up","state":"enabled","#
                    + #""next_hop":"3","description":"none"}]}]}"#
            ),
            ("clusterer_list_cap", "[]", #""result":{"Clusters":[{"cluster_id":1,"Capabilities":[]}]}"#),
            ("clusterer_list_shtags", "[]", #""result":[{"Tag":"vip","Cluster":1,"State":"backup"}]"#),
            ("clusterer_set_status", "[9,1]", #""error":{"code":404,"message":"Cluster id not found"}"#),
            ("clusterer_set_status", "[1,9,1]", #""error":{"code":404,"message":"Node id not found"}"#),
            ("clusterer_set_status", "[1,7]", #""error":{"code":400,"message":"Bad value for 'status'"}"#),
            ("clusterer_set_status", "[0,1]", #""error":{"code":400,"message":"Bad value for 'cluster_id'"}"#),
            (
                "clusterer_shtag_set_active", #"["vip"]"#,
                #""error":{"code":400,"message":"Bad tag format <name/cluster_id>"}"#
            ),
            ("clusterer_shtag_set_active", #"["vip/9"]"#, #""error":{"code":404,"message":"Cluster ID not found"}"#),
            ("cluster_send_mi", #"[1,9,"pwd"]"#, #""error":{"code":400,"message":"Send error"}"#),
            (
                "cluster_send_mi", #"[1,2,"pwd"]"#,
                #""error":{"code":400,"message":"Local node specified as destination"}"#
            ),
            (
                "cluster_broadcast_mi", #"[1,"nosuch"]"#,
                #""error":{"code":400,"message":"Command to be run not found"}"#
            ),
            ("clusterer_remove_node", "[1,9]", #""error":{"code":400,"message":"Unknown node id"}"#),
            ("clusterer_remove_node", "[9,1]", #""error":{"code":400,"message":"Unknown cluster id"}"#),
            ("clusterer_shtag_set_active", #"{"tag":"vip/1"}"#, #""result":"OK""#),
            ("clusterer_list_shtags", "[]", #""result":[{"Tag":"vip","Cluster":1,"State":"active"}]"#),
            ("get_statistics", #"[["clusterer_nodes_up"]]"#, #""result":{"clusterer:clusterer_nodes_up":2}"#),
        ]
        for (method, params, answer) in table {
            #expect(ManagementTests.call(node, method, params) == answer, "\(method) \(params)")
        }
        story.world.advance(by: .seconds(1))
        let loser = ManagementTests.call(story.node("asker"), "clusterer_list_shtags")
        #expect(loser == #""result":[{"Tag":"vip","Cluster":1,"State":"backup"}]"#)
    }

    @Test func `without rerouting the list shows no next hops`() throws {
        let story = try FindUserStory { $1 + "modparam(\"clusterer\", \"enable_rerouting\", 0)\n" }
        try story.startAll()
        let answer = ManagementTests.call(story.node("home"), "clusterer_list")
        #expect(answer?.contains(#""link_state":"Up","state":"enabled","next_hop":"none""#) == true)
    }

    @Test func `a node can be taken out of its cluster and put back`() throws {
        let story = try FindUserStory()
        try story.startAll()
        #expect(ManagementTests.call(story.node("home"), "clusterer_set_status", "[1,0]") == #""result":"OK""#)
        let isOut = story.isWhole(["asker", "other"])
        #expect(isOut)
        #expect(ManagementTests.call(story.node("home"), "clusterer_set_status", "[1,1]") == #""result":"OK""#)
        let isWhole = story.isWhole(limit: .seconds(120))
        #expect(isWhole)
    }

    @Test func `a command runs on another node, and on all`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let asker = story.node("asker")
        #expect(ManagementTests.call(asker, "cluster_send_mi", #"[1,2,"log_level",["4"]]"#) == #""result":"OK""#)
        story.world.advance(by: .seconds(1))
        #expect(FindUserStory.names.map { story.node($0).globals.logLevel } == [2, 4, 2])
        let answer = ManagementTests.call(asker, "cluster_broadcast_mi", #"[1,"log_level",["3"]]"#)
        #expect(answer == #""result":{"New global log level":3}"#)
        story.world.advance(by: .seconds(1))
        #expect(FindUserStory.names.map { story.node($0).globals.logLevel } == [3, 3, 3])
    }

    @Test func `the core answers in the shapes of OpenSIPS`() throws {
        let story = try ScriptStory(eventModules)
        try story.start()
        let badCount = #""error":{"code":-32602,"message":"Invalid params","data":"Too few or too many parameters"}"#
        let noMatch = #""error":{"code":-32602,"message":"Invalid params","data":"Named parameters do not match"}"#
        let table: [(method: String, params: String, answer: String)] = [
            ("log_level", "[4]", #""result":{"New global log level":4}"#),
            ("log_level", #"{"level":"3"}"#, #""result":{"New global log level":3}"#),
            (
                "log_level", #"["x"]"#,
                #""error":{"code":-32602,"message":"Invalid params","data":"Bad type for parameter 'level'"}"#
            ),
            ("log_level", "[3,1]", #""error":{"code":-32602,"message":"Invalid params","data":"Bad PID"}"#),
            ("xlog_level", "[]", #""result":{"xLog Level":2}"#),
            ("pwd", #"["a"]"#, badCount),
            ("log_level", #"{"nosuch":1}"#, noMatch),
            ("which", #"["which"]"#, #""result":[[],["command"]]"#),
            ("which", #"["nosuch"]"#, #""error":{"code":404,"message":"unknown MI command"}"#),
            ("nosuch", "[]", #""error":{"code":-32601,"message":"Method not found"}"#),
            ("get_statistics", #"[["nosuch","nosuch:"]]"#, #""result":{}"#),
            ("reset_statistics", #"[["nosuch"]]"#, #""error":{"code":404,"message":"Statistics Not Found"}"#),
            (
                "event_subscribe", #"["E_NOSUCH","udp:127.0.0.1:9"]"#,
                #""error":{"code":400,"message":"Bad parameter value"}"#
            ),
            ("event_subscribe", #"["E_CORE_LOG","udp:127.0.0.1:9",60]"#, #""result":"OK""#),
            ("raise_event", #"["E_NOSUCH"]"#, #""error":{"code":404,"message":"Event not registered"}"#),
            ("raise_event", #"["E_CORE_LOG",["a",1]]"#, #""result":"OK""#),
        ]
        for (method, params, answer) in table {
            #expect(ManagementTests.call(story.node, method, params) == answer, "\(method) \(params)")
        }
        let listing = try #require(ManagementTests.call(story.node, "subscribers_list"))
        #expect(listing.contains(#"[{"socket":"udp:127.0.0.1:9","expire":60,"ttl":60}]"#), "\(listing)")
    }

    @Test func `requests that are none, and notifications`() throws {
        let story = try ScriptStory("")
        try story.start()
        let invalid = #""error":{"code":-32600,"message":"Invalid Request"}"#
        let table: [(request: String, answer: String?)] = [
            (#"{"jsonrpc":"2.0","method":"pwd"}"#, nil),
            (#"{"jsonrpc":"2.0","method":"nosuch"}"#, nil),
            (#"{"jsonrpc":"2.0","method":"pwd","id":null}"#, #"{"jsonrpc":"2.0","result":{"WD":"/"},"id":null}"#),
            (#"{"jsonrpc":"2.0","method":"pwd","id":"a/b"}"#, #"{"jsonrpc":"2.0","result":{"WD":"/"},"id":"a/b"}"#),
            (#"{"jsonrpc":"2.0","id":1}"#, #"{"jsonrpc":"2.0",\#(invalid),"id":1}"#),
            (#"{"method":"pwd","id":1}"#, #"{"jsonrpc":"2.0",\#(invalid),"id":1}"#),
            (#"{"jsonrpc":"2.0","method":"pwd","params":3,"id":1}"#, #"{"jsonrpc":"2.0",\#(invalid),"id":1}"#),
            ("[]", #"{"jsonrpc":"2.0",\#(invalid),"id":null}"#),
            ("garbage", #"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#),
        ]
        for (request, answer) in table { #expect(ManagementTests.ask(story.node, request) == answer, "\(request)") }
    }

    @Test func `no bytes stop the interface`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let node = story.node("home")
        let requests = node.management.names.flatMap { name in
            [
                #"{"jsonrpc":"2.0","method":"\#(name)","params":[1,"x",[2,"E_CORE_LOG"],{"a":null}],"id":7}"#,
                #"{"jsonrpc":"2.0","method":"\#(name)","params":{"cluster_id":-2147483648,"node_id":1e99},"id":7}"#,
                #"{"jsonrpc":"2.0","method":"\#(name)","params":["E_CORE_LOG",99999999999999999999],"id":7}"#,
            ]
        }
        var random = SeededRandomForRequests(state: 4711)
        for round in 0..<20_000 {
            var bytes = Array(requests[round % requests.count].utf8)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1 where bytes.count > 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
                }
            }
            _ = bytes.withUnsafeBufferPointer { node.management.answer($0) }
        }
        #expect(ManagementTests.call(node, "which", #"["which"]"#) == #""result":[[],["command"]]"#)
    }

    private struct SeededRandomForRequests: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 31
        }
    }
}
