import Glibc
import LiveHost
import Node
import Testing

/// Runs a story on a live host of its own, on this thread. The story ends by `host.stop()`; one that waits for an event
/// that does not come is ended, and fails, after twenty seconds.
func story(_ tell: @escaping (LiveHost) throws -> Void) throws {
    try LiveHost.run { host in
        _ = host.schedule(after: .seconds(20)) {
            Issue.record("nothing happened for twenty seconds")
            host.stop()
        }
        try tell(host)
    }
}

func at(_ text: String) -> Address { Address(text) ?? .unix(path: text) }

/// A path for a file or socket that nobody else uses.
func freshPath() -> String {
    "/tmp/siskin-\(getpid())-\(UInt32.random(in: 0 ... .max))"
}

extension UnsafeBufferPointer<UInt8> {
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension DatagramSocket {
    @discardableResult
    func send(_ text: String, to: Address, onFailure: ((HostError) -> Void)? = nil) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { send($0, to: to, onFailure: onFailure) }
    }
}

extension Address {
    /// The same port at the loopback address.
    var onLoopback: Address { .ip(ip?.isV4 == false ? .loopbackV6 : .loopbackV4, port: port ?? 0) }
}
