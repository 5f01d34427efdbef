/// How often the statements and branches of scripts were executed.
package struct Coverage: Sendable {
    private struct Counts: Sendable {
        var map: CoverageMap
        /// By the number of the mark.
        var marks: [UInt64]
    }

    private var counts: [ObjectIdentifier: Counts] = [:]

    package init() {}

    mutating func add(_ more: [UInt32], _ map: CoverageMap) {
        add(Counts(map: map, marks: more.map(UInt64.init)))
    }

    package mutating func add(_ other: Coverage) {
        for more in other.counts.values { add(more) }
    }

    private mutating func add(_ more: Counts) {
        let key = ObjectIdentifier(more.map)
        guard counts[key] != nil else {
            counts[key] = more
            return
        }
        for (index, count) in more.marks.enumerated() { counts[key]?.marks[index] &+= count }
    }

    /// One for each script, sorted by name.
    package var files: [FileCoverage] {
        var files: [String: FileCoverage] = [:]
        for entry in counts.values {
            for (spot, count) in zip(entry.map.spots, entry.marks) {
                guard let file = spot.file.map({ entry.map.files[$0] }) else { continue }
                files[file, default: FileCoverage(name: file)].add(spot, count)
            }
            for route in entry.map.routes {
                guard let file = route.file.map({ entry.map.files[$0] }) else { continue }
                files[file, default: FileCoverage(name: file)].add(route)
            }
            // A route was entered as often as its first statement was.
            var seen: Set<Int> = []
            for (spot, count) in zip(entry.map.spots, entry.marks) where seen.insert(spot.route).inserted {
                let route = entry.map.routes[spot.route]
                guard let file = route.file.map({ entry.map.files[$0] }) else { continue }
                files[file]?.enter(route, count)
            }
        }
        return files.values.sorted { $0.name < $1.name }
    }
}

/// What was executed of one script.
package struct FileCoverage: Sendable {
    struct Place: Hashable, Comparable {
        var line: Int
        var column: Int
        static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    struct Branch {
        var name: String
        var count: UInt64
    }

    struct Route {
        var name: String
        var line: Int
        var count: UInt64
    }

    package let name: String
    private var statements: [Place: UInt64] = [:]
    /// By the place of their statement, in order.
    private(set) var branches: [Place: [Branch]] = [:]
    private var routesByName: [String: Route] = [:]

    fileprivate init(name: String) { self.name = name }

    fileprivate mutating func add(_ spot: CoverageMap.Spot, _ count: UInt64) {
        let place = Place(line: spot.line, column: spot.column)
        guard let name = spot.branch else {
            statements[place, default: 0] += count
            return
        }
        if let known = branches[place]?.firstIndex(where: { $0.name == name }) {
            branches[place]?[known].count += count
        } else {
            branches[place, default: []].append(Branch(name: name, count: count))
        }
    }

    fileprivate mutating func add(_ route: CoverageMap.Route) {
        let known = routesByName[route.name]?.count ?? 0
        routesByName[route.name] = Route(name: route.name, line: route.line, count: known)
    }

    fileprivate mutating func enter(_ route: CoverageMap.Route, _ count: UInt64) {
        routesByName[route.name]?.count += count
    }

    var routes: [Route] { routesByName.values.sorted { ($0.line, $0.name) < ($1.line, $1.name) } }

    /// Lines on which statements begin; of several statements the one that ran most often.
    var lines: [Int: UInt64] {
        var lines: [Int: UInt64] = [:]
        for (place, count) in statements { lines[place.line] = max(lines[place.line] ?? 0, count) }
        return lines
    }

    /// Those of a line that its statements never took.
    func missedBranches(on line: Int) -> [Branch] {
        branches.filter { $0.key.line == line }.sorted { $0.key < $1.key }.flatMap(\.value).filter { $0.count == 0 }
    }

    package var lineShare: Share { Share(of: lines.values) }
    package var branchShare: Share { Share(of: branches.values.joined().lazy.map(\.count)) }

    /// `12-14, 20`
    var missedLines: String {
        let lines = lines.sorted { $0.key < $1.key }
        var parts: [String] = []
        var start: Int?
        var last = 0
        func end() {
            if let start { parts.append(start == last ? "\(start)" : "\(start)-\(last)") }
        }
        // Lines between which there are no others with statements belong together.
        for (line, count) in lines {
            if count > 0 {
                end()
                start = nil
            } else {
                start = start ?? line
                last = line
            }
        }
        end()
        return parts.joined(separator: ", ")
    }
}

/// A part of a whole.
package struct Share: Sendable, Hashable {
    package var covered: Int
    package var total: Int

    init(of counts: some Sequence<UInt64>) {
        covered = 0
        total = 0
        for count in counts {
            total += 1
            if count > 0 { covered += 1 }
        }
    }

    static func + (left: Share, right: Share) -> Share {
        var sum = left
        sum.covered += right.covered
        sum.total += right.total
        return sum
    }

    /// `87.5 %`; 100 % of nothing.
    var percent: String {
        let tenths = total == 0 ? 1000 : covered * 1000 / total
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension [FileCoverage] {
    var lineShare: Share { map(\.lineShare).reduce(Share(of: []), +) }
    var branchShare: Share { map(\.branchShare).reduce(Share(of: []), +) }
}
