import Catalog
import Syntax

/// A module that serves the sockets of a protocol.
protocol Transport: Module {
    /// Opens a socket of the script.
    func listen(_ socket: SocketDefinition, on address: Address) throws(HostError)
}

/// Opens what `socket=` lines name, each through the module of its protocol.
enum Listening {
    /// What is wrong with a socket, before anything is opened.
    static func problem(with socket: SocketDefinition, modules: [String: any Module]) -> Diagnostic? {
        let name = socket.proto.text.lowercased()
        guard let transport = Catalog.language.protocols.first(where: { $0.name == name }) else {
            let known = Catalog.language.protocols.map(\.name)
            return Diagnostic(
                .socketAddress, at: socket.proto.span, "there is no protocol '\(name)'",
                notes: nearest(to: name, among: known).map { Diagnostic.Note("did you mean \($0)?") })
        }
        guard modules[transport.module] is any Transport else {
            let isImplemented = Modules.type(named: transport.module) != nil
            return Diagnostic(
                .socketWithoutModule, at: socket.proto.span,
                isImplemented
                    ? "a \(name) socket needs module \(transport.module)" : "siskin has no \(name) sockets yet",
                notes: isImplemented ? [Diagnostic.Note("write loadmodule \"\(transport.module).so\"")] : [])
        }
        if socket.host.text.utf8.allSatisfy({ "0123456789.".utf8.contains($0) }), ip(of: socket) == nil {
            return Diagnostic(.socketAddress, at: socket.host.span, "'\(socket.host.text)' is no IP address")
        }
        return nil
    }

    static func open(
        _ socket: SocketDefinition, modules: [String: any Module], host: any Host
    ) throws(StartError) {
        let name = socket.proto.text.lowercased()
        guard let transport = Catalog.language.protocols.first(where: { $0.name == name }),
            let module = modules[transport.module] as? any Transport
        else { return }
        let addresses = ip(of: socket).map { [$0] } ?? host.localAddresses(of: socket.host.text)
        guard !addresses.isEmpty else {
            throw StartError("\(name):\(socket.host.text): there is no interface and no host of this name")
        }
        let standard: UInt16 = name == "bin" || name == "bins" ? 5555 : name == "tls" ? 5061 : 5060
        let ports = socket.ports.isEmpty ? [standard...standard] : socket.ports
        for address in addresses {
            for port in ports.joined() {
                do {
                    try module.listen(socket, on: .ip(address, port: port))
                } catch {
                    throw StartError("cannot listen on \(name):\(error.subject): \(error.reason)")
                }
            }
        }
    }

    /// Nil for the name of an interface or a host.
    private static func ip(of socket: SocketDefinition) -> Address.IP? {
        Address.IP(socket.host.text == "*" ? "0.0.0.0" : socket.host.text)
    }
}
