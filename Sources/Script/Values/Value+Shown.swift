extension Value {
    /// As a script would write it: `"bob"`, `5`, `NULL`.
    package var shown: String {
        if hasOwnText { return "\"\(String(decoding: bytes, as: UTF8.self))\"" }
        return isNull ? "NULL" : String(number)
    }
}
