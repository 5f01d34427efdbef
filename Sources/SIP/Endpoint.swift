/// The other end of a packet: where it came from, or where one goes.
package struct Endpoint: Hashable, Sendable {
    package var transport: Transport
    package var address: IPAddress
    package var port: Int

    package init(_ transport: Transport, _ address: IPAddress, port: Int) {
        self.transport = transport
        self.address = address
        self.port = port
    }
}
