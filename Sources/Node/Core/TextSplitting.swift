/// What modules need to read the values of their parameters.
extension StringProtocol {
    /// Without blanks and line ends at both ends.
    var trimmingBlanks: SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }

    /// What stands before and after the first separator, blanks trimmed; nil where there is none.
    func splitOnce(_ separator: String) -> (String, String)? {
        var position = startIndex
        while position < endIndex {
            if self[position...].hasPrefix(separator) {
                let behind = index(position, offsetBy: separator.count)
                return (String(self[..<position].trimmingBlanks), String(self[behind...].trimmingBlanks))
            }
            position = index(after: position)
        }
        return nil
    }
}
