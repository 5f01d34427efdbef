import Cluster

/// The table of the nodes (`db_mode` 1): its place, the names of its columns, and what its rows mean.
struct ClusterTable {
    /// `db_url`, or `db_default_url`.
    var url = ""
    private var name = "clusterer"
    private var columns = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, $0.rawValue) })

    /// With their usual names.
    private enum Column: String, CaseIterable {
        case id, cluster = "cluster_id", node = "node_id", url, state, retries = "no_ping_retries", priority
        case sipAddress = "sip_addr", flags, description
    }

    /// - Returns: whether the parameter is about the table.
    mutating func set(_ parameter: String, _ text: String) -> Bool {
        switch parameter {
        case "db_url": url = text
        case "db_table": name = text
        default:
            guard parameter.hasSuffix("_col"), let column = Column(rawValue: String(parameter.dropLast(4))) else {
                return false
            }
            columns[column] = text
        }
        return true
    }

    /// Why the table cannot be read.
    enum Failure: Error, CustomStringConvertible {
        case noDatabase
        case otherDatabase(String)
        case host(HostError)
        /// What the `version` table says of the table.
        case version([Int64], of: String)

        var description: String {
            switch self {
            case .noDatabase: "db_mode 1 needs db_url \"sqlite:///path\" (db_mode 0 takes the nodes from parameters)"
            case .otherDatabase(let url): "db_url \(url): siskin reads databases of SQLite only, \"sqlite:///path\""
            case .host(let error): "\(error)"
            case .version(let versions, let name):
                "table \(name) must have version \(ClusterTable.version); the database says "
                    + (versions.isEmpty ? "none" : versions.map(String.init).joined(separator: " and "))
            }
        }
    }

    private var table: Table {
        get throws(Failure) {
            guard !url.isEmpty else { throw .noDatabase }
            let scheme = "sqlite://"
            // A password must not come into a log.
            guard url.hasPrefix(scheme + "/") else {
                throw .otherDatabase(url.split(separator: ":").first.map { $0 + ":..." } ?? "")
            }
            return Table(database: String(url.dropFirst(scheme.count)), name: name)
        }
    }

    private static let version: Int64 = 4

    /// Where the database has a table of versions, this table must be in it, as in OpenSIPS 3.6.
    private func checkVersion(of table: Table, in versionTable: String, _ host: any Host) throws(Failure) {
        let versions = Table(database: table.database, name: versionTable)
        guard let rows = try? host.rows(of: versions, ["table_name", "table_version"]) else { return }
        let found = rows.filter { $0[0] == .text(Array(table.name.utf8)) }.compactMap {
            if case .integer(let version) = $0[1] { version } else { nil }
        }
        guard found == [ClusterTable.version] else { throw .version(found, of: table.name) }
    }

    /// The rows that mean something.
    /// - Parameter complain: told of each other one.
    func rows(
        _ host: any Host, versionTable: String, complain: (String) -> Void
    ) throws(Failure) -> [NodeRow] {
        let table = try table
        try checkVersion(of: table, in: versionTable, host)
        let found: [[FieldValue]]
        do { found = try host.rows(of: table, Column.allCases.map { columns[$0, default: $0.rawValue] }) } catch {
            throw .host(error)
        }
        var rows: [NodeRow] = []
        for (index, fields) in found.enumerated() {
            let values = Dictionary(uniqueKeysWithValues: zip(Column.allCases, fields))
            do throws(RowError) {
                let row = try ClusterTable.row(values)
                guard !rows.contains(where: { $0.cluster == row.cluster && $0.node == row.node }) else {
                    throw RowError("node \(row.node) of cluster \(row.cluster) has another row")
                }
                rows.append(row)
            } catch {
                complain("row \(index + 1) of table \(table.name): \(error.reason); it is ignored")
            }
        }
        return rows
    }

    /// What is wrong with a row.
    private struct RowError: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private static func row(_ values: [Column: FieldValue]) throws(RowError) -> NodeRow {
        func number(_ column: Column, or fallback: Int32?) throws(RowError) -> Int32 {
            if case .integer(let number)? = values[column], let number = Int32(exactly: number) { return number }
            guard let fallback, values[column] == .null else { throw RowError("\(column.rawValue) is no number") }
            return fallback
        }
        func text(_ column: Column) -> [UInt8] {
            if case .text(let text)? = values[column] { text } else { [] }
        }
        let row = NodeRow(
            databaseID: try number(.id, or: nil), cluster: ClusterID(try number(.cluster, or: nil)),
            node: NodeID(try number(.node, or: nil)), url: text(.url), sipAddress: text(.sipAddress),
            priority: try number(.priority, or: 50), pingRetries: try number(.retries, or: 3),
            isEnabled: try number(.state, or: 1) != 0, flags: text(.flags), comment: text(.description))
        guard row.cluster.rawValue > 0, row.node.rawValue > 0 else { throw RowError("its ids must be above 0") }
        do { _ = try BINAddress(url: row.description.url) } catch {
            throw RowError("url \(String(decoding: row.description.url, as: UTF8.self)) is none of bin:host:port")
        }
        return row
    }

    /// Keeps what the operator decided.
    func store(isEnabled: Bool, _ cluster: ClusterID, _ node: NodeID, _ host: any Host) throws(Failure) {
        let key = [
            Field(columns[.cluster, default: ""], .integer(Int64(cluster.rawValue))),
            Field(columns[.node, default: ""], .integer(Int64(node.rawValue))),
        ]
        let state = Field(columns[.state, default: ""], .integer(isEnabled ? 1 : 0))
        let table = try table
        do { try host.change(state, in: table, where: key) } catch { throw .host(error) }
    }
}
