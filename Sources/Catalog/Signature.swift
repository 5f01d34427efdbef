/// What a function takes in one place.
package enum ParameterKind: Sendable {
    /// A quoted string, in which variables are expanded, or a bare variable.
    case string
    /// A number or a bare variable; never a quoted string.
    case int
    /// A bare variable.
    case variable
    /// A quoted pattern, which is not expanded, or a variable.
    case regex
}

/// One parameter of a function.
package struct Parameter: Sendable, Equatable {
    package struct Marks: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// May be left out, or left empty between two commas.
        package static let optional = Marks(rawValue: 1 << 0)
        /// Takes no variables at all: its value is known when the script is read.
        package static let literal = Marks(rawValue: 1 << 1)
        /// The function gets the string as it is written.
        package static let raw = Marks(rawValue: 1 << 2)
        /// Must be an `$avp`.
        package static let avp = Marks(rawValue: 1 << 3)
        /// Must be assignable.
        package static let writable = Marks(rawValue: 1 << 4)
        /// May be written as a number as well. Only functions of Siskin's own have such.
        package static let orNumber = Marks(rawValue: 1 << 5)
    }

    /// What the string names, where the server looks it up when it reads the script.
    package enum Reference: Sendable, Equatable {
        /// A route of that kind, which must exist.
        case route(RouteTypes)
        case messageFlag
        case branchFlag
    }

    package var kind: ParameterKind
    package var marks: Marks
    package var reference: Reference?

    package init(_ kind: ParameterKind, _ marks: Marks = [], reference: Reference? = nil) {
        self.kind = kind
        self.marks = marks
        self.reference = reference
    }

    package var isOptional: Bool { marks.contains(.optional) }
}

/// What is wrong with the number of arguments of a call.
package enum ArgumentFault: Sendable, Equatable {
    /// The counts that would fit, ascending.
    case count(allowed: [Int])
    /// A mandatory argument is left empty; counted from 0.
    case empty(slot: Int)
}

/// The parameters of a function and where it may be called, in one release.
package struct Signature: Sendable, Equatable {
    package enum Shape: Sendable, Equatable {
        case parameters([Parameter])
        /// Only the accepted counts are known, as for every function of 2.4; ascending.
        case counts([Int])
        /// The release has the function, but nothing was recorded about its arguments.
        case unknown
    }

    package var shape: Shape
    package var routes: RouteTypes

    package init(_ shape: Shape, routes: RouteTypes) {
        self.shape = shape
        self.routes = routes
    }

    /// The parameters in order; empty where only counts are known.
    package var parameters: [Parameter] {
        if case .parameters(let list) = shape { list } else { [] }
    }

    /// The counts of arguments that are accepted, ascending; nil where nothing is known.
    ///
    /// The smallest is the position of the last mandatory parameter: optional ones before it may be left empty,
    /// but need their comma.
    package var argumentCounts: [Int]? {
        switch shape {
        case .parameters(let list):
            Array(((list.lastIndex { !$0.isOptional } ?? -1) + 1)...list.count)
        case .counts(let counts):
            counts
        case .unknown:
            nil
        }
    }

    /// Whether the argument at a position may be empty, as in `f(, "b")`.
    package func mayBeEmpty(slot: Int) -> Bool {
        guard case .parameters(let list) = shape else { return true }
        return list.indices.contains(slot) && list[slot].isOptional
    }

    /// Checks a call by which of its slots hold something; `f()` has no slot, `f("a",)` has two.
    package func faults(filled slots: [Bool]) -> [ArgumentFault] {
        guard let counts = argumentCounts else { return [] }
        guard counts.contains(slots.count) else { return [.count(allowed: counts)] }
        return slots.indices.filter { !slots[$0] && !mayBeEmpty(slot: $0) }.map { .empty(slot: $0) }
    }
}
