import SIP
import Syntax

/// A compiled script. Every name in it is resolved; the machine reads it and never changes it.
package struct Program {
    package var code: [Instruction] = []
    package var statics = StaticTable()
    /// AVP names in order of their numbers.
    package var avpNames: [[UInt8]] = []
    package var routes: [Route] = []
    /// Lists of value operands, one behind the other.
    package var lists: [Int32] = []
    package var transformations: [TransformationSite] = []
    package var variables: [VariableSite] = []
    package var patterns: [Pattern] = []
    package var networks: [Network] = []
    package var switches: [SwitchTable] = []
    package var calls: [CallSite] = []
    package var suspensions: [Suspension] = []
    /// Where a fault in a stretch of code leads, in order of `end`.
    package var faults: [Fault] = []
    /// Position of the code of each statement, in order of `start`.
    package var positions: [Position] = []
    package var source: Source
    /// The places that the program tells of when it comes to them; empty unless it was compiled with marks.
    package var marks: [Mark] = []
    /// How variables are reached that come up only at run time.
    package var accesses: [String: VariableAccess] = [:]
    /// Names of events that `raise_event` and `subscribe_event` mention as literals.
    package var raisedEvents: [[UInt8]] = []

    package init(source: Source) { self.source = source }

    package struct Route: Sendable {
        package var kind: RouteKind
        package var name: String
        /// Index of the first instruction; -1 for a route that was declared only.
        package var entry: Int32
        /// Registers of a frame; the first `parameters` of them are filled by the caller.
        package var registers: Int32
        package var parameters: Int32
        /// Seconds, timer routes only.
        package var interval: Int32
        package var span: Span
        /// The route that was defined in its place later on; only fibers that were inside of this one are still there.
        package var replacement: Int?

        /// `route[name]`, as `$route` shows it; the main route is `route`.
        package var label: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue)[\(name)]" }
    }

    package struct Fault: Sendable {
        package var start: Int32
        package var end: Int32
        package var target: Int32
    }

    package struct Position: Sendable {
        package var start: Int32
        package var span: Span
    }

    /// The index of a route, if the script has it.
    package func route(_ kind: RouteKind, _ name: String = "") -> Int? {
        routes.firstIndex { $0.kind == kind && $0.name == name && $0.entry >= 0 && $0.replacement == nil }
    }

    /// The route that stands in the place of one today.
    package func current(_ route: Int) -> Int { Program.current(route, in: routes) }

    static func current(_ route: Int, in routes: [Route]) -> Int {
        var route = route
        while let replacement = routes[route].replacement { route = replacement }
        return route
    }

    /// Where the instruction stands in the text.
    package func span(at index: Int) -> Span {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if Int(positions[middle].start) <= index { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? positions[low - 1].span : .none
    }

    /// Where to go on after a fault in the instruction: behind its statement, or out of its condition.
    ///
    /// Stretches are listed when they end, so the first that ends behind the instruction and starts before it is
    /// the innermost.
    func faultTarget(at index: Int32) -> Int32? {
        var low = 0
        var high = faults.count
        while low < high {
            let middle = (low + high) / 2
            if faults[middle].end <= index { low = middle + 1 } else { high = middle }
        }
        return faults[low...].first { $0.start <= index }?.target
    }
}

/// One step of a chain `{class.function,arguments}`.
package struct TransformationSite {
    package var function: TransformationFunction
    /// Its arguments: operands from T[lists][start] on.
    package var start: Int32
    package var count: Int32
    package var substitution: Substitution?
}

/// `async(call, resume[, timeout])` or `launch(call[, report[, text]])`.
package struct Suspension {
    package var call: Int32
    /// Index of the resume or report route, or -1.
    package var route: Int32
    /// Seconds; 0 for none.
    package var timeout: Int32
}
