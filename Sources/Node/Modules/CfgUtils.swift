import Script
import Syntax

/// Odds and ends for scripts: shared variables, sleeping, random numbers.
final class CfgUtils: Module {
    static let name = "cfgutils"

    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "sleep": { [unowned self] call in node.sleep(.seconds(max(0, Int(call.number(0) ?? 0)))) },
            "usleep": { [unowned self] call in node.sleep(Nanoseconds(max(0, call.number(0) ?? 0)) * 1000) },
        ])
    }
}
