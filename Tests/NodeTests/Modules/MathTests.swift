import Foundation
import Testing

@testable import Node

@Suite struct MathTests {
    @Test func `expressions have the recorded values`() {
        for (text, result) in MathRecordings.expressions {
            #expect(evaluate(text, digits: 6, MathExpression.evaluate) == result, "\(text)")
        }
    }

    @Test func `stacks have the recorded values`() {
        for (text, result) in MathRecordings.reversePolish {
            #expect(evaluate(text, digits: 3, ReversePolish.evaluate) == result, "\(text)")
        }
    }

    private func evaluate(
        _ text: String, digits: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Double?
    ) -> String? {
        Array(text.utf8).withUnsafeBufferPointer(body).map {
            String(decoding: DecimalText.fixed($0, digits: digits), as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("math_round(\"2.5\", $var(r))", "3"), ("math_round(\"-2.5\", $var(r))", "-3"),
        ("math_round(\"3.14159\", $var(r), 3)", "3.142"), ("math_round(\"2.675\", $var(r), 2)", "2.67"),
        ("math_round(\"3.14159\", $var(r), -1)", "3.141590"), ("math_round(\"1e10\", $var(r))", "-2147483648"),
        ("math_round_sf(\"17432.5\", $var(r), 2)", "17000.000000"), ("math_round_sf(\"0\", $var(r), 2)", "0.000000"),
        ("math_round_sf(\"-0.00456\", $var(r), 2)", "-0.004600"), ("math_round_sf(\"99.9\", $var(r), 2)", "100.000000"),
        ("math_round_sf(\"1.5\", $var(r), 0)", "0.000000"), ("math_trunc(\"-12.9\", $var(r))", "-12"),
        ("math_floor(\"-12.2\", $var(r))", "-13"), ("math_ceil(\"12.1 apples\", $var(r))", "13"),
        ("math_trunc(\"abc\", $var(r))", "0"), ("math_trunc(\"nan\", $var(r))", "-2147483648"),
        ("math_compare(\"0.1+0.2\", \"0.3\", $var(r))", "1"), ("math_compare(\"x\", \"1\", $var(r))", "kept"),
    ])
    func `rounding and comparing`(call: String, result: String) throws {
        let story = try ModuleStory(
            """
            loadmodule "mathops.so"
            startup_route { $var(r) = "kept"; \(call); xlog("@@ $var(r)\\n"); }
            """
        ).start()
        #expect(story.said == [result])
    }

    /// A tree of operations, its text, and its value by the machine's own arithmetic.
    private indirect enum Tree {
        case number(Int)
        case operation(Character, Tree, Tree)

        var text: String {
            switch self {
            case .number(let number): String(number)
            case .operation(let sign, let left, let right): "(\(left.text)\(sign)\(right.text))"
            }
        }

        var polish: String {
            switch self {
            case .number(let number): String(number)
            case .operation(let sign, let left, let right): "\(left.polish) \(right.polish) \(sign)"
            }
        }

        var value: Double {
            switch self {
            case .number(let number): return Double(number)
            case .operation(let sign, let left, let right):
                switch sign {
                case "+": return left.value + right.value
                case "-": return left.value - right.value
                case "*": return left.value * right.value
                default: return left.value / right.value
                }
            }
        }

        static func any(_ random: inout ModuleRandom, depth: Int) -> Tree {
            if depth == 0 || random.below(4) == 0 { return .number(random.below(100)) }
            let sign = Array("+-*/")[random.below(4)]
            return .operation(sign, any(&random, depth: depth - 1), any(&random, depth: depth - 1))
        }
    }

    @Test func `both notations agree with arithmetic`() {
        var random = ModuleRandom()
        for _ in 0..<ModuleRandom.rounds(3000) {
            let tree = Tree.any(&random, depth: 5)
            let expression = Array(tree.text.utf8).withUnsafeBufferPointer(MathExpression.evaluate)
            let polish = Array(tree.polish.utf8).withUnsafeBufferPointer(ReversePolish.evaluate)
            if tree.value.isNaN {
                #expect(expression == nil, "seed \(random.seed): \(tree.text)")
            } else {
                #expect(expression == tree.value, "seed \(random.seed): \(tree.text)")
                #expect(polish == tree.value, "seed \(random.seed): \(tree.polish)")
            }
        }
    }

    @Test func `damaged expressions never break the reader`() {
        var random = ModuleRandom()
        let source = Array("sqrt(2)^-3 % (1e3 - .5*abs(-4))/ln 10 swap dup drop pi".utf8)
        for _ in 0..<ModuleRandom.rounds(20_000) {
            var text = source
            for _ in 0...random.below(8) { random.damage(&text, alphabet: Array("()+-*/^% .0123456789eabcpqx".utf8)) }
            let value = text.withUnsafeBufferPointer(MathExpression.evaluate)
            #expect(value?.isNaN != true, "seed \(random.seed)")
            _ = text.withUnsafeBufferPointer(ReversePolish.evaluate)
        }
        let deep = [UInt8](repeating: UInt8(ascii: "("), count: 1_000_000)
        #expect(deep.withUnsafeBufferPointer(MathExpression.evaluate) == nil)
    }

    @Test(arguments: [0, 1, -1, 0.1, 1e300, -1e-300, .infinity, 123_456.789])
    func `numbers print as the C library prints them`(value: Double) {
        for digits in [0, 1, 6, 40, 400] {
            #expect(
                String(decoding: DecimalText.fixed(value, digits: digits), as: UTF8.self)
                    == String(format: "%.\(digits)f", value))
        }
    }
}
