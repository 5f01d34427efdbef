import Foundation
import Testing

@testable import Script

/// Applies transformations as a machine would: binds the call, evaluates the arguments, runs it in an arena.
final class TransformationBench {
    let scratch = Arena()
    let matcher = Matcher()
    private var kept: [UnsafeMutableBufferPointer<UInt8>] = []

    deinit { for memory in kept { memory.deallocate() } }

    /// A text in memory of exactly its size, so that a sanitizer sees every step over its ends.
    func value(_ bytes: some Collection<UInt8>) -> Value {
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = memory.initialize(from: bytes)
        kept.append(memory)
        return .text(UnsafeBufferPointer(memory))
    }

    func value(_ text: String) -> Value { value(Array(text.utf8)) }

    /// `call` without its braces, several of them with `}{` between; an argument `$name` is a variable.
    func apply(_ calls: String, to value: Value, _ variables: [String: Value] = [:]) throws -> Value {
        var value = value
        for call in split(calls) { value = try applyOne(call, to: value, variables) }
        return value
    }

    private func split(_ calls: String) -> [String] {
        calls.components(separatedBy: "}{")
    }

    private func applyOne(_ call: String, to value: Value, _ variables: [String: Value]) throws -> Value {
        let parts = call.components(separatedBy: ",")
        let head = parts[0]
        let dot = try #require(head.firstIndex(of: "."))
        let isVariable = { (part: String) in
            part.first == "$" && variables[String(part.dropFirst())] != nil
        }
        let bound = try BoundTransformation(
            className: String(head[..<dot]), name: String(head[head.index(after: dot)...]),
            arguments: parts.dropFirst().map { isVariable($0) ? nil : [UInt8]($0.utf8) })
        var arguments = bound.arguments.map { argument -> Value in
            switch argument {
            case .number(let number): .bare(number)
            case .text(let bytes): self.value(bytes)
            case .variable(let place): variables[String(parts[place + 1].dropFirst())] ?? .null
            }
        }
        for name in bound.substitution?.variables ?? [] {
            arguments.append(variables[String(decoding: name, as: UTF8.self)] ?? .null)
        }
        return arguments.withUnsafeBufferPointer {
            transform(
                bound.function, value, $0, substitution: bound.substitution, matcher: matcher, scratch: scratch)
        }
    }
}

/// One line of a table:
///
///     "input" s.calls}{s.more => "output"
///
/// Input and output are `"text"`, a number, or `NULL`; `7:"007"` is the number 7 written as 007. Texts know `\n \r \t
/// \" \\` and `\xhh`. Variables: `$i` 2, `$neg` -1, `$t` "2", `$k` "y", `$c` ":", `$nul` NULL.
struct TransformationCase: CustomTestStringConvertible {
    let line: String
    let input: Expected
    let calls: String
    let output: Expected

    enum Expected: Equatable {
        case null
        case text([UInt8])
        case number(Int32, [UInt8]?)
    }

    var testDescription: String { line }

    static func table(_ text: String) -> [TransformationCase] {
        text.split(separator: "\n").map { TransformationCase(String($0).trimmingCharacters(in: .whitespaces)) }
    }

    private init(_ line: String) {
        self.line = line
        var reader = CaseReader(line)
        input = reader.value()
        calls = reader.upTo(" => ")
        output = reader.value()
    }
}

private struct CaseReader {
    private var rest: [UInt8]

    init(_ line: String) { rest = Array(line.utf8) }

    mutating func value() -> TransformationCase.Expected {
        defer { if rest.first == UInt8(ascii: " ") { rest.removeFirst() } }
        if rest.starts(with: "NULL".utf8) {
            rest.removeFirst(4)
            return .null
        }
        if rest.first == UInt8(ascii: "\"") { return .text(text()) }
        let digits = rest.prefix { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
        rest.removeFirst(digits.count)
        let number = Int32(String(decoding: digits, as: UTF8.self))!
        guard rest.first == UInt8(ascii: ":") else { return .number(number, nil) }
        rest.removeFirst()
        return .number(number, text())
    }

    mutating func upTo(_ mark: String) -> String {
        let line = String(decoding: rest, as: UTF8.self)
        let range = line.range(of: mark)!
        rest = Array(line[range.upperBound...].utf8)
        return String(line[..<range.lowerBound])
    }

    private mutating func text() -> [UInt8] {
        var bytes: [UInt8] = []
        rest.removeFirst()
        while rest.first != UInt8(ascii: "\"") {
            var byte = rest.removeFirst()
            if byte == UInt8(ascii: "\\") {
                byte = rest.removeFirst()
                switch byte {
                case UInt8(ascii: "n"): byte = 10
                case UInt8(ascii: "r"): byte = 13
                case UInt8(ascii: "t"): byte = 9
                case UInt8(ascii: "x"):
                    byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)!
                    rest.removeFirst(2)
                default: break
                }
            }
            bytes.append(byte)
        }
        rest.removeFirst()
        return bytes
    }
}

extension TransformationCase {
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let bench = TransformationBench()
        let result = try bench.apply(calls, to: bench.make(input), bench.variables)
        #expect(bench.read(result) == output, Comment(rawValue: line), sourceLocation: sourceLocation)
    }
}

extension TransformationBench {
    var variables: [String: Value] {
        [
            "i": .number(2), "neg": .number(-1), "t": value("2"), "k": value("y"), "c": value(":"), "nul": .null,
            "$var(w)": value("WW"), "$var(n)": .number(-7), "r": value("/c$/END/"), "b": value("/b/<$var(w)>/g"),
        ]
    }

    func make(_ expected: TransformationCase.Expected) -> Value {
        switch expected {
        case .null: .null
        case .text(let bytes): value(bytes)
        case .number(let number, let text): text.map { .number(number, writtenAs: value($0)) } ?? .number(number)
        }
    }

    func read(_ value: Value) -> TransformationCase.Expected {
        if value.isNull { return .null }
        let text = value.hasOwnText ? Array(value.bytes) : nil
        guard value.isNumber else { return .text(text ?? []) }
        return .number(value.number, text)
    }
}
