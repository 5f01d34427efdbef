/// Cases that do not pass yet, each with the reason. A case that begins to pass fails its test until it is taken out.
enum KnownIssues {
    static func reason(for name: String) -> String? { reasons[name] }

    static let reasons: [String: String] = [:]
}
