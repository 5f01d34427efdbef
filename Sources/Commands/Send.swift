import ArgumentParser
import Glibc
import LiveHost
import Node
import SIP

/// `siskin send FILE [to]`
struct Send: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sends the SIP message of a file and prints what comes back.",
        discussion: """
            In the file, @local@ stands for our own address and port, @target@ for where the message goes, @transport@ \
            for UDP or TCP, @branch@, @tag@ and @callid@ for new ones, and @length@ for the length of the body. Line ends may be of any kind.

            Without a target the message goes where its request URI says. The exit status is 0 after a reply of 200 \
            to 299, else 1.
            """)

    @Argument(help: "The message.")
    var file: String

    @Argument(help: ArgumentHelp("Where it goes: host[:port], udp:host[:port] or tcp:host[:port].", valueName: "to"))
    var target: String?

    @Option(help: ArgumentHelp("How long to wait for a final reply.", valueName: "seconds"))
    var wait = 3.0

    @Flag(name: .shortAndLong, help: "Print the message that is sent as well.")
    var verbose = false

    func validate() throws {
        guard wait > 0, wait < 86_400 else { throw ValidationError("--wait takes a number of seconds") }
    }

    func run() throws {
        guard let bytes = SourceFile.read(file) else {
            Terminal.say("\(file): cannot be read")
            throw ExitStatus.failed
        }
        let message = SIPMessageFile(bytes)
        var status: ExitStatus? = .failed
        try LiveHost.run { host in
            guard let hop = destination(of: message) else {
                Terminal.say("\(target ?? file): there is no target; write host:port")
                return host.stop()
            }
            let exchange = Exchange(host: host, isReliable: hop.transport.isReliable, verbose: verbose) { isDone in
                if isDone { status = nil }
                host.stop()
            }
            _ = host.schedule(after: Nanoseconds(wait * 1e9)) {
                if !exchange.hasAnswer { Terminal.say("no answer within \(wait) seconds") }
                host.stop()
            }
            if let address = hop.address { return start(exchange, message, hop, address, host) }
            let name = String(decoding: hop.host, as: UTF8.self)
            host.resolve(name, port: UInt16(truncatingIfNeeded: hop.port)) { addresses in
                if let address = addresses.first { return start(exchange, message, hop, address, host) }
                Terminal.say("\(name): no such host")
                host.stop()
            }
        }
        if let status { throw status }
    }

    private func destination(of message: SIPMessageFile) -> NextHop? {
        if let target { return Array(target.utf8).withUnsafeBufferPointer { NextHop(destination: $0, default: .udp) } }
        let draft = message.filled(local: "127.0.0.1", target: "", random: { 0 })
        guard let parsed = try? Message(draft), parsed.isRequest else { return nil }
        return NextHop(uri: parsed[parsed.requestURI])
    }

    private func start(
        _ exchange: Exchange, _ message: SIPMessageFile, _ hop: NextHop, _ address: Address, _ host: LiveHost
    ) {
        do {
            let local = LocalAddress.towards(address) ?? .ip(.loopbackV4, port: 0)
            try exchange.open(from: local, to: address) { own in
                let text = message.filled(
                    local: own.text, target: address.text, transport: hop.transport, random: host.random)
                exchange.send(text)
            }
        } catch {
            Terminal.say("\(error)")
            host.stop()
        }
    }
}

/// Our address on the way to another one, as the system's routes say.
enum LocalAddress {
    static func towards(_ address: Address) -> Address? {
        guard case .ip(let ip, _) = address, ip.isV4, !ip.isLoopback else {
            return address.ip.map { $0.isV4 ? .ip(.loopbackV4, port: 0) : .ip(.loopbackV6, port: 0) }
        }
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var remote = sockaddr_in()
        remote.sin_family = sa_family_t(AF_INET)
        remote.sin_port = UInt16(9).bigEndian
        remote.sin_addr.s_addr = (ip.v4 ?? 0).bigEndian
        var local = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // Nothing is sent: a datagram socket only picks its route.
        let isFound = withUnsafeMutablePointer(to: &remote) { remote in
            remote.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
        guard isFound else { return nil }
        let isNamed = withUnsafeMutablePointer(to: &local) { local in
            local.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) == 0 }
        }
        guard isNamed else { return nil }
        return .ip(Address.IP(v4: UInt32(bigEndian: local.sin_addr.s_addr)), port: 0)
    }
}
