import Script

/// `$shv`: variables that all scripts of a node share. They are never null; what is not set is 0.
struct SharedVariables {
    enum Content: Hashable {
        case number(Int32)
        case text([UInt8])
    }

    private var contents: [[UInt8]: Content] = [:]

    /// Names that a node can have; what a script makes up beyond is not kept.
    private static let maximalCount = 1 << 20

    subscript(_ name: [UInt8]) -> Content { contents[name] ?? .number(0) }

    /// False where there are too many.
    mutating func set(_ name: [UInt8], _ content: Content) -> Bool {
        guard contents[name] != nil || contents.count < SharedVariables.maximalCount else { return false }
        contents[name] = content
        return true
    }

    var names: [[UInt8]] { contents.keys.sorted { $0.lexicographicallyPrecedes($1) } }
}

extension Node {
    /// Names of the `$shv`s that have a value.
    package var sharedVariableNames: [[UInt8]] { module(CfgUtils.self)?.shared.names ?? [] }
}

extension SharedVariables.Content {
    /// `i:5` or `s:text`, as `shvset` and `varset` have them.
    init?(declared text: String) {
        if text.hasPrefix("i:") {
            guard let number = Int32(text.dropFirst(2)) else { return nil }
            self = .number(number)
        } else if text.hasPrefix("s:") {
            self = .text(Array(text.dropFirst(2).utf8))
        } else {
            return nil
        }
    }

    init(_ value: Value, _ scratch: Arena) {
        self = value.isNumber || value.isNull ? .number(value.number) : .text(Array(value.text(in: scratch)))
    }

    func value(in scratch: Arena) -> Value {
        switch self {
        case .number(let number): .number(number)
        case .text(let text): scratch.copy(text)
        }
    }
}
