import Syntax

/// The global parameters that mean something to a node.
package struct Globals {
    package var sockets: [SocketDefinition] = []
    package var logLevel: Int32 = LogLevel.notice.rawValue
    package var xlogLevel: Int32 = LogLevel.notice.rawValue
    package var maximalLoops: Int32 = 10_000
    /// For modules without a `db_url` of their own.
    package var databaseURL: String?
    /// Where a database says in which version its tables are (`db_version_table`).
    package var versionTable = "version"

    init() {}

    init(_ globals: [Global]) {
        for global in globals {
            switch (global.name.text, global.value) {
            case ("socket", .socket(let socket)), ("listen", .socket(let socket)): sockets.append(socket)
            case ("log_level", .number(let number)), ("debug", .number(let number)): logLevel = number.value
            case ("xlog_level", .number(let number)): xlogLevel = number.value
            case ("max_while_loops", .number(let number)): maximalLoops = number.value
            case ("db_default_url", .text(let literal)): databaseURL = literal.text
            case ("db_version_table", .text(let literal)): versionTable = literal.text
            default: break
            }
        }
    }
}
