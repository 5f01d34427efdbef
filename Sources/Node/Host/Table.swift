/// A table of a SQLite database.
package struct Table: Hashable, Sendable {
    /// The path of the database's file.
    package var database: String
    package var name: String

    package init(database: String, name: String) {
        self.database = database
        self.name = name
    }
}

/// One field of a row. Numbers with a fraction and binary data come as the text that the database makes of them.
package enum FieldValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text([UInt8])
}

/// A column and what is in it.
package struct Field: Hashable, Sendable {
    package var column: String
    package var value: FieldValue

    package init(_ column: String, _ value: FieldValue) {
        self.column = column
        self.value = value
    }
}
