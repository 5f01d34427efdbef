import Glibc
import Script
import Syntax

/// Floating point arithmetic on texts: `math_eval`, `math_rpn`, rounding and comparing.
///
/// Differs from OpenSIPS: rounding zero or an infinite number to significant figures gives that number, not `-nan`.
final class MathOps: Module {
    static let name = "mathops"

    /// Digits behind the point of a result.
    private var digits = 6

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "math_eval": { [unowned self] in evaluate(&$0, MathExpression.evaluate) },
            "math_rpn": { [unowned self] in evaluate(&$0, ReversePolish.evaluate) },
            "math_compare": { [unowned self] in compare(&$0) },
            "math_trunc": { [unowned self] in whole(&$0) { trunc($0) } },
            "math_floor": { [unowned self] in whole(&$0) { floor($0) } },
            "math_ceil": { [unowned self] in whole(&$0) { ceil($0) } },
            "math_round": { [unowned self] in round(&$0) },
            "math_round_sf": { [unowned self] in roundFigures(&$0) },
        ])
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard parameter == "decimal_digits", let number = value.number else { return }
        digits = Int(number)
    }

    private func evaluate(
        _ call: inout CallContext, _ evaluate: (UnsafeBufferPointer<UInt8>) -> Double?
    ) -> Completion {
        guard let text = call.text(0), let value = evaluate(text) else {
            call.warn("'\(call.string(0) ?? "<null>")' has no value")
            return .code(-1)
        }
        return answer(&call, call.scratch.copy(DecimalText.fixed(value, digits: digits)))
    }

    private func compare(_ call: inout CallContext) -> Completion {
        guard let left = call.text(0).flatMap(MathExpression.evaluate),
            let right = call.text(1).flatMap(MathExpression.evaluate)
        else { return .code(-1) }
        let order: Int32 = left < right ? -1 : left > right ? 1 : 0
        return .code(call.set(2, .number(order)) ? 1 : -1)
    }

    private func answer(_ call: inout CallContext, _ value: Value) -> Completion { .code(call.set(1, value) ? 1 : -1) }

    // MARK: Rounding

    /// Takes the number that the text begins with.
    private func whole(_ call: inout CallContext, _ round: (Double) -> Double) -> Completion {
        guard let text = call.text(0) else { return .code(-1) }
        return answer(&call, .number(Int32(clamped: round(DecimalText.number(text)))))
    }

    private func round(_ call: inout CallContext) -> Completion {
        guard let digits = call.number(2), digits != 0 else {
            return whole(&call) { $0.rounded(.toNearestOrAwayFromZero) }
        }
        guard let text = call.text(0) else { return .code(-1) }
        return answer(&call, call.scratch.copy(DecimalText.fixed(DecimalText.number(text), digits: Int(digits))))
    }

    /// Rounds to a count of significant figures.
    private func roundFigures(_ call: inout CallContext) -> Completion {
        guard call.has(2), let figures = call.number(2) else {
            return whole(&call) { $0.rounded(.toNearestOrAwayFromZero) }
        }
        guard let text = call.text(0) else { return .code(-1) }
        var value = DecimalText.number(text)
        if value != 0 && value.isFinite {
            let factor = pow(10, Double(figures) - ceil(log10(fabs(value))))
            let scaled = (value * factor).rounded(.toNearestOrAwayFromZero) / factor
            // Where the factor leaves the range of a double there is nothing to be rounded.
            if factor > 0 && scaled.isFinite { value = scaled }
        }
        return answer(&call, call.scratch.copy(DecimalText.fixed(value, digits: digits)))
    }
}

extension Int32 {
    /// The smallest number where the value does not fit, as the processor does it for OpenSIPS.
    init(clamped value: Double) { self = Int32(exactly: value.rounded(.towardZero)) ?? .min }
}
