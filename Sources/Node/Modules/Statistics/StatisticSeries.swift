/// What a `stat_series_profile` says: how values of a stretch of time become one number.
struct SeriesProfile: Hashable {
    enum Algorithm: String { case accumulate, average, percentage }

    var name: String
    var algorithm = Algorithm.accumulate
    var group: String
    /// Seconds
    var window = 60
    var slots = 60
    /// What a whole is, for percentages.
    var factor = 100

    struct Failure: Error { var reason: String }

    /// `name: algorithm=average window=600 slots=10 group=calls percentage_factor=100`
    init(_ text: String) throws(Failure) {
        guard let (name, rest) = text.splitOnce(":"), !name.isEmpty else {
            throw Failure(reason: "a profile is written as 'name: attribute=value ...'")
        }
        self.name = name
        group = name
        var slots: Int?
        for item in rest.split(whereSeparator: \.isWhitespace) {
            guard let (attribute, value) = item.splitOnce("=") else {
                throw Failure(reason: "'\(item)' is not of the form attribute=value")
            }
            switch attribute {
            case "algorithm":
                guard let algorithm = Algorithm(rawValue: value.lowercased()) else {
                    throw Failure(reason: "'\(value)' is no algorithm; take accumulate, average or percentage")
                }
                self.algorithm = algorithm
            case "group": group = value
            case "window": window = try SeriesProfile.number(value, attribute)
            case "slots": slots = try SeriesProfile.number(value, attribute)
            case "percentage_factor": factor = try SeriesProfile.number(value, attribute)
            case "hash_size": _ = try SeriesProfile.number(value, attribute)
            default: throw Failure(reason: "a profile has no attribute '\(attribute)'")
            }
        }
        self.slots = slots ?? window
    }

    private static func number(_ text: String, _ attribute: String) throws(Failure) -> Int {
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw Failure(reason: "\(attribute)=\(text) is no number from 1 to 1000000")
        }
        return number
    }
}

/// The values of one statistic over a window that slides with the clock, in slots of equal length.
struct StatisticSeries {
    private struct Slot {
        var number: Int64
        var sum: Int64 = 0
        var count: Int64 = 0
        /// Of the values above zero.
        var positive: Int64 = 0
        /// Of all values without their signs.
        var total: Int64 = 0
    }

    private let profile: SeriesProfile
    private let slotLength: Nanoseconds
    /// Those that got values, the oldest first.
    private var slots: [Slot] = []

    init(_ profile: SeriesProfile) {
        self.profile = profile
        slotLength = max(1, Nanoseconds.seconds(profile.window) / Int64(profile.slots))
    }

    mutating func add(_ value: Int32, now: Nanoseconds) {
        expire(now)
        let number = now / slotLength
        if slots.last?.number != number { slots.append(Slot(number: number)) }
        let last = slots.count - 1
        let value = Int64(value)
        slots[last].sum += value
        slots[last].count += 1
        slots[last].positive += max(0, value)
        slots[last].total += abs(value)
    }

    /// What the profile makes of the values in the window; 0 where there are none.
    mutating func value(now: Nanoseconds) -> Int64 {
        expire(now)
        switch profile.algorithm {
        case .accumulate: return slots.reduce(0) { $0 + $1.sum }
        case .average:
            let count = slots.reduce(0) { $0 + $1.count }
            return count == 0 ? 0 : slots.reduce(0) { $0 + $1.sum } / count
        case .percentage:
            let total = slots.reduce(0) { $0 + $1.total }
            return total == 0 ? 0 : slots.reduce(0) { $0 + $1.positive } * Int64(profile.factor) / total
        }
    }

    private mutating func expire(_ now: Nanoseconds) {
        let oldest = now / slotLength - Int64(profile.slots)
        if let keep = slots.firstIndex(where: { $0.number > oldest }) {
            if keep > 0 { slots.removeFirst(keep) }
        } else {
            slots.removeAll(keepingCapacity: true)
        }
    }
}
