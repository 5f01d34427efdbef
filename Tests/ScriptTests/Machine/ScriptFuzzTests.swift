import Foundation
import Testing

@testable import Script
@testable import Syntax

/// Damaged scripts: whatever is left of them is parsed, compiled and run; nothing traps, and everything ends.
@Suite struct ScriptFuzzTests {
    /// The scripts of the recorded cases.
    private static let corpus: [[UInt8]] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let cases = tests.appending(path: "Golden/Cases")
        let files = FileManager.default.enumerator(atPath: cases.path)?.compactMap { $0 as? String }.sorted() ?? []
        return files.filter { $0.hasSuffix(".case") }.compactMap { file in
            guard let text = try? String(contentsOf: cases.appending(path: file), encoding: .utf8),
                let start = text.range(of: "=== script\n")
            else { return nil }
            let script = text[start.upperBound...].components(separatedBy: "\n=== ")[0]
            // Where things happen; the socket and the modules of another world are left out.
            return Array(
                script.split(separator: "\n").filter { !$0.contains("socket=") && !$0.hasPrefix("mpath") }.joined(
                    separator: "\n"
                ).utf8)
        }
    }()

    private static let words = [
        "{", "}", "(", ")", ";", ",", "[", "]", "$var(x)", "$var(i)", "$avp(l)", "$(avp(l)[-1])", "$(avp(l)[*])",
        "$(avp(l)[append])", "$param(1)", "$rc", "$return(0)",
        "$(var(x){s.len})", "$(var(x){s.substr,1,$var(i)})", "$(var(x){re.subst,/a/b/g})", "$(var(x){s.eval})",
        "= NULL;", ":=", "+=", "=~", "!~", "==", "<", "&&", "||", "!", "~ ", "+", "/",
        "<<", "-1", "0", "2147483647", "\"\"", "\"x\"", "\"$var(x) $avp(l)\"", "\"(\"", "if (", "else", "while (1)",
        "for ($var(x) in $(avp(l)[*]))", "switch ($var(x)) { case 1:", "case \"x\":",
        "default:", "break;", "return(1, $var(x), 2);", "exit;", "drop;", "route(a, $var(x));", "route[a] {",
        "route($var(x));", "async(sleep(1), a);", "launch(sleep(1), a);", "sleep(1);",
        "assert($var(x) == 1);", "xlog(\"$var(x)\");", "error_route {", "event_route[E_X] {", "timer_route[t, 1] {",
        "10.0.0.0/8", "rand_event(0);", "$shv(x)", "cache_fetch(\"a\", \"b\", $var(x));",
    ].map { Array($0.utf8) }

    @Test("Damaged scripts are read and run, and come to an end", arguments: 0..<4)
    func damaged(_ part: Int) throws {
        let seed = SeededRandom().seed
        var random = SeededRandom(seed &+ UInt64(part) << 32)
        var compiled = 0
        for number in 0..<SeededRandom.rounds(12_000) / 4 {
            let bytes = mutated(&random)
            let stage = Stage(bytes, adapt: bound)
            for diagnostic in stage.diagnostics {
                let isInside = [diagnostic.span, diagnostic.fix?.span].compactMap(\.self).allSatisfy { span in
                    span.start >= 0 && span.start <= span.end && Int(span.end) <= bytes.count
                }
                try #require(
                    isInside,
                    "\(diagnostic) \(String(decoding: bytes, as: UTF8.self)) seed \(seed), part \(part), input \(number)"
                )
            }
            _ = Source(name: "f", bytes: bytes).fixing(stage.diagnostics.compactMap(\.fix), in: "f", bytes)
            guard stage.isCompiled else { continue }
            compiled += 1
            stage.machine.maximalLoops = 3
            for route in stage.machine.program.routes.indices where stage.machine.program.routes[route].entry >= 0 {
                stage.play(route) { fiber in
                    fiber.attributes = [
                        EventAttribute(name: Array("x".utf8), content: .text([65])),
                        EventAttribute(name: [], content: .number(-1)),
                    ]
                }
            }
            for ticket in 0..<20 { stage.wake(UInt64(ticket), code: Int32(ticket) - 5) }
        }
        #expect(compiled > 0)
    }

    private func mutated(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Self.corpus.randomElement(using: &random) ?? []
        if Int.random(in: 0..<4, using: &random) == 0, let other = Self.corpus.randomElement(using: &random) {
            // The routes of two scripts in one.
            bytes += [10] + other
        }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...10, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1, 2: bytes.insert(contentsOf: Self.words.randomElement(using: &random) ?? [], at: place)
            case 3: bytes.replaceSubrange(place..<end, with: Self.words.randomElement(using: &random) ?? [])
            case 4: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            default: bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return bytes
    }

    /// Keeps a program from running for ages, which a script may do by right: routes call only later ones, and loops over
    /// lists are short.
    private func bound(_ program: inout Program) {
        let long = program.statics.operand(of: .number(Compiler.maximalElements))
        let short = program.statics.operand(of: .number(20))
        let entries = program.routes.map(\.entry)
        var current: Int32 = -1
        for index in program.code.indices {
            if let entry = entries.first(where: { $0 == Int32(index) }) { current = entry }
            switch program.code[index].operation {
            case .callRoute where entries[Int(program.code[index].a)] <= current, .callNamedRoute:
                program.code[index] = Instruction(.setCode, -1)
            case .jumpIfGreater where program.code[index].b == long: program.code[index].b = short
            default: break
            }
        }
    }
}
