import CAllocations
import Glibc
import Script
import Syntax

/// Runs the kernels on a bare machine: no node, no host, a log that only counts.
final class ScriptRunner: MachineDelegate, ModuleLibrary {
    private(set) var loggedBytes = 0

    func implementation(of module: String) -> ModuleImplementation? { ModuleImplementation() }
    func log(_ level: Int32, _ text: UnsafeBufferPointer<UInt8>) { loggedBytes += text.count }
    func report(_ severity: Diagnostic.Severity, _ message: String, at location: Source.Location) {
        fatalError("\(location): \(message)")
    }
    func launch(_ completion: Completion, report: Int?, text: [UInt8]?, from fiber: Fiber) {}

    struct Result {
        /// Of the best of several runs.
        var nanoseconds: Double
        var allocations: Double
    }

    func measure(_ kernel: Kernel, iterations: Int) -> Result {
        let source = Source(name: kernel.name, bytes: Array(kernel.script.utf8))
        let (tree, found) = Parser.parse(source)
        let (compiled, more) = Compiler.compile(tree, source: source, library: self)
        guard let compiled, let count = compiled.program.statics.variable(Array("n".utf8)) else {
            fatalError((found + more).map { $0.rendered(in: source) }.joined())
        }
        let machine = Machine(compiled.program, delegate: self)
        machine.maximalLoops = .max
        guard let route = compiled.program.route(.request, "kernel") else { fatalError("no kernel") }
        func run(_ iterations: Int) -> (seconds: Double, allocations: UInt) {
            let fiber = machine.makeFiber()
            _ = machine.write(.slot(count), .number(Int32(iterations)), .set, fiber)
            let allocations = allocations_count()
            let start = processorTime()
            _ = machine.start(route, on: fiber)
            let seconds = processorTime() - start
            let made = allocations_count() - allocations
            machine.recycle(fiber)
            return (seconds, made)
        }
        _ = run(iterations / 10)
        var best = Result(nanoseconds: .infinity, allocations: 0)
        for _ in 0..<5 {
            let (seconds, allocations) = run(iterations)
            best.nanoseconds = min(best.nanoseconds, seconds * 1e9 / Double(iterations))
            best.allocations = Double(allocations) / Double(iterations)
        }
        return best
    }
}

/// Seconds of processor time that this thread has used; like Lua's `os.clock`, it does not count waiting.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
