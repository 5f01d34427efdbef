import Node
import Simulation

/// Where the nodes of a session live.
package final class World {
    package enum Kind {
        /// In memory; each node on a host of its own.
        case simulated(Simulation)
        /// On the machine's own sockets, all on one host.
        case live(any Host)
    }

    package let kind: Kind
    /// Bytes of a file; nil where it cannot be read.
    let readFile: (String) -> [UInt8]?
    /// The paths that begin like one; folders end with a slash.
    let listFiles: (String) -> [String]

    package init(
        _ kind: Kind, listFiles: @escaping (String) -> [String] = { _ in [] },
        readFile: @escaping (String) -> [UInt8]?
    ) {
        self.kind = kind
        self.listFiles = listFiles
        self.readFile = readFile
        // People who type want to see messages in one piece, and do not look at the trace.
        simulation?.isTracing = false
    }

    package var simulation: Simulation? { if case .simulated(let simulation) = kind { simulation } else { nil } }

    func makeHost(_ name: String) -> any Host {
        switch kind {
        case .simulated(let simulation): simulation.host(name)
        case .live(let host): host
        }
    }

    var now: Nanoseconds {
        switch kind {
        case .simulated(let simulation): simulation.now
        case .live(let host): host.now
        }
    }
}
