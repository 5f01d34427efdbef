import CRabbitMQ
import Glibc

@testable import LiveHost

/// A broker of the test's own, with its files in a folder that goes with it.
final class RabbitMQServer {
    static let program = "/usr/lib/rabbitmq/bin/rabbitmq-server"
    private static let portMapper = "/usr/bin/epmd"

    let port: UInt16
    private let directory = freshPath()
    private let name: String
    private let ports: [UInt16]
    private var process: ServerProcess?
    /// Erlang's port mapper. The broker would start one as a daemon, which outlives it.
    private var mapper: ServerProcess?

    init() {
        ports = (0..<3).map { _ in ownPort() }
        port = ports[0]
        name = "siskin\(port)@localhost"
        mkdir(directory, 0o700)
        mapper = ServerProcess([Self.portMapper], environment: environment)
        start()
    }

    private var environment: [String: String] {
        [
            "HOME": directory, "RABBITMQ_NODENAME": name, "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": "\(port)", "RABBITMQ_DIST_PORT": "\(ports[1])", "ERL_EPMD_PORT": "\(ports[2])",
            "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": directory + "/db",
            "RABBITMQ_LOG_BASE": directory + "/log", "RABBITMQ_PID_FILE": directory + "/pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": directory + "/plugins", "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        ]
    }

    func start() { process = ServerProcess([Self.program], environment: environment, output: directory + "/out") }

    /// As a loss of power would; the files stay.
    func kill() {
        process?.kill()
        process = nil
    }

    /// The end of it and its files.
    func remove() {
        kill()
        mapper?.kill()
        mapper = nil
        ServerProcess(["/bin/rm", "-rf", directory])?.wait()
    }

    deinit { remove() }

    /// Calls with a connection; false where the broker cannot be reached.
    private func withChannel(_ body: (amqp_connection_state_t) -> Bool) -> Bool {
        guard let connection = amqp_new_connection(), let socket = amqp_tcp_socket_new(connection) else { return false }
        defer { amqp_destroy_connection(connection) }
        var second = timeval(tv_sec: 5, tv_usec: 0)
        amqp_set_handshake_timeout(connection, &second)
        guard amqp_socket_open_noblock(socket, "127.0.0.1", CInt(port), &second) == 0,
            siskin_amqp_login(connection, "/", 131_072, 0, "guest", "guest").reply_type == AMQP_RESPONSE_NORMAL,
            amqp_channel_open(connection, 1) != nil
        else { return false }
        return body(connection)
    }

    /// Makes a queue that survives restarts.
    func declare(_ queue: String) -> Bool {
        withChannel { connection in
            amqp_queue_declare(connection, 1, amqp_cstring_bytes(queue), 0, 1, 0, 0, amqp_empty_table) != nil
        }
    }

    /// The end of its log.
    var lastWords: String {
        let log = (try? LiveFile.read("\(directory)/log/\(name).log")) ?? []
        return String(decoding: log.suffix(4000), as: UTF8.self)
    }

    /// Takes all messages out of a queue.
    func drain(_ queue: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        withChannel { connection in
            while true {
                let reply = amqp_basic_get(connection, 1, amqp_cstring_bytes(queue), 1)
                if siskin_amqp_got_nothing(reply) != 0 { return true }
                guard reply.reply_type == AMQP_RESPONSE_NORMAL else { return false }
                var message = amqp_message_t()
                guard amqp_read_message(connection, 1, &message, 0).reply_type == AMQP_RESPONSE_NORMAL else {
                    return false
                }
                body(
                    UnsafeBufferPointer(
                        start: message.body.bytes?.assumingMemoryBound(to: UInt8.self), count: message.body.len))
                amqp_destroy_message(&message)
                amqp_maybe_release_buffers(connection)
            }
        }
    }
}
