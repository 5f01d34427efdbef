import Glibc
import LiveHost
import Node
import Testing

/// Python's XML-RPC server, which is killed and started again while events come.
@Suite(.serialized) struct XMLRPCServerTests {
    private static let python = "/usr/bin/python3"

    /// Writes every number down before it answers, and its port into a file when it is ready.
    private static let server = """
        import sys, os
        from xmlrpc.server import SimpleXMLRPCServer, SimpleXMLRPCRequestHandler
        class Handler(SimpleXMLRPCRequestHandler):
            protocol_version = "HTTP/1.1"
        out = open(sys.argv[2], "a", buffering=1)
        server = SimpleXMLRPCServer(("127.0.0.1", int(sys.argv[1])), Handler, logRequests=False)
        def notify(event, values):
            out.write("%d\\n" % values["n"])
            return True
        server.register_function(notify, "notify")
        ready = open(sys.argv[3] + ".new", "w")
        ready.write("%d" % server.server_address[1])
        ready.close()
        os.rename(sys.argv[3] + ".new", sys.argv[3])
        server.serve_forever()
        """

    @Test(.enabled(if: ServerProcess.exists(python), "python3 is not installed: no XML-RPC server to test with"))
    func `every event reaches Python's server or is reported`() throws {
        let path = freshPath()
        defer { for end in ["", ".log", ".port"] { unlink(path + end) } }
        func start(_ port: String) -> ServerProcess? {
            unlink(path + ".port")
            return ServerProcess([Self.python, "-c", Self.server, port, path + ".log", path + ".port"], output: path)
        }
        var server = start("\(ownPort())")
        try longStory(600) { host in
            func whenReady(_ then: @escaping (String) throws -> Void) {
                if let port = try? host.readFile(path + ".port") {
                    do { try then(String(decoding: port, as: UTF8.self)) } catch { Issue.record(error) }
                } else {
                    _ = host.schedule(after: .milliseconds(20)) { whenReady(then) }
                }
            }
            whenReady { port in
                let load = try EventLoad(
                    host,
                    """
                    modparam("event_xmlrpc", "use_struct_param", 1)
                    modparam("event_virtual", "retry_interval", 100)
                    startup_route { subscribe_event("E_LOAD", "xmlrpc:127.0.0.1:\(port):notify"); }
                    """, total: EventLoad.usual / 10, burst: 5)
                load.onBurst = { raised in
                    guard raised == load.total / 5 || raised == load.total / 5 * 3 else { return }
                    server?.kill()
                    _ = host.schedule(after: .milliseconds(200)) { server = start(port) }
                }
                load.onEnd = {
                    let lines = (try? host.readFile(path + ".log"))?.split(separator: 10) ?? []
                    for line in lines {
                        if let number = Int(String(decoding: line, as: UTF8.self)) { load.receive(number) }
                    }
                    load.checkAccounts()
                    #expect(load.received.count == load.total)
                    host.stop()
                }
            }
        }
        server?.kill()
    }
}
