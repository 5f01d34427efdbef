/// The number of a node within its cluster; configured nodes have numbers above 0.
package struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    package static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }

    package var description: String { String(rawValue) }
}

/// The number of a cluster; configured clusters have numbers above 0.
package struct ClusterID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    package static func < (a: ClusterID, b: ClusterID) -> Bool { a.rawValue < b.rawValue }

    package var description: String { String(rawValue) }
}

/// A TCP connection as the host numbers it; a number is never used for a second connection.
package struct ConnectionID: Hashable, Sendable {
    package let rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// A point or a span of monotonic time.
package typealias Nanoseconds = Int64

/// When an input happened, on both clocks: the monotonic one drives the timers, the other is written into updates.
package struct Moment: Equatable, Sendable {
    package var now: Nanoseconds
    /// Seconds since 1970.
    package var wallSeconds: Int64

    package init(now: Nanoseconds, wallSeconds: Int64) {
        self.now = now
        self.wallSeconds = wallSeconds
    }

    /// The clock as updates carry it: 4 bytes.
    var timestamp: Int32 { Int32(truncatingIfNeeded: wallSeconds) }
}
