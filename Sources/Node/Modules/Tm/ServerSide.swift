import SIP
import Script

/// The server side of one transaction: what was answered last, and the timers of RFC 3261, 17.2.
final class ReplyTransaction {
    let key: TransactionKey
    var machine: Machine
    /// The last reply as it went out.
    var reply: [UInt8] = []
    var timers: [TransactionTimer: Timer] = [:]
    private let socket: SIPSocket
    private let to: Address
    private let connection: UInt64

    enum Machine {
        case invite(InviteServerTransaction)
        case other(ServerTransaction)
    }

    init?(_ context: MessageContext, _ key: TransactionKey, to: Address) {
        guard let socket = context.socket else { return nil }
        self.key = key
        self.socket = socket
        self.to = to
        connection = context.connection
        let isReliable = socket.transport.isReliable
        machine =
            context.message.method == .invite
            ? .invite(InviteServerTransaction(reliable: isReliable)) : .other(ServerTransaction(reliable: isReliable))
    }

    func send() -> Bool { socket.send(reply, to: to, over: connection) != false }

    func onSend(status: Int) -> [TransactionEffect] {
        advance {
            $0.onSend(status: status)
        } other: {
            $0.onSend(status: status)
        }
    }

    func onRetransmission() -> [TransactionEffect] {
        switch machine {
        case .invite(let machine): machine.onRetransmission()
        case .other(let machine): machine.onRetransmission()
        }
    }

    func onACK() -> [TransactionEffect] {
        advance {
            $0.onACK()
        } other: { _ in
            []
        }
    }

    func onTimer(_ timer: TransactionTimer) -> [TransactionEffect] {
        advance {
            $0.onTimer(timer)
        } other: {
            $0.onTimer(timer)
        }
    }

    private func advance(
        _ invite: (inout InviteServerTransaction) -> [TransactionEffect],
        other: (inout ServerTransaction) -> [TransactionEffect]
    ) -> [TransactionEffect] {
        switch machine {
        case .invite(var machine):
            let effects = invite(&machine)
            self.machine = .invite(machine)
            return effects
        case .other(var machine):
            let effects = other(&machine)
            self.machine = .other(machine)
            return effects
        }
    }
}
