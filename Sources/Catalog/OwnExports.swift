extension ModuleFacts {
    /// These facts and names that only Siskin has, written as lines of the catalogue: `fn raise_event_sync(sa?a?)*`.
    package func adding(_ lines: String) -> ModuleFacts {
        if lines.isEmpty { return self }
        let own = ModuleReader(block: "module \(name)\n\(lines)")
        precondition(own.unreadable.isEmpty, "unreadable: \(own.unreadable)")
        var facts = self
        facts.functions = (facts.functions + own.facts.functions).sorted { $0.name < $1.name }
        facts.asyncFunctions = (facts.asyncFunctions + own.facts.asyncFunctions).sorted { $0.name < $1.name }
        facts.parameters = (facts.parameters + own.facts.parameters).sorted { $0.name < $1.name }
        facts.variables = (facts.variables + own.facts.variables).sorted {
            ($0.name, $0.subname == .none ? 0 : 1) < ($1.name, $1.subname == .none ? 0 : 1)
        }
        facts.events = (facts.events + own.facts.events).sorted { $0.name < $1.name }
        return facts
    }
}
