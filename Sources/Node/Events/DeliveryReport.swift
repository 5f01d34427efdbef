import Events

/// Gathers what becomes of one event at all its sockets, for a script that waits for it.
///
/// The return code: 1 every socket has it (or none is subscribed), 2 some have it or may get it and some never will,
/// 3 it waits for a socket that cannot take it now, -1 no socket has it nor will.
final class DeliveryReport {
    enum Result {
        case settled(Outcome.Result)
        case queued
    }

    /// Sockets to hear of, and the raising itself.
    private var outstanding = 1
    private var delivered = 0
    private var partly = 0
    private var queued = 0
    private var failed = 0
    /// Called once, when all is known.
    var onEnd: ((Int32) -> Void)?

    func open() { outstanding += 1 }

    func close(_ result: Result) {
        switch result {
        case .settled(.delivered): delivered += 1
        case .settled(.partly): partly += 1
        case .settled(.failed): failed += 1
        case .queued: queued += 1
        }
        end()
    }

    /// All sockets were told; the code, if all is known already.
    func close() -> Int32? {
        end()
        return outstanding == 0 ? code : nil
    }

    private func end() {
        outstanding -= 1
        guard outstanding == 0, let onEnd else { return }
        self.onEnd = nil
        onEnd(code)
    }

    private var code: Int32 {
        if partly > 0 { return 2 }
        if failed > 0 { return delivered + queued > 0 ? 2 : -1 }
        return queued > 0 ? 3 : 1
    }
}
