import Node

/// What the way from one host to another does to what is sent on it. Each direction is a link of its own.
package struct Link: Hashable, Sendable {
    /// Nothing passes, and nobody is told.
    package var isCut = false
    /// The sender's system knows that there is no way: datagrams fail and dials are refused, both at once.
    package var isUnreachable = false
    /// One way.
    package var latency: Nanoseconds = 200_000
    /// Added to the latency, evenly from 0 to this. It does not reorder: see `reordering`.
    package var jitter: Nanoseconds = 0
    /// The probability that a datagram is lost, or that a piece of a stream must be sent again.
    package var loss = 0.0
    /// The probability that a datagram comes twice.
    package var duplication = 0.0
    /// The probability that a datagram is overtaken by those that were sent up to ten latencies later.
    package var reordering = 0.0

    package init() {}
}

extension Simulation {
    /// The link from one host to another, to look at and to change.
    package subscript(from: SimulatedHost, to: SimulatedHost) -> Link {
        get { links[Way(from: from.index, to: to.index)] ?? defaultLink }
        set { links[Way(from: from.index, to: to.index)] = newValue }
    }

    /// Changes the link in both directions.
    package func link(_ one: SimulatedHost, _ other: SimulatedHost, _ change: (inout Link) -> Void) {
        change(&self[one, other])
        change(&self[other, one])
    }

    /// Nothing passes between the two, in either direction.
    package func cut(_ one: SimulatedHost, _ other: SimulatedHost) { link(one, other) { $0.isCut = true } }

    package func heal(_ one: SimulatedHost, _ other: SimulatedHost) { link(one, other) { $0.isCut = false } }

    /// Cuts all links between the groups and none inside them.
    package func partition(_ groups: [SimulatedHost]...) {
        for (number, group) in groups.enumerated() {
            for other in groups[(number + 1)...] {
                for one in group {
                    for another in other { cut(one, another) }
                }
            }
        }
    }

    /// No link is cut any more; latencies, losses and the rest stay.
    package func healAll() {
        for way in links.keys { links[way]?.isCut = false }
        defaultLink.isCut = false
    }
}

struct Way: Hashable {
    var from: Int
    var to: Int
}
