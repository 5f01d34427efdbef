/// Addresses that send what is no BIN packet: each is named in the log once in a while, and one that does it often is
/// refused until it kept quiet.
struct Offenders {
    static let period = Nanoseconds.seconds(30)
    /// Violations in one period that are borne; a node and an attacker may share an address.
    static let tolerated = 20
    private static let maximalRecords = 256

    private struct Record {
        var count = 0
        var last: Nanoseconds
    }

    private var records: [Address.IP: Record] = [:]
    /// Violations by anybody.
    private(set) var total = 0

    /// - Returns: whether the log is to tell of it.
    mutating func onViolation(by ip: Address.IP, now: Nanoseconds) -> Bool {
        total += 1
        records = records.filter { now - $0.value.last < Offenders.period }
        guard records[ip] != nil || records.count < Offenders.maximalRecords else { return false }
        var record = records[ip] ?? Record(last: now)
        record.count += 1
        record.last = now
        records[ip] = record
        return record.count == 1 || record.count == Offenders.tolerated
    }

    func isRefused(_ ip: Address.IP, now: Nanoseconds) -> Bool {
        guard let record = records[ip], now - record.last < Offenders.period else { return false }
        return record.count >= Offenders.tolerated
    }
}
