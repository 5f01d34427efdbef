import Foundation
import Testing

/// A recorded case: a script, what is sent to it, and what the log and the client have to show for it. See README.md.
struct Case: Sendable, CustomTestStringConvertible {
    /// `async/wait-timeout`
    let name: String
    var script = ""
    var includes: [String: String] = [:]
    /// Requests, in the order in which they are sent.
    var messages: [String] = []
    var log: [String] = []
    /// What Siskin logs where it improves on purpose; see DIFFERENCES.md.
    var improvedLog: [String]?
    /// What the client gets, normalised.
    var replies: [String] = []
    /// Seconds that pass before the last output can come.
    var wait = 0.0
    var isUnordered = false
    /// Files that the script writes; their lines belong to the log.
    var collected: [String] = []
    /// The script must not start.
    var isRefused = false

    var testDescription: String { name }
}

extension Case {
    /// What the placeholders of a case stand for; every case has a world of its own, so that they never change.
    enum Place {
        static let port: UInt16 = 25060
        static let client: UInt16 = 25080
        static let folder = "/case"

        static func fill(_ text: String) -> String {
            text.replacingOccurrences(of: "@PORT@", with: "\(port)")
                .replacingOccurrences(of: "@CLIENT@", with: "\(client)")
                .replacingOccurrences(of: "@TMP@", with: folder)
                .replacingOccurrences(of: "@MPATH@", with: "/modules/")
        }
    }

    /// Reads the text form: sections that begin with `=== `.
    init(name: String, text: String) throws {
        self.name = name
        let whole = "\n" + Place.fill(text)
        // What separates two sections is also the line end of the first one's last line.
        for section in (whole.hasSuffix("\n") ? String(whole.dropLast()) : whole).components(separatedBy: "\n=== ")
            .dropFirst()
        {
            let parts = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            var head = parts[0].components(separatedBy: " ")
            let isUnended = head.suffix(3) == ["(no", "line", "end)"]
            if isUnended { head.removeLast(3) }
            let body = parts.count > 1 ? parts[1] + (isUnended ? "" : "\n") : ""
            try add(head.removeFirst(), head, body)
        }
    }

    private mutating func add(_ section: String, _ words: [String], _ body: String) throws {
        switch (section, words) {
        case ("script", []): script = body
        case ("include", _) where words.count == 1: includes[words[0]] = body
        case ("message", []): messages.append(body)
        case ("log", []): log = body.components(separatedBy: "\n").dropLast()
        case ("log", ["of", "siskin"]): improvedLog = body.components(separatedBy: "\n").dropLast()
        case ("reply", []): replies.append(body)
        case ("wait", _): wait = Double(words.joined()) ?? 0
        case ("unordered", []): isUnordered = true
        case ("collect", _): collected = words
        case ("refused", []): isRefused = true
        default: throw UnknownSection(name: name, head: ([section] + words).joined(separator: " "))
        }
    }

    struct UnknownSection: Error {
        let name: String
        let head: String
    }

    /// All of `Cases/`, by name.
    static let all: [Case] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
        let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".case") }.sorted().map { file in
            do {
                let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
                return try Case(name: String(file.dropLast(5)), text: text)
            } catch {
                fatalError("\(file): \(error)")
            }
        }
    }()
}
