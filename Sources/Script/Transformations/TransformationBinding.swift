import SIP

/// A transformation as it stands in a script, checked and ready to run: what the compiler keeps of
/// `{class.function,argument,...}`.
package struct BoundTransformation: Sendable {
    package enum Argument: Equatable, Sendable {
        case number(Int32)
        case text([UInt8])
        /// The variable at this place in the call.
        case variable(Int)
    }

    package let function: TransformationFunction
    /// What `transform` gets, in order; for `{nameaddr}` the position first.
    package let arguments: [Argument]
    /// The substitution of `{re.subst}`, if its argument is a literal. The values of its `variables`, in order, are
    /// appended to the arguments.
    package let substitution: Substitution?
    /// What makes a literal `{re.subst}` read as NULL always, as OpenSIPS has it; worth a warning.
    package let fault: SubstitutionError?

    /// Binds a call.
    /// - Parameters:
    ///   - name: function with what stands in front of it, such as `substr`, `fill.left` or, for `nameaddr`, `1.uri`.
    ///   - arguments: what stands between the commas, nil for a variable. Separators that got lost because they are
    ///     commas themselves (`{s.select,1,,}`), and commas in `{re.subst}`, are put right here.
    package init(className: String, name: String, arguments: [[UInt8]?]) throws(TransformationError) {
        var name = Substring(name)
        var bound: [Argument] = []
        let className = className.lowercased()
        if className == "nameaddr" {
            bound.append(.number(try BoundTransformation.cutIndex(from: &name)))
        }
        name = name.lowercased()[...]
        guard let signature = TransformationSignature.find(className: className, name: String(name)) else {
            let isClass = !TransformationSignature.names(inClass: className).isEmpty
            throw isClass ? .unknownFunction : .unknownClass
        }
        function = signature.function
        for (place, parameter) in signature.parameters.enumerated() {
            guard place < arguments.count else {
                guard place >= signature.requiredCount else { throw .missingArgument(place) }
                break
            }
            bound.append(try BoundTransformation.bind(parameter, arguments, at: place))
        }
        self.arguments = bound
        guard function == .substitute, case .text(let source)? = bound.first else {
            substitution = nil
            fault = nil
            return
        }
        do {
            substitution = try Substitution(source)
            fault = nil
        } catch {
            substitution = nil
            fault = error
        }
    }

    /// Takes the position and its full stop off `1.uri`; 0 if there is none.
    private static func cutIndex(from name: inout Substring) throws(TransformationError) -> Int32 {
        guard let stop = name.firstIndex(of: ".") else { return 0 }
        guard let index = Int32(name[..<stop]) else { throw .badIndex }
        name = name[name.index(after: stop)...]
        return index
    }

    private static func bind(
        _ parameter: TransformationSignature.Parameter, _ arguments: [[UInt8]?], at place: Int
    ) throws(TransformationError) -> Argument {
        guard let raw = arguments[place] else {
            switch parameter {
            case .literalNumber, .literalText: throw .variableNotAllowed(place)
            default: return .variable(place)
            }
        }
        switch parameter {
        case .number, .literalNumber: return .number(try number(raw, at: place))
        case .positiveNumber:
            let number = try number(raw, at: place)
            guard number >= 0 else { throw .negative(place) }
            return .number(number)
        case .text: return .text(trimmed(raw[...]))
        case .literalText:
            guard !trimmed(raw[...]).isEmpty else { throw .emptyArgument(place) }
            return .text(trimmed(raw[...]))
        case .character:
            if let first = raw.first { return .text([first]) }
            // `{s.select,1,,}`: the comma was taken for the end of an empty argument.
            return .text(place + 1 < arguments.count ? [UInt8(ascii: ",")] : [])
        case .substitution:
            let rest = arguments[place...].compactMap { $0 }
            guard rest.count == arguments.count - place else { throw .variableNotAllowed(place) }
            return .text(Array(rest.joined(separator: [UInt8(ascii: ",")]).drop { $0.isBlank }))
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let head = text.drop { $0.isBlank }
        return Array(head.prefix(head.count - head.reversed().prefix { $0.isBlank }.count))
    }

    /// A decimal number with an optional sign, blanks around it; beyond 32 bits it is the nearest one.
    private static func number(_ raw: [UInt8], at place: Int) throws(TransformationError) -> Int32 {
        var digits = trimmed(raw[...])[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isDigit }) else { throw .notANumber(place) }
        let magnitude = digits.reduce(Int64(0)) { min($0 * 10 + Int64($1 - UInt8(ascii: "0")), 1 << 32) }
        return Int32(clamping: isNegative ? -magnitude : magnitude)
    }
}

/// What is wrong with a transformation in a script. Places are those of the arguments, 0 for the first.
package enum TransformationError: Error, Hashable, Sendable {
    case unknownClass
    case unknownFunction
    /// What stands between `nameaddr` and its function is no number.
    case badIndex
    case missingArgument(Int)
    case emptyArgument(Int)
    case notANumber(Int)
    case negative(Int)
    case variableNotAllowed(Int)

    package var message: String {
        switch self {
        case .unknownClass: "there is no transformation class of this name"
        case .unknownFunction: "this transformation class has no function of this name"
        case .badIndex: "a position is a number, as in {nameaddr.1.uri}"
        case .missingArgument(let place): "argument \(place + 1) is missing"
        case .emptyArgument(let place): "argument \(place + 1) is empty"
        case .notANumber(let place): "argument \(place + 1) has to be a number"
        case .negative(let place): "argument \(place + 1) must not be negative"
        case .variableNotAllowed(let place): "argument \(place + 1) cannot be a variable"
        }
    }
}
