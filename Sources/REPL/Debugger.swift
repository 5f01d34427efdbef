import Node
import Script
import Syntax

/// Breakpoints and steps: decides in front of every statement whether its fiber stops there.
///
/// A fiber that is stopped holds memory only; other fibers, timers and sockets go on.
package final class Debugger {
    /// Where fibers stop.
    package struct Breakpoint: Equatable {
        package enum Place: Equatable {
            /// The first statement on the line or behind it; the file by the end of its name, nil for any.
            case line(Int, file: String?)
            /// The first statement of a route, by name or label.
            case route(String)
        }

        package var number: Int
        package var place: Place

        package var text: String {
            switch place {
            case .line(let line, let file): file.map { "\($0):\(line)" } ?? "line \(line)"
            case .route(let name): name.contains("[") || name.contains("_") ? name : "route[\(name)]"
            }
        }
    }

    /// A fiber that was stopped.
    struct Stop {
        let node: SessionNode
        let fiber: Fiber
        let ticket: Ticket
        let mark: Int
    }

    enum Motion {
        case run
        /// To the next statement, whichever it is.
        case step
        /// To the next statement that is not deeper than so many routes.
        case next(depth: Int)
    }

    private(set) var breakpoints: [Breakpoint] = []
    /// The oldest one is the one that is looked at.
    private(set) var stops: [Stop] = []
    var motion = Motion.run
    /// Nothing stops while the person's own statements look around.
    var isMuted = false
    /// A step was begun and nothing has stopped yet.
    var hasNotArrived: Bool { if case .run = motion { false } else { true } }
    /// The fiber that was let go on last.
    private var moving: Fiber?
    private var lastNumber = 0
    /// Marks with a breakpoint, by the machine that they were looked up for.
    private var marks: [ObjectIdentifier: Set<Int>] = [:]
    /// Says that a fiber was stopped.
    var onStop: (Stop) -> Void = { _ in }

    var current: Stop? { stops.first }

    func add(_ place: Breakpoint.Place) -> Breakpoint {
        lastNumber += 1
        let breakpoint = Breakpoint(number: lastNumber, place: place)
        breakpoints.append(breakpoint)
        marks = [:]
        return breakpoint
    }

    /// Nil for all of them; false where there is no such.
    func remove(_ number: Int?) -> Bool {
        let before = breakpoints.count
        breakpoints.removeAll { number == nil || $0.number == number }
        marks = [:]
        return breakpoints.count < before
    }

    /// The script has changed.
    func forgetMarks() { marks = [:] }

    func reached(_ index: Int, _ fiber: Fiber, in machine: Machine, of node: SessionNode) -> Ticket? {
        guard !isMuted, case .statement = machine.program.marks[index].kind else { return nil }
        guard stopsHere(fiber) || marks(of: machine).contains(index) else { return nil }
        motion = .run
        let stop = Stop(node: node, fiber: fiber, ticket: node.node.makeTicket(), mark: index)
        stops.append(stop)
        onStop(stop)
        return stop.ticket
    }

    private func stopsHere(_ fiber: Fiber) -> Bool {
        switch motion {
        case .run: false
        case .step: true
        case .next(let depth): fiber.routes.count <= depth
        }
    }

    /// Lets the fiber that is looked at go on.
    func proceed(_ motion: Motion) {
        guard let stop = stops.first else { return }
        stops.removeFirst()
        self.motion = motion
        moving = stop.fiber
        stop.node.node.complete(stop.ticket, code: 1)
    }

    /// A script has come to its end; a step that was begun in it is over.
    func ended(_ fiber: Fiber) {
        guard moving === fiber else { return }
        moving = nil
        motion = .run
    }

    /// The node is no more.
    func forget(_ node: SessionNode) {
        stops.removeAll { $0.node === node }
        marks = [:]
    }

    /// Where a line or a route begins; empty where there is none.
    func resolve(_ place: Breakpoint.Place, in program: Program) -> [Int] {
        let statements = program.marks.indices.filter {
            if case .statement = program.marks[$0].kind {
                program.routes[program.marks[$0].route].replacement == nil
            } else {
                false
            }
        }
        switch place {
        case .route(let name):
            let routes = program.routes.indices.filter {
                let route = program.routes[$0]
                return route.replacement == nil && (route.label == name || !name.isEmpty && route.name == name)
            }
            return routes.compactMap { route in statements.first { program.marks[$0].route == route } }
        case .line(let line, let file):
            let places = statements.map { (mark: $0, place: program.source.location(of: program.marks[$0].span.start)) }
            // Where no file is named, the one that was loaded last is meant.
            let name = file ?? places.last { $0.place.file != SessionNode.inputName }?.place.file ?? ""
            let behind = places.filter { $0.place.line >= line && $0.place.file.hasSuffix(name) }
            guard let first = behind.map(\.place.line).min() else { return [] }
            return behind.first { $0.place.line == first }.map { [$0.mark] } ?? []
        }
    }

    private func marks(of machine: Machine) -> Set<Int> {
        if breakpoints.isEmpty { return [] }
        let id = ObjectIdentifier(machine)
        if let known = marks[id] { return known }
        let found = Set(breakpoints.flatMap { resolve($0.place, in: machine.program) })
        marks[id] = found
        return found
    }
}
