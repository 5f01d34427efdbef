import Node
import Script

/// A function that only tests have.
struct TestFunction: Sendable {
    /// Name and parameters as the catalogue writes them: `advance(s#)`. See `FactLine`.
    var declaration: String
    /// The code of the call.
    var body: @Sendable (Stage, TestCall) throws(TestFailure) -> Int32

    init(_ declaration: String, _ body: @escaping @Sendable (Stage, TestCall) throws(TestFailure) -> Int32) {
        self.declaration = declaration
        self.body = body
    }

    var name: String { String(declaration.prefix { $0 != "(" }) }
}

/// A call of such a function.
struct TestCall {
    let context: CallContext

    init(_ context: CallContext) { self.context = context }

    func number(_ index: Int) -> Int32? { context.number(index) }

    /// An argument as text; nil where it is absent or null.
    func text(_ index: Int) -> String? { context.content(index)?.text }

    /// An argument that the function needs.
    func word(_ index: Int) throws(TestFailure) -> String {
        guard let text = text(index) else { throw TestFailure("argument \(index + 1) is missing") }
        return text
    }

    /// The arguments from one on, without those that were left out.
    func words(from index: Int) -> [String] { (index..<max(index, context.count)).compactMap { text($0) } }

    func pattern(_ index: Int) throws(TestFailure) -> Pattern {
        guard let pattern = context.pattern(index) else {
            throw TestFailure("argument \(index + 1) is no regular expression")
        }
        return pattern
    }

    /// Whether the text has a part that fits, as `=~` looks for it.
    func matches(_ pattern: Pattern, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { context.machine.matcher.match(pattern, $0) == .matched }
    }

    /// A number of seconds, such as `"0.5"`.
    func seconds(_ index: Int) throws(TestFailure) -> Nanoseconds {
        let text = try word(index)
        guard let time = Nanoseconds(seconds: text) else { throw TestFailure("'\(text)' is no number of seconds") }
        return time
    }

    /// Per cent, as a probability.
    func share(_ index: Int) throws(TestFailure) -> Double {
        let text = try word(index)
        guard let value = Double(text), value >= 0, value <= 100 else {
            throw TestFailure("'\(text)' is no percentage")
        }
        return value / 100
    }

    /// `10.0.0.1:5060`
    func address(_ index: Int) throws(TestFailure) -> Address {
        let text = try word(index)
        guard let address = Address(text) else { throw TestFailure("'\(text)' is no address such as 10.0.0.1:5060") }
        return address
    }

    func count(_ index: Int) throws(TestFailure) -> Int? {
        guard let text = text(index) else { return nil }
        guard let count = Int(text), count >= 0 else { throw TestFailure("'\(text)' is no count") }
        return count
    }
}

extension Nanoseconds {
    /// Reads `2`, `0.25`, at most some years.
    init?(seconds text: String) {
        guard let value = Double(text), value >= 0, value < 1e9 else { return nil }
        self = Nanoseconds(value * 1e9)
    }
}
