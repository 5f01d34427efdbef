import Script

/// The continuations of a node: fibers that stopped, by the ticket that resumes them.
///
/// A ticket is a slot's index and the slot's generation, so a ticket that is used twice finds nothing.
package struct WaitTable {
    package enum State {
        /// Stopped inside a statement.
        case blocked(Fiber)
        /// Stopped in front of a statement, by an observer.
        case stopped(Fiber)
        /// Stopped by `async`; goes on in a route.
        case suspended(Continuation, route: Int)
        /// Runs beside its script; a route may be told of the end.
        case launched(report: Int?, text: [UInt8]?)
    }

    private struct Slot {
        var generation: UInt32 = 0
        var isTaken = false
        var state: State?
        var cancel: (() -> Void)?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    /// Fibers that wait.
    package private(set) var count = 0

    mutating func make(cancel: (() -> Void)?) -> Ticket {
        let index: Int
        if let last = free.popLast() {
            index = Int(last)
        } else {
            slots.append(Slot())
            index = slots.count - 1
        }
        slots[index].isTaken = true
        slots[index].cancel = cancel
        return Ticket(number: UInt64(slots[index].generation) << 32 | UInt64(index))
    }

    mutating func attach(_ state: State, to ticket: Ticket) {
        guard let index = index(of: ticket) else { return }
        if slots[index].state == nil { count += 1 }
        slots[index].state = state
    }

    /// What stops the operation behind a wait; nil where the wait is over.
    func cancellation(of ticket: Ticket) -> (() -> Void)? {
        index(of: ticket).map { slots[$0].cancel ?? {} }
    }

    mutating func remove(_ ticket: Ticket) -> State? {
        guard let index = index(of: ticket) else { return nil }
        let state = slots[index].state
        if state != nil { count -= 1 }
        slots[index] = Slot(generation: slots[index].generation &+ 1)
        free.append(UInt32(index))
        return state
    }

    /// Those that wait, in no particular order.
    package var all: [(ticket: Ticket, state: State)] {
        slots.indices.compactMap { index in
            guard slots[index].isTaken, let state = slots[index].state else { return nil }
            return (Ticket(number: UInt64(slots[index].generation) << 32 | UInt64(index)), state)
        }
    }

    private func index(of ticket: Ticket) -> Int? {
        let index = Int(ticket.number & 0xffff_ffff)
        guard index < slots.count, slots[index].isTaken, UInt64(slots[index].generation) == ticket.number >> 32 else {
            return nil
        }
        return index
    }
}
