import Script
import Syntax

/// A script that grows while it runs, as one that is typed does.
extension Node {
    /// Adds to the script of an extensible node: routes that are there already are replaced, new modules are started, new
    /// sockets opened, new parameters set. Variables, waits and all that modules keep stay as they are; a script that
    /// waits inside of a statement goes on in the route that it was in. Where there are errors among the diagnostics,
    /// nothing was added.
    /// - Parameter source: begins with the text that the script has now.
    package func extend(_ tree: Syntax.Script, source: Source, after found: [Diagnostic] = []) -> [Diagnostic] {
        guard let old = machine, var compiler else { return load(tree, of: source, after: found) }
        let modules = (byName: modulesByName, order: moduleOrder)
        compiler.learn(avpNames: old.avpNames)
        let parameterCount = compiler.result.parameters.count
        let (compiled, more) = compiler.add(tree, source: source, after: found)
        var diagnostics = found + more
        self.compiler = compiler
        guard let compiled else {
            (modulesByName, moduleOrder) = modules
            return diagnostics
        }
        let machine = Machine(extending: old, with: compiled.program)
        self.machine = machine
        for case (_, .blocked(let fiber)) in waits.all { machine.adopt(fiber) }
        for case (_, .stopped(let fiber)) in waits.all { machine.adopt(fiber) }
        let sockets = use(Globals(compiled.globals), machine)
        diagnostics += configure(compiled.parameters[parameterCount...], sockets)
        events.learn(compiled, machine)
        events.forgetListeners()
        sip.configure(compiled.globals, compiled.program)
        diagnostics += start(moduleOrder[modules.order.count...], sockets)
        scheduleTimers(from: old.program.routes.count)
        return diagnostics
    }

    /// Takes what changed in the global parameters; the sockets that are new.
    private func use(_ globals: Globals, _ machine: Machine) -> ArraySlice<SocketDefinition> {
        let old = self.globals
        self.globals = globals
        machine.maximalLoops = globals.maximalLoops
        if globals.xlogLevel != old.xlogLevel { machine.xlogLevel = globals.xlogLevel }
        if globals.logLevel != old.logLevel { machine.logLevel = globals.logLevel }
        return globals.sockets[old.sockets.count...]
    }

    private func start(_ modules: ArraySlice<any Module>, _ sockets: ArraySlice<SocketDefinition>) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for socket in sockets {
            do { try Listening.open(socket, modules: modulesByName, host: host) } catch {
                diagnostics.append(Diagnostic(.cannotStart, at: socket.proto.span, error.description))
            }
        }
        for module in modules {
            do { try module.start() } catch {
                diagnostics.append(Diagnostic(.cannotStart, at: .none, error.description))
            }
        }
        return diagnostics
    }
}

extension Diagnostic.Code {
    /// A module or a socket that was added to a running node.
    package static let cannotStart = Self("node.cannot-start")
}
