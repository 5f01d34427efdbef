import CSQLite
import Node

extension LiveHost {
    package func rows(of table: Table, _ columns: [String]) throws(HostError) -> [[FieldValue]] {
        let file = try SQLiteFile(table.database, SQLITE_OPEN_READONLY)
        let names = columns.map(SQLiteFile.quoted).joined(separator: ", ")
        let query = try file.prepare("SELECT \(names) FROM \(SQLiteFile.quoted(table.name))")
        var rows: [[FieldValue]] = []
        while try query.step() {
            guard rows.count < SQLiteFile.maximalRows else {
                throw HostError(subject: table.database, reason: "more than \(SQLiteFile.maximalRows) rows")
            }
            rows.append(columns.indices.map { query.field(CInt($0)) })
        }
        return rows
    }

    package func change(_ field: Field, in table: Table, where key: [Field]) throws(HostError) {
        let file = try SQLiteFile(table.database, SQLITE_OPEN_READWRITE)
        let conditions = key.map { "\(SQLiteFile.quoted($0.column)) IS ?" }.joined(separator: " AND ")
        let change = try file.prepare(
            "UPDATE \(SQLiteFile.quoted(table.name)) SET \(SQLiteFile.quoted(field.column)) = ? WHERE \(conditions)")
        for (index, value) in ([field] + key).map(\.value).enumerated() { try change.bind(CInt(index + 1), value) }
        _ = try change.step()
        if file.changes == 0 { throw HostError(subject: table.database, reason: "no such row") }
    }
}

/// A SQLite database, opened for one question, so that a file put in its place is seen at once.
///
/// It is used on the event loop: it waits for no lock, and gives up what takes long.
private final class SQLiteFile {
    static let maximalRows = 10_000
    /// Thousands of steps of the database's machine that one question may take; a row takes some ten.
    private static let patience: Int32 = 1000

    private let path: String
    private var database: OpaquePointer?
    /// Thousands of steps so far.
    private let steps = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    init(_ path: String, _ flags: CInt) throws(HostError) {
        self.path = path
        steps.initialize(to: 0)
        guard sqlite3_open_v2(path, &database, flags, nil) == SQLITE_OK else { throw error }
        sqlite3_extended_result_codes(database, 1)
        sqlite3_progress_handler(
            database, 1000,
            { steps in
                let steps = steps!.assumingMemoryBound(to: Int32.self)
                steps.pointee += 1
                return steps.pointee > SQLiteFile.patience ? 1 : 0
            }, steps)
    }

    deinit {
        sqlite3_close_v2(database)
        steps.deallocate()
    }

    var error: HostError {
        HostError(subject: path, reason: database.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
    }

    var changes: CInt { sqlite3_changes(database) }

    func prepare(_ text: String) throws(HostError) -> Statement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, text, -1, &statement, nil) == SQLITE_OK, let statement else { throw error }
        return Statement(self, statement)
    }

    /// As a name. In double quotes a column that is not there would be taken for text.
    static func quoted(_ name: String) -> String {
        "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }

    final class Statement {
        private let file: SQLiteFile
        private let statement: OpaquePointer

        init(_ file: SQLiteFile, _ statement: OpaquePointer) {
            self.file = file
            self.statement = statement
        }

        deinit { sqlite3_finalize(statement) }

        func bind(_ index: CInt, _ value: FieldValue) throws(HostError) {
            let result =
                switch value {
                case .null: sqlite3_bind_null(statement, index)
                case .integer(let number): sqlite3_bind_int64(statement, index, number)
                case .text(let bytes):
                    bytes.withUnsafeBytes {
                        siskin_sqlite_bind_text(
                            statement, index, $0.baseAddress?.assumingMemoryBound(to: CChar.self), CInt($0.count))
                    }
                }
            if result != SQLITE_OK { throw file.error }
        }

        /// - Returns: whether there is a row.
        func step() throws(HostError) -> Bool {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            default: throw file.error
            }
        }

        func field(_ index: CInt) -> FieldValue {
            switch sqlite3_column_type(statement, index) {
            case SQLITE_NULL: return .null
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
            default:
                guard let text = sqlite3_column_text(statement, index) else { return .text([]) }
                let count = Int(sqlite3_column_bytes(statement, index))
                return .text(Array(UnsafeBufferPointer(start: text, count: count)))
            }
        }
    }
}
