import Glibc
import NIOCore
import NIOPosix
import Node
import Synchronization

extension LiveHost {
    /// Calls `action` on the host whenever the signal arrives. A process has one host that hears signals: the one that
    /// asked first, until it stops.
    package func onSignal(_ number: Int32, _ action: @escaping () -> Void) {
        if signals == nil { signals = Signals(loop: loop) }
        signals?.hear(number, action)
    }
}

/// The end of the pipe that a signal handler writes to; -1 where nobody listens.
private let signalPipe = Atomic<CInt>(-1)

/// Signals as bytes of a pipe that the loop reads. Unlike a blocked or ignored signal, a handler is not inherited
/// by the programs that a script starts.
final class Signals: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let loop: any EventLoop
    private var writer: CInt = -1
    private var actions: [(number: Int32, action: () -> Void)] = []

    init?(loop: any EventLoop) {
        self.loop = loop
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        guard signalPipe.compareExchange(expected: -1, desired: ends[1], ordering: .sequentiallyConsistent).exchanged
        else {
            for end in ends { Glibc.close(end) }
            return nil
        }
        writer = ends[1]
        let bound = NIOLoopBound(self, eventLoop: loop)
        _ = NIOPipeBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .takingOwnershipOfDescriptor(input: ends[0])
    }

    func hear(_ number: Int32, _ action: @escaping () -> Void) {
        actions.append((number, action))
        signal(number) { number in
            // Only what is safe between any two instructions: a load and a write.
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(signalPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
            errno = saved
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            for entry in actions where entry.number == Int32(byte) { entry.action() }
        }
    }

    func close() {
        for entry in actions { signal(entry.number, SIG_DFL) }
        actions = []
        signalPipe.store(-1, ordering: .sequentiallyConsistent)
        Glibc.close(writer)
    }
}
