import Script

/// Named locks of scripts. A node runs one script at a time, so a lock matters to scripts that are suspended while they
/// hold it: who asks for it meanwhile is suspended too, and gets it in the order of asking.
final class ScriptLocks {
    /// The locks that one script holds; they are released with it.
    private final class Holder {
        weak var locks: ScriptLocks?
        var names: Set<[UInt8]> = []

        init(_ locks: ScriptLocks) { self.locks = locks }

        deinit {
            for name in names { locks?.release(name) }
        }
    }

    private struct Lock {
        weak var holder: Holder?
        var waiting: [Ticket] = []
    }

    /// Weak, because scripts that hold locks may end with the node.
    private weak var node: Node?
    private var locks: [[UInt8]: Lock] = [:]

    init(_ node: Node) { self.node = node }

    /// Gives the lock to the fiber's script, at once or when it is its turn.
    func acquire(_ name: [UInt8], _ call: inout CallContext) -> Completion {
        guard let lock = locks[name] else {
            hold(name, call.fiber)
            return .code(1)
        }
        if let holder = lock.holder, holder === call.fiber.holdings {
            call.warn("this script holds the lock already")
            return .code(-1)
        }
        guard let ticket = node?.makeTicket() else { return .code(-1) }
        locks[name]?.waiting.append(ticket)
        return .pending(ticket)
    }

    /// Releases the lock, whoever holds it; nothing happens where nobody does.
    func release(_ name: [UInt8]) {
        guard var lock = locks[name] else { return }
        lock.holder?.names.remove(name)
        guard !lock.waiting.isEmpty else {
            locks[name] = nil
            return
        }
        let next = lock.waiting.removeFirst()
        lock.holder = nil
        locks[name] = lock
        node?.complete(next, code: 1) { [weak self] fiber in self?.hold(name, fiber) }
    }

    private func hold(_ name: [UInt8], _ fiber: Fiber) {
        let holder = fiber.holdings as? Holder ?? Holder(self)
        fiber.holdings = holder
        holder.names.insert(name)
        locks[name, default: Lock()].holder = holder
    }
}
