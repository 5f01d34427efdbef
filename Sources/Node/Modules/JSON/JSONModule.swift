import Script
import Syntax

/// Documents for scripts: `$json`, `$json_pretty`, `$json_compact`, `json_link`, `json_merge`.
///
/// Documents belong to the node, as those of OpenSIPS belong to a worker.
///
/// Differs from OpenSIPS: a link that would make a document part of itself is refused; an element can be read with an
/// index too, `$(json(a/list)[0])`; what is longer than the longest text of a script reads null; text behind a variable
/// in a key, `a/$var(k)x`, is an error and not skipped; a loop that ends because an element does not parse leaves the
/// code -1 (3.6: -5).
final class JSONModule: Module {
    static let name = "json"

    private var documents = JSONDocuments()
    private var quotesLongNumbers = false

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "json_link": { [unowned self] in link(&$0) },
                "json_merge": { [unowned self] in merge(&$0) },
            ],
            variables: ["json": access(.spaced), "json_compact": access(.compact), "json_pretty": access(.pretty)])
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        if parameter == "enable_long_quoting" { quotesLongNumbers = value.number != 0 }
    }

    private func access(_ style: JSONPrinter.Style) -> VariableAccess {
        VariableAccess { [unowned self] name throws(SubnameError) in
            let path = try JSONPath(name)
            var access = VariableAccess(
                get: { [unowned self] in get(path, style, &$0) }, set: { [unowned self] in set(path, &$0, $1, $2) })
            access.subject = path
            return BoundVariable(access, inner: path.variables)
        }
    }

    /// The place that a path leads to now; nil, and a warning, where a variable holds nothing that fits.
    private func place(_ path: JSONPath, _ context: AccessContext) -> JSONDocuments.Place? {
        var steps: [JSONDocuments.Step] = []
        steps.reserveCapacity(path.steps.count)
        for step in path.steps {
            switch step {
            case .key(let key): steps.append(.key(key))
            case .index(let index): steps.append(.index(index))
            case .append: steps.append(.append)
            case .variableKey(let number):
                guard context.inner.indices.contains(number), context.inner[number].isText else {
                    context.warn("a key of $json holds no text")
                    return nil
                }
                steps.append(.key(Array(context.inner[number].text(in: context.scratch))))
            case .variableIndex(let number):
                guard context.inner.indices.contains(number), context.inner[number].isNumber else {
                    context.warn("an index of $json holds no number")
                    return nil
                }
                steps.append(.index(Int(context.inner[number].number)))
            }
        }
        return JSONDocuments.Place(document: path.document, steps: steps)
    }

    // MARK: Reading

    private func get(_ path: JSONPath, _ style: JSONPrinter.Style, _ context: inout AccessContext) -> Value {
        guard let place = place(path, context), let value = documents[place] else { return .null }
        switch context.index {
        case .none, .all: return self.value(value, style, context.scratch)
        case .word, .invalid: return .null
        case .number(let index):
            guard let element = element(Int(index), of: value, path.iteration) else { return .null }
            return element.isNull ? context.scratch.copy("null") : self.value(element, style, context.scratch)
        }
    }

    /// What a loop finds in its rounds.
    private func element(_ index: Int, of value: JSON, _ iteration: JSONPath.Iteration) -> JSON? {
        switch (value, iteration) {
        case (.array(let array), .elements): return array[index]
        case (.object(let object), _):
            guard object.members.indices.contains(index) else { return nil }
            let member = object.members[index]
            return iteration == .keys ? .string(member.name) : member.value
        default: return nil
        }
    }

    private func value(_ json: JSON, _ style: JSONPrinter.Style, _ scratch: Arena) -> Value {
        switch json {
        case .null: return .null
        case .boolean(let flag): return scratch.copy(flag ? "true" : "false")
        case .integer(let number):
            if let short = Int32(exactly: number) { return .number(short) }
            let digits = scratch.copy(String(number))
            return quotesLongNumbers ? digits : .number(Int32(truncatingIfNeeded: number), writtenAs: digits)
        case .number(let text): return scratch.copy(text)
        case .string(let text): return text.count > Value.maximalCount ? .null : scratch.copy(text)
        case .array, .object:
            return JSONPrinter.print(json, style, limit: Value.maximalCount).map { scratch.copy($0) } ?? .null
        }
    }

    // MARK: Writing

    private func set(_ path: JSONPath, _ context: inout AccessContext, _ value: Value, _ mode: WriteMode) -> Bool {
        guard let place = place(path, context) else { return false }
        if value.isNull { return documents.remove(place) }
        if mode == .set {
            return documents.set(
                place, value.isNumber ? .integer(Int64(value.number)) : .string(Array(value.text(in: context.scratch))))
        }
        guard value.isText else {
            context.warn("only text can be parsed")
            return false
        }
        guard let parsed = parse(value.text(in: context.scratch)), !parsed.isNull else {
            _ = documents.remove(place)
            return false
        }
        return documents.set(place, parsed)
    }

    private func parse(_ text: UnsafeBufferPointer<UInt8>) -> JSON? {
        try? JSONParser.parse(text, .tolerant)
    }

    // MARK: Functions

    /// `json_link($json(place), $json(value))`
    private func link(_ call: inout CallContext) -> Completion {
        guard let target = reach(0, call), let source = reach(1, call) else {
            call.warn("both arguments must be $json variables")
            return .code(-1)
        }
        guard let value = documents[source] else { return .code(-1) }
        return .code(documents.link(value, at: target) ? 1 : -1)
    }

    private func reach(_ argument: Int, _ call: CallContext) -> JSONDocuments.Place? {
        guard let target = call.target(argument),
            let (access, context) = call.machine.access(target, call.fiber), let path = access.subject as? JSONPath
        else { return nil }
        return place(path, context)
    }

    /// `json_merge(value, patch, result)`
    private func merge(_ call: inout CallContext) -> Completion {
        guard let value = call.text(0).flatMap(parse) else {
            call.warn("the first text is no JSON")
            return .code(-1)
        }
        guard let patch = call.text(1).flatMap(parse) else {
            call.warn("the second text is no JSON")
            return .code(-1)
        }
        let merged = JSONPrinter.print(value.merged(with: patch), escapesSlash: false, limit: Value.maximalCount)
        guard let merged else { return .code(-1) }
        return .code(call.set(2, call.scratch.copy(merged)) ? 1 : -1)
    }
}
