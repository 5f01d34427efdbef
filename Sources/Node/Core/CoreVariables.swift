import Script
import Syntax

/// Variables of the core that are about the script, the process and the time.
enum CoreVariables {
    static func all(_ node: Node) -> [String: VariableAccess] {
        scripts().merging(times(node)) { $1 }.merging(logLevels(node)) { $1 }
    }

    // MARK: Routes

    private static func scripts() -> [String: VariableAccess] {
        [
            "route": routes(joins: true) { $0.label },
            "route.name": routes { $0.name },
            "route.type": routes { $0.kind == .error ? "route" : $0.kind.rawValue },
        ]
    }

    /// The routes being executed: the current one, by index outwards, or, for `$route`, all from the outermost on.
    private static func routes(joins: Bool = false, _ text: @escaping (Program.Route) -> String) -> VariableAccess {
        VariableAccess(get: { context in
            let routes = context.fiber.routes.map { context.machine.program.routes[$0] }
            switch context.index {
            case .none: return routes.last.map { context.scratch.copy(text($0)) } ?? .null
            case .number(let number):
                let index = number < 0 ? -Int(number) - 1 : routes.count - 1 - Int(number)
                return routes.indices.contains(index) ? context.scratch.copy(text(routes[index])) : .null
            case .all: return !joins ? .null : context.scratch.copy(routes.map(text).joined(separator: " > "))
            case .word, .invalid: return .null
            }
        })
    }

    // MARK: Time and process

    private static func times(_ node: Node) -> [String: VariableAccess] {
        let host = node.host
        func number(_ value: @escaping () -> Int64) -> VariableAccess {
            VariableAccess(get: { _ in .number(Int32(truncatingIfNeeded: value())) })
        }
        func date(_ pattern: String, isUTC: Bool = false) -> VariableAccess {
            VariableAccess(get: {
                $0.scratch.copy(LogClock.format(pattern, at: host.wallClock / 1_000_000, isUTC: isUTC))
            })
        }
        return [
            "Ts": number { host.wallClock / 1_000_000 },
            "Tsm": number { host.wallClock % 1_000_000 },
            "TS": number { node.startedAtSeconds },
            "Tf": date("%a %b %e %H:%M:%S %Y"),
            "time": VariableAccess(get: { context in
                let pattern = String(decoding: context.nameBytes, as: UTF8.self)
                return context.scratch.copy(LogClock.format(pattern, at: host.wallClock / 1_000_000))
            }),
            "pp": VariableAccess(get: { _ in .number(host.processID) }),
            "argv": VariableAccess(get: { _ in .null }),
            // Colours of a terminal, which the log is not.
            "C": VariableAccess(get: { _ in .empty }),
        ]
    }

    // MARK: Log levels

    private static func logLevels(_ node: Node) -> [String: VariableAccess] {
        func level(_ path: ReferenceWritableKeyPath<Machine, Int32>, _ standard: KeyPath<Globals, Int32>)
            -> VariableAccess
        {
            VariableAccess(
                get: { .number($0.machine[keyPath: path]) },
                set: { [unowned node] context, value, _ in
                    guard value.isNumber || value.isNull else { return false }
                    context.machine[keyPath: path] = value.isNull ? node.globals[keyPath: standard] : value.number
                    return true
                })
        }
        return ["log_level": level(\.logLevel, \.logLevel), "xlog_level": level(\.xlogLevel, \.xlogLevel)]
    }
}
