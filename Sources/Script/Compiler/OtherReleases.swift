import Catalog
import Syntax

/// Names that OpenSIPS 3.6 does not have any more, or not yet: warnings, as Siskin runs what it can.
extension Compiler {
    func note(_ rename: Rename) -> Diagnostic.Note {
        let isSame = rename.newOwner == rename.owner || rename.kind == .module
        let owner = isSame ? "" : rename.newOwner == "core" ? " of the core" : " of module \(rename.newOwner)"
        return Diagnostic.Note("since \(rename.since) it is \(rename.newName)\(owner)")
    }

    private mutating func noteRelease(
        _ releases: Releases, _ shown: String, _ span: Span, _ rename: Rename? = nil, fix: Diagnostic.Fix? = nil
    ) {
        let known = releases.releases.map(\.description).joined(separator: ", ")
        warning(
            .legacyName, span, "OpenSIPS \(Release.current) has no \(shown)",
            notes: [rename.map(note) ?? Diagnostic.Note("it is known from \(known)")],
            fix: rename?.changesValue == true ? nil : fix)
    }

    mutating func noteRelease(of load: LoadModule, _ facts: ModuleFacts) {
        guard !facts.releases.contains(.current) else { return }
        let rename = Catalog.history.rename(of: .module, named: facts.name, in: facts.name)
        let isSplit = Catalog.history.droppedModules.contains { $0.name == facts.name && $0.remains != .none }
        var fix: Diagnostic.Fix?
        if isSplit || rename.map({ scope.modules[$0.newName] != nil }) == true {
            fix = .init(load.span, "")
        } else if let rename {
            fix = .init(load.path.span, "\"\(load.path.text.replacing(facts.name, with: rename.newName))\"")
        }
        noteRelease(facts.releases, "module '\(facts.name)'", load.path.span, rename, fix: fix)
    }

    mutating func noteRelease(of parameter: ModParam, _ facts: ModuleParameter, _ module: ModuleFacts) {
        guard !facts.releases.contains(.current), module.releases.contains(.current) else { return }
        let rename = Catalog.history.rename(of: .parameter, named: facts.name, in: module.name)
        noteRelease(
            facts.releases, "parameter '\(facts.name)' of module \(module.name)", parameter.name.span, rename,
            fix: rename.map { fix(of: parameter, $0) })
    }

    /// A parameter of a module that is not loaded and whose work another one does now; false where there is none.
    mutating func noteMove(of parameter: ModParam) -> Bool {
        let module = parameter.modules.text
        let heir = Catalog.history.rename(of: .module, named: module, in: module)
        guard
            let rename = Catalog.history.rename(of: .parameter, named: parameter.name.text, in: module)
                ?? heir.map({ heir in
                    var rename = heir
                    rename.newName = parameter.name.text
                    rename.newOwner = heir.newName
                    return rename
                }),
            scope.modules[rename.newOwner] != nil
        else { return false }
        error(
            .moduleNotLoaded, parameter.modules.span, "no module '\(module)' is loaded before this line",
            notes: [Diagnostic.Note("since \(rename.since) it is \(rename.newName) of module \(rename.newOwner)")],
            fix: rename.changesValue ? nil : fix(of: parameter, rename))
        return true
    }

    private func fix(of parameter: ModParam, _ rename: Rename) -> Diagnostic.Fix {
        let names = Span(start: parameter.modules.span.start, end: parameter.name.span.end)
        return .init(names, "\"\(rename.newOwner)\", \"\(rename.newName)\"")
    }

    mutating func noteRelease(of function: Function, at span: Span) {
        guard !function.releases.contains(.current) else { return }
        let rename = Catalog.history.rename(of: .function, named: function.name, in: function.module)
        noteRelease(
            function.releases, "function \(function.name)()", span, rename,
            fix: rename.map { .init(span, $0.newName) })
    }

    mutating func noteRelease(of variable: Variable, _ facts: VariableFacts) {
        guard !facts.releases.contains(.current) else { return }
        let sub = variable.sub.map { "(\(String(decoding: $0.bytes, as: UTF8.self)))" } ?? ""
        let name = variable.name + sub
        let whole = Catalog.history.rename(of: .variable, named: name)
        let rename = whole ?? Catalog.history.rename(of: .variable, named: variable.name)
        let place = rename.flatMap { _ in self.place(of: whole == nil ? variable.name : name, in: variable) }
        noteRelease(
            facts.releases, "variable $\(variable.name)", place ?? variable.span, rename,
            fix: place.flatMap { place in rename.map { .init(place, $0.newName) } })
    }

    /// Where the name of a variable stands as it is: not in a text with escapes.
    private func place(of name: String, in variable: Variable) -> Span? {
        let text = source.text(variable.span).utf8
        let sign = text.prefix { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "(") }.count
        guard text.dropFirst(sign).starts(with: name.utf8) else { return nil }
        let start = variable.span.start + Int32(sign)
        return Span(start: start, end: start + Int32(name.utf8.count))
    }
}
