import Node

extension SimulatedHost {
    package func rows(of table: Table, _ columns: [String]) throws(HostError) -> [[FieldValue]] {
        let rows = try content(of: table)
        var answer: [[FieldValue]] = []
        for row in rows {
            var fields: [FieldValue] = []
            for column in columns {
                guard let value = row[column] else {
                    throw HostError(subject: table.database, reason: "no such column: \(column)")
                }
                fields.append(value)
            }
            answer.append(fields)
        }
        return answer
    }

    package func change(_ field: Field, in table: Table, where key: [Field]) throws(HostError) {
        let rows = try content(of: table)
        let changed = rows.indices.filter { index in key.allSatisfy { rows[index][$0.column] == $0.value } }
        guard !changed.isEmpty else { throw HostError(subject: table.database, reason: "no such row") }
        for index in changed { tables[table]?[index][field.column] = field.value }
    }

    private func content(of table: Table) throws(HostError) -> [[String: FieldValue]] {
        if let reason = disk.failures[table.database] { throw HostError(subject: table.database, reason: reason) }
        guard let rows = tables[table] else {
            throw HostError(subject: table.database, reason: "no such table: \(table.name)")
        }
        return rows
    }
}
