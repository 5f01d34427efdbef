import SIP
import Script
import Syntax

/// Server transactions: stateful replies, and retransmissions that the script does not see again.
///
/// A request that waits (`async`) has a transaction from then on. Relaying with client transactions is not part of
/// this yet.
final class Tm: Module {
    static let name = "tm"

    private unowned let node: Node
    private var transactions: [TransactionKey: ReplyTransaction] = [:]
    /// More are refused, so that a flood cannot fill the memory.
    private static let maximalTransactions = 100_000

    init(_ node: Node) {
        self.node = node
        node.sip.addFilter { [unowned self] context in
            context.message.isRequest && absorbs(context)
        }
        node.sip.onSuspend = { [unowned self] context in _ = transaction(of: context) }
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "t_newtran": { [unowned self] call in
                let context = call.sip
                guard context.transaction == nil, transaction(of: context) != nil else { return .code(-1) }
                return .code(1)
            },
            "t_reply": { [unowned self] call in
                guard let status = call.number(0), let reason = call.text(1), (100...699).contains(status) else {
                    call.warn("a reply has a number from 100 to 699 and a reason")
                    return .code(-1)
                }
                // A request that waited has one, also if the wait was over at once.
                let made = call.fiber.hasWaited ? transaction(of: call.sip) : call.sip.transaction
                guard let transaction = made else {
                    call.warn("the request has no transaction; t_newtran() makes one")
                    return .code(-1)
                }
                return .code(reply(Int(status), reason, to: call.sip, transaction) ? 1 : -1)
            },
            "t_check_trans": { [unowned self] call in
                guard let key = key(of: call.sip) else { return .code(-1) }
                return .code(transactions[key] == nil ? -1 : 1)
            },
        ])
    }

    func stop() {
        for transaction in transactions.values { cancelTimers(of: transaction) }
        transactions = [:]
    }

    // MARK: Requests

    private func key(of context: MessageContext) -> TransactionKey? {
        try? TransactionKey(server: context.message, key: node.sip.key)
    }

    /// The transaction of a request, made if there is none yet; nil where there can be none.
    private func transaction(of context: MessageContext) -> ReplyTransaction? {
        if let transaction = context.transaction { return transaction }
        guard context.isRequest, !context.isDummy, context.message.method != .ack, let key = key(of: context),
            transactions[key] == nil
        else { return nil }
        guard transactions.count < Tm.maximalTransactions else {
            node.warnOnce("there are too many transactions (\(Tm.maximalTransactions))")
            return nil
        }
        guard let transaction = ReplyTransaction(context, key, to: node.sip.replyAddress(context)) else { return nil }
        transactions[key] = transaction
        context.transaction = transaction
        return transaction
    }

    /// Takes retransmissions, and the ACK of an error reply, out of the script's hands.
    private func absorbs(_ context: MessageContext) -> Bool {
        guard !transactions.isEmpty, let key = key(of: context), let transaction = transactions[key] else {
            return false
        }
        guard context.message.method == .ack else {
            perform(transaction.onRetransmission(), transaction)
            return true
        }
        let effects = transaction.onACK()
        // The ACK of a 2xx belongs to the dialog, not to the transaction.
        let isDelivered = effects.contains { if case .deliver = $0 { true } else { false } }
        perform(effects, transaction)
        return !isDelivered
    }

    // MARK: Replies

    func reply(
        _ status: Int, _ reason: Bytes, to context: MessageContext, _ transaction: ReplyTransaction
    ) -> Bool {
        let effects = transaction.onSend(status: status)
        guard !effects.isEmpty else {
            node.log(.warning, "the transaction was answered already; \(status) is not sent")
            return false
        }
        node.sip.writeReply(status, reason, to: context, tag: .stateful)
        transaction.reply = node.sip.output
        perform(effects, transaction)
        return true
    }

    private func perform(_ effects: [TransactionEffect], _ transaction: ReplyTransaction) {
        for effect in effects {
            switch effect {
            case .sendReply: _ = transaction.send()
            case .start(let timer, let delay): start(timer, after: delay, transaction)
            case .stop(let timer):
                if let running = transaction.timers.removeValue(forKey: timer) { node.host.cancel(running) }
            case .terminated:
                cancelTimers(of: transaction)
                transactions[transaction.key] = nil
            default: break
            }
        }
    }

    private func start(_ timer: TransactionTimer, after milliseconds: Int, _ transaction: ReplyTransaction) {
        transaction.timers[timer] = node.host.schedule(after: .milliseconds(milliseconds)) {
            [weak self, weak transaction] in
            guard let self, let transaction else { return }
            transaction.timers[timer] = nil
            perform(transaction.onTimer(timer), transaction)
        }
    }

    private func cancelTimers(of transaction: ReplyTransaction) {
        for timer in transaction.timers.values { node.host.cancel(timer) }
        transaction.timers = [:]
    }
}
