import CSQLite
import Foundation
import Testing

@testable import LiveHost
@testable import Node

struct SQLiteTests {
    /// A file with a table, for as long as the body runs.
    private func withDatabase(_ statements: String, _ body: @escaping (LiveHost, Table) throws -> Void) throws {
        let path = freshPath()
        defer { unlink(path) }
        execute(path, statements)
        try story { host in
            try body(host, Table(database: path, name: "nodes"))
            host.stop()
        }
    }

    private func execute(_ path: String, _ statements: String) {
        var database: OpaquePointer?
        #expect(sqlite3_open(path, &database) == SQLITE_OK)
        #expect(sqlite3_exec(database, statements, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
    }

    private static let nodes = """
        CREATE TABLE nodes (id INTEGER PRIMARY KEY, `my ``url` CHAR(64), weight REAL);
        INSERT INTO nodes VALUES (1, 'bin:10.0.0.1', 0.5), (2, NULL, 3), (3, 'a''b', NULL);
        """

    @Test func `rows come with their types, also from columns with strange names`() throws {
        try withDatabase(Self.nodes) { host, table in
            let rows = try host.rows(of: table, ["id", "my `url", "weight"])
            #expect(
                rows == [
                    [.integer(1), .text(Array("bin:10.0.0.1".utf8)), .text(Array("0.5".utf8))],
                    [.integer(2), .null, .text(Array("3.0".utf8))], [.integer(3), .text(Array("a'b".utf8)), .null],
                ])
        }
    }

    @Test func `a field is changed where all of the key fits`() throws {
        try withDatabase(Self.nodes) { host, table in
            try host.change(
                Field("weight", .integer(7)), in: table,
                where: [Field("id", .integer(3)), Field("my `url", .text(Array("a'b".utf8)))])
            let weights = try host.rows(of: table, ["weight"])
            #expect(weights.last == [.text(Array("7.0".utf8))])
            #expect(throws: HostError(subject: table.database, reason: "no such row")) {
                try host.change(Field("weight", .null), in: table, where: [Field("id", .integer(4))])
            }
        }
    }

    @Test func `what cannot be read says why`() throws {
        try withDatabase(Self.nodes) { host, table in
            func reason(_ table: Table, _ column: String) -> String? {
                do throws(HostError) { _ = try host.rows(of: table, [column]) } catch { return error.reason }
                return nil
            }
            #expect(reason(table, "url") == "no such column: url")
            #expect(reason(Table(database: table.database, name: "x`; --"), "id") == "no such table: x`; --")
            #expect(reason(Table(database: "/no/such/file", name: "nodes"), "id") == "unable to open database file")
            var holder: OpaquePointer?
            sqlite3_open(table.database, &holder)
            sqlite3_exec(holder, "BEGIN EXCLUSIVE", nil, nil, nil)
            #expect(reason(table, "id") == "database is locked")
            sqlite3_close(holder)
            #expect(reason(table, "id") == nil)
        }
    }

    @Test func `a table without an end is given up`() throws {
        let endless = "CREATE VIEW nodes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        try withDatabase(endless + "SELECT id FROM n") { host, table in
            #expect(throws: HostError(subject: table.database, reason: "more than 10000 rows")) {
                try host.rows(of: table, ["id"])
            }
        }
        try withDatabase(endless + "SELECT id FROM n WHERE id < 0") { host, table in
            #expect(throws: HostError(subject: table.database, reason: "interrupted")) {
                try host.rows(of: table, ["id"])
            }
        }
    }
}
