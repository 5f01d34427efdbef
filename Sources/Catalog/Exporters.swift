/// The kinds of names that a module exports.
package enum ExportKind: CaseIterable, Sendable {
    case function
    case asyncFunction
    case parameter
    case variable
    case transformation
    case event
    case command
    case statistic
}

/// A module that exports a name, or "core".
package struct Exporter: Sendable, Equatable {
    package var module: String
    /// The releases in which the module exports it.
    package var releases: Releases
}

extension Catalog {
    /// Who exports a name, the core first, then modules by name; empty for a name that nobody has.
    ///
    /// The first call reads all modules (a few milliseconds): meant for messages, not for compiling.
    package static func exporters(of kind: ExportKind, named name: String) -> [Exporter] {
        exporterTables[kind]?[name] ?? []
    }

    /// All names of a kind, over all modules and releases, sorted.
    package static func names(of kind: ExportKind) -> [String] {
        exporterTables[kind]?.keys.sorted() ?? []
    }

    private static let exporterTables: [ExportKind: [String: [Exporter]]] = {
        var tables: [ExportKind: [String: [Exporter]]] = [:]
        for facts in [core] + moduleNames.compactMap(module(named:)) {
            for kind in ExportKind.allCases {
                for export in facts.exports(of: kind) {
                    let exporter = Exporter(module: facts.name, releases: export.releases)
                    var known = tables[kind]?[export.name] ?? []
                    if known.last?.module == facts.name {
                        known[known.count - 1].releases.formUnion(export.releases)
                    } else {
                        known.append(exporter)
                    }
                    tables[kind, default: [:]][export.name] = known
                }
            }
        }
        return tables
    }()
}

extension ModuleFacts {
    /// The exports of one kind, whatever they are.
    package func exports(of kind: ExportKind) -> [any Exported] {
        switch kind {
        case .function: functions
        case .asyncFunction: asyncFunctions
        case .parameter: parameters
        case .variable: variables
        case .transformation: transformations
        case .event: events
        case .command: commands
        case .statistic: statistics
        }
    }
}
