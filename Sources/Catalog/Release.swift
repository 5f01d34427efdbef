/// A line of OpenSIPS releases whose exports are known. Each stands for the newest point release that was read:
/// 2.4.11, 3.4.18, 3.6.8 and 4.0.1.
package enum Release: UInt8, CaseIterable, Comparable, Sendable, CustomStringConvertible {
    case v24
    case v34
    case v36
    case v40

    /// The release whose behaviour Siskin follows.
    package static let current = Release.v36

    /// Reads "3.6" or "3.6.8"; nil for a line that is not known.
    package init?(_ text: some StringProtocol) {
        let match = Release.allCases.first { release in
            let rest = text.dropFirst(3)
            return text.prefix(3) == release.description
                && (rest.isEmpty || rest.count > 1 && rest.first == "." && rest.dropFirst().allSatisfy(\.isNumber))
        }
        guard let match else { return nil }
        self = match
    }

    /// "3.6"
    package var description: String {
        switch self {
        case .v24: "2.4"
        case .v34: "3.4"
        case .v36: "3.6"
        case .v40: "4.0"
        }
    }

    package static func < (left: Release, right: Release) -> Bool { left.rawValue < right.rawValue }
}

/// A set of releases, such as those in which a name exists.
package struct Releases: OptionSet, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package init(_ release: Release) { rawValue = 1 << release.rawValue }

    /// Both ends included.
    package init(from first: Release, to last: Release) {
        self = Releases(Release.allCases.filter { first <= $0 && $0 <= last }.map { Releases($0) })
    }

    package static let all = Releases(from: .v24, to: .v40)

    package func contains(_ release: Release) -> Bool { contains(Releases(release)) }

    /// Oldest first.
    package var releases: [Release] { Release.allCases.filter { contains($0) } }

    /// Reads "3.6" (that one only), "3.6+" (and later) or "2.4..3.6" (both ends included).
    package init?(_ text: some StringProtocol) {
        if text.hasSuffix("+") {
            guard let first = Release(text.dropLast()) else { return nil }
            self.init(from: first, to: .v40)
        } else if let first = Release(text) {
            self.init(first)
        } else if text.count == 8, let first = Release(text.prefix(3)), let last = Release(text.suffix(3)) {
            guard text.dropFirst(3).prefix(2) == "..", first <= last else { return nil }
            self.init(from: first, to: last)
        } else {
            return nil
        }
    }

    /// The inverse of `init(_:)` for a set without gaps: "3.6", "3.6+", "2.4..3.6"; "never" for the empty set.
    package var description: String {
        guard let first = releases.first, let last = releases.last else { return "never" }
        if last == .v40 { return "\(first)+" }
        return first == last ? "\(first)" : "\(first)..\(last)"
    }
}
