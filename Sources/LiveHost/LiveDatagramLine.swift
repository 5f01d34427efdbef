import Glibc
import Node

extension LiveHost {
    package func openDatagrams(to address: Address) throws(HostError) -> any DatagramLine {
        LiveDatagramLine(try BoundSocket.sending(to: address), to: address)
    }
}

/// A connected datagram socket: the system tells it when nobody takes what it sends.
final class LiveDatagramLine: DatagramLine {
    private var descriptor: CInt
    private let remote: Address

    init(_ descriptor: CInt, to remote: Address) {
        self.descriptor = descriptor
        self.remote = remote
    }

    deinit { close() }

    func send(_ bytes: UnsafeBufferPointer<UInt8>) -> DatagramOutcome {
        let code = BoundSocket.sending {
            Glibc.send(descriptor, bytes.baseAddress, bytes.count, BoundSocket.sendFlags)
        }.code
        switch code {
        case 0: return .sent
        case EAGAIN: return .full
        case EMSGSIZE: return .tooLong
        default: return .unreachable(.system(remote.text, code))
        }
    }

    func takeError() -> HostError? {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return code == 0 ? nil : .system(remote.text, code)
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}
