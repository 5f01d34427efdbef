import Script
import Syntax

/// The functions and variables of OpenSIPS itself.
final class Core: Module {
    static let name = "core"

    private unowned let node: Node

    init(_ node: Node) {
        self.node = node
        node.registerEventStatistics()
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: EventFunctions.all(node).merging(CoreFunctions.all(node)) { $1 }
                .merging(SIPExports.functions(node.sip)) { $1 },
            variables: CoreVariables.all(node).merging(MessageVariables.all(node.sip)) { $1 }, own: EventFunctions.own)
    }
}
