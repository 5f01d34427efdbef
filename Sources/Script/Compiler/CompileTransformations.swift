import Syntax

extension Compiler {
    /// Binds `{class.function,arguments}`; nil, and an error, where it cannot be.
    mutating func transformationSite(_ call: TransformationCall) -> TransformationSite? {
        let bound: BoundTransformation
        do {
            bound = try call.bind()
        } catch {
            reject(call, error)
            return nil
        }
        if let fault = bound.fault {
            warning(.badPattern, call.span, "this substitution always gives null: \(fault.message)")
        }
        var operands = bound.arguments.map { argument in
            switch argument {
            case .number(let number): constant(number)
            case .text(let text): constant(text)
            case .variable(let place): call.variable(at: place).map { operand(of: $0) } ?? nullConstant
            }
        }
        for name in bound.substitution?.variables ?? [] {
            let (variable, found) = VariableParser.parse(name, span: call.span)
            diagnostics += found
            operands.append(variable.map { operand(of: $0) } ?? nullConstant)
        }
        return TransformationSite(
            function: bound.function, start: list(operands), count: Int32(operands.count),
            substitution: bound.substitution)
    }

    private mutating func reject(_ call: TransformationCall, _ error: TransformationError) {
        let name = "{\(call.className).\(call.function)}"
        switch error {
        case .unknownClass:
            self.error(
                .unknownTransformation, call.span, "there is no transformation \(name)",
                notes: didYouMean(call.className, TransformationSignature.classNames))
        case .unknownFunction:
            self.error(
                .unknownTransformation, call.span, "there is no transformation \(name)",
                notes: didYouMean(call.function, TransformationSignature.names(inClass: call.className)))
        default: self.error(.transformationArgument, call.span, "\(name): \(error.message)")
        }
    }
}

extension TransformationCall {
    func bind() throws(TransformationError) -> BoundTransformation {
        try BoundTransformation(
            className: className, name: function,
            arguments: arguments.map { if case .text(let bytes) = $0 { bytes } else { nil } })
    }

    func variable(at place: Int) -> Variable? {
        guard arguments.indices.contains(place), case .variable(let variable) = arguments[place] else { return nil }
        return variable
    }
}
