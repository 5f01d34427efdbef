import Script

extension Node {
    /// Suspends the calling fiber for a time; to the script it looks like a blocking call.
    package func sleep(_ time: Nanoseconds) -> Completion {
        let ticket = makeTicket()
        _ = host.schedule(after: time) { [weak self] in self?.complete(ticket, code: 1) }
        return .pending(ticket)
    }
}
