import Script
import Syntax

/// A text with variables in it that is no part of a script, as some module parameters are. It is compiled as the
/// argument of a call in a script of its own, and knows the variables of the core.
final class TextFormat {
    private unowned let node: Node
    private let library: Library
    private let machine: Machine
    private let delegate: Delegate
    private let route: Int

    private final class Library: ModuleLibrary {
        unowned let node: Node
        var text: [UInt8] = []

        init(_ node: Node) { self.node = node }

        func implementation(of module: String) -> ModuleImplementation? {
            ModuleImplementation(
                functions: [
                    "raise_event": { [unowned self] call in
                        text = call.bytes(0) ?? []
                        return .code(1)
                    }
                ], variables: CoreVariables.all(node))
        }
    }

    private final class Delegate: MachineDelegate {
        unowned let node: Node

        init(_ node: Node) { self.node = node }

        func log(_ level: Int32, _ text: UnsafeBufferPointer<UInt8>) {}
        func report(_ severity: Diagnostic.Severity, _ message: String, at location: Source.Location) {
            node.log(.warning, message)
        }
        func launch(_ completion: Completion, report: Int?, text: [UInt8]?, from fiber: Fiber) {}
    }

    init(_ text: String, _ node: Node) throws(ParameterError) {
        self.node = node
        library = Library(node)
        delegate = Delegate(node)
        var quoted = ""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        let text = "startup_route { raise_event(\"\(quoted)\"); }"
        let source = Source(name: "modparam", bytes: Array(text.utf8))
        let (tree, found) = Parser.parse(source)
        let (compiled, more) = Compiler.compile(tree, source: source, library: library)
        guard let program = compiled?.program, let route = program.route(.startup) else {
            throw ParameterError((found + more).first { $0.severity == .error }?.message ?? "the text cannot be read")
        }
        machine = Machine(program, delegate: delegate)
        self.route = route
    }

    /// The text with the values that the variables have now.
    func evaluate() -> [UInt8] {
        let fiber = machine.makeFiber()
        _ = machine.start(route, on: fiber)
        machine.recycle(fiber)
        return library.text
    }
}
