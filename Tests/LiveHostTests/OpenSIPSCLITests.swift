import Foundation
import Glibc
import Testing

/// OpenSIPS's own command line tool (PyPI: opensipscli) against a running node.
@Suite(.serialized) struct OpenSIPSCLITests {
    private static let tool = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
        .map { $0 + "/opensips-cli" }.first(where: ServerProcess.exists)

    @Test(
        .enabled(if: tool != nil, "opensips-cli is not installed (pip install opensipscli)"),
        .enabled(if: ServerProcess.exists(ServerProcess.siskin), "siskin is not built beside the tests"),
        arguments: ["fifo", "datagram"])
    func `opensips-cli works against a node`(transport: String) throws {
        let directory = freshPath()
        mkdir(directory, 0o700)
        defer { ServerProcess(["/bin/rm", "-rf", directory])?.wait() }
        try Self.script(directory).write(toFile: directory + "/node.cfg", atomically: true, encoding: .utf8)
        let node = ServerProcess([ServerProcess.siskin, "run", directory + "/node.cfg"], output: directory + "/log")
        defer { node?.kill() }
        let port = try Self.waitForPort(directory + "/log")
        let options = [
            "communication_type=\(transport)", "fifo_file=\(directory)/fifo", "fifo_reply_dir=\(directory)",
            "datagram_ip=127.0.0.1", "datagram_port=\(port)", "datagram_timeout=20",
        ]
        func run(_ command: String) throws -> String {
            let arguments =
                options.flatMap { ["-o", $0] } + ["-x", "mi"] + command.split(separator: " ").map(String.init)
            ServerProcess(
                [try #require(Self.tool)] + arguments, environment: ["HOME": directory], output: directory + "/out")?
                .wait()
            let text = try String(contentsOfFile: directory + "/out", encoding: .utf8)
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let table: [(command: String, answer: String)] = [
            ("which which", #"[ [], [ "command" ] ]"#),
            ("log_level 4", #"{ "New global log level": 4 }"#),
            (
                "get_statistics clusterer_nodes clusterer:clusterer_nodes_up",
                """
                { "clusterer:clusterer_nodes": 1, "clusterer:clusterer_nodes_up": 0 }
                """
            ),
            ("clusterer_list_shtags", #"[ { "Tag": "vip", "Cluster": 1, "State": "active" } ]"#),
            ("clusterer_set_status cluster_id=1 node_id=7 status=0", "OK"),
            (
                "clusterer_list",
                """
                { "Clusters": [ { "cluster_id": 1, "Nodes": [ { "node_id": 7, "db_id": -1, \
                "url": "bin:127.0.0.1:9", "link_state": "Down", "state": "disabled", "next_hop": "none", \
                "description": "none" } ] } ] }
                """
            ),
            ("event_subscribe E_CORE_LOG udp:127.0.0.1:9 60", "OK"),
            ("raise_event E_CORE_LOG a b", "OK"),
        ]
        for (command, answer) in table {
            let said = try run(command)
            #expect(said == answer || said == "\"\(answer)\"", "\(command)")
        }
        #expect(try run("nosuch").contains("no command 'nosuch'"))
        #expect(try run("cluster_send_mi 9 1 pwd").contains("400: Local node specified as destination"))
    }

    private static func script(_ directory: String) -> String {
        let port = ownPort()
        return """
            log_level = 3
            socket = bin:127.0.0.1:\(port)
            loadmodule "proto_bin.so"
            loadmodule "clusterer.so"
            loadmodule "event_datagram.so"
            loadmodule "mi_fifo.so"
            loadmodule "mi_datagram.so"
            modparam("mi_fifo", "fifo_name", "\(directory)/fifo")
            modparam("mi_fifo", "reply_dir", "\(directory)")
            modparam("mi_datagram", "socket_name", "udp:127.0.0.1:0")
            modparam("clusterer", "db_mode", 0)
            modparam("clusterer", "my_node_id", 1)
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:127.0.0.1:\(port)")
            modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=7, url=bin:127.0.0.1:9")
            modparam("clusterer", "sharing_tag", "vip/1=active")
            route { exit; }
            """
    }

    /// The node names the port of its datagrams when all is open.
    private static func waitForPort(_ path: String) throws -> String {
        for _ in 0..<1000 {
            let log = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            if let line = log.split(separator: "\n").first(where: { $0.contains("mi_datagram answers at") }) {
                return String(try #require(line.split(separator: ":").last))
            }
            usleep(20_000)
        }
        throw POSIXError(.ETIMEDOUT)
    }
}
