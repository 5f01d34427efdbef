import Glibc
import Synchronization

/// Work for several threads. Plain threads, since scripts that are nested deeply need more stack than those of Swift's
/// own pool have.
enum Threads {
    private static let stackSize = 16 << 20

    /// Does `produce` for 0, 1, ... on some threads, and `consume` with the results in that order on the calling one,
    /// until that answers false.
    static func inOrder<Result: Sendable>(
        _ count: Int, threads: Int, produce: @escaping @Sendable (Int) -> Result, consume: (Result) -> Bool
    ) {
        let work = Work(count, produce)
        let running = (0..<min(count, threads)).compactMap { _ in start { work.perform() } }
        // Where no thread can be made, the work is done here.
        if running.isEmpty { work.perform() }
        for index in 0..<count where !consume(work.result(index)) {
            work.stop()
            break
        }
        for thread in running { pthread_join(thread, nil) }
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard status == 0 else {
            body.release()
            return nil
        }
        return thread
    }

    /// The results that are there, and how many were begun.
    private final class Work<Result: Sendable>: Sendable {
        private struct State {
            var next = 0
            var results: [Result?]
        }

        private let state: Mutex<State>
        private let produce: @Sendable (Int) -> Result
        /// Posted once for each result.
        private nonisolated(unsafe) let ready: UnsafeMutablePointer<sem_t>

        init(_ count: Int, _ produce: @escaping @Sendable (Int) -> Result) {
            state = Mutex(State(results: Array(repeating: nil, count: count)))
            self.produce = produce
            ready = .allocate(capacity: 1)
            sem_init(ready, 0, 0)
        }

        deinit {
            sem_destroy(ready)
            ready.deallocate()
        }

        func perform() {
            while let index = take() {
                let result = produce(index)
                state.withLock { $0.results[index] = result }
                sem_post(ready)
            }
        }

        private func take() -> Int? {
            state.withLock { state in
                guard state.next < state.results.count else { return nil }
                state.next += 1
                return state.next - 1
            }
        }

        func stop() { state.withLock { $0.next = $0.results.count } }

        /// Waits for a result.
        func result(_ index: Int) -> Result {
            while true {
                if let result = state.withLock({ $0.results[index] }) { return result }
                sem_wait(ready)
            }
        }
    }
}
