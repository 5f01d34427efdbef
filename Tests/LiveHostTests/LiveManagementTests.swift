import Syntax
import Testing

@testable import LiveHost
@testable import Node

@Suite(.serialized) struct LiveManagementTests {
    private func load(_ text: String, _ host: LiveHost) throws -> Node {
        let node = Node(name: "live", host: host)
        let errors = node.load(Source(name: "live.cfg", bytes: Array(text.utf8))).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
        return node
    }

    @Test(arguments: ["udp:127.0.0.1:0", ""])
    func `a node answers JSON-RPC over datagrams`(name: String) throws {
        let socketName = name.isEmpty ? freshPath() : name
        let own = name.isEmpty ? at("unix:" + freshPath()) : at("127.0.0.1:0")
        try story { host in
            let script = """
                log_level = -3
                loadmodule "mi_datagram.so"
                modparam("mi_datagram", "socket_name", "\(socketName)")
                route { exit; }
                """
            let node = try load(script, host)
            try node.start()
            let address = try #require(node.module(MIDatagram.self)?.addresses.first)
            let socket = try host.bindDatagram(own) { bytes, _ in
                #expect(bytes.text.hasPrefix(#"{"jsonrpc":"2.0","result":{"Processes":[{"ID":0,"PID":"#))
                node.stop()
                host.stop()
            }
            socket.send(#"{"jsonrpc":"2.0","method":"ps","id":1}"#, to: address)
        }
    }

    @Test func `two nodes meet over loopback, and one runs a command of the other`() throws {
        try story { host in
            // Ports that were free a moment ago.
            let listeners = try (0..<2).map { _ in try host.listen(at("127.0.0.1:0")) { _ in StreamHandlers() } }
            let ports = listeners.compactMap(\.local.port)
            for listener in listeners { listener.close() }
            func script(_ own: Int, _ other: Int) -> String {
                """
                log_level = -3
                socket = bin:127.0.0.1:\(ports[own])
                loadmodule "proto_bin.so"
                loadmodule "clusterer.so"
                modparam("clusterer", "db_mode", 0)
                modparam("clusterer", "ping_interval", 1)
                modparam("clusterer", "my_node_id", \(own + 1))
                modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:127.0.0.1:\(ports[own])")
                modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=\(other + 1), url=bin:127.0.0.1:\(ports[other])")
                """
            }
            _ = host.schedule(after: .milliseconds(50)) {
                do {
                    let nodes = [try load(script(0, 1), host), try load(script(1, 0), host)]
                    for node in nodes { try node.start() }
                    let parameters = CommandParameters.positional([
                        .integer(1), .integer(2), .text("xlog_level"), .list([.text("4")]),
                    ])
                    func ask() {
                        if nodes[1].globals.xlogLevel == 4 {
                            for node in nodes { node.stop() }
                            return host.stop()
                        }
                        _ = try? nodes[0].management.run("cluster_send_mi", parameters)
                        _ = host.schedule(after: .milliseconds(50), ask)
                    }
                    ask()
                } catch {
                    Issue.record(error)
                    host.stop()
                }
            }
        }
    }
}
