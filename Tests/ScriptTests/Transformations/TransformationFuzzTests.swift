import Foundation
import Testing

@testable import Script

@Suite struct TransformationFuzzTests {
    private static let seeds: [String] = [
        "", "a", "12", "-7", "sip:alice:secret@example.com:5080;transport=tcp;lr?Subject=hi", "tel:+1555;a=b",
        "\"A, B\" <sip:a@b;x=1>;tag=1, <sip:c@[::1]>;q=\"1,2\"", "SIP/2.0/UDP h:5060;branch=z9hG4bK1;rport (c(d))",
        "a=1;b=\"x;y\";flag;c=", "a,\"b\"\"c\",,d", "v=0\r\nm=audio 1 RTP/AVP 0\r\na=x\r\nm=video 2\r\n", "10.0.0.1",
        "2001:db8::1", "10.0.0.0/8", "Thu, 13 Jun 2024 12:48:00 GMT", "%41%zz\\'\\0", "SGkgdGhlcmU/Pg==", "48656c6c6f",
        "/(a|b)*c/\\1$var(x)/g", "/[[:alpha:]]+/<\\0>/", "hello world, hello moon",
    ]

    /// Every function over mutated texts, numbers and NULLs, with arguments of any kind and number.
    @Test func nothingStopsATransformation() {
        var random = SeededRandom()
        let seed = random.seed
        let matcher = Matcher()
        let scratch = Arena()
        let functions = TransformationFunction.allCases
        var longest = 0
        for round in 0..<SeededRandom.rounds(300_000) {
            let mark = scratch.mark
            // Exactly sized memory, freed at once, so that a sanitizer sees what is read outside or afterwards.
            var memory: [UnsafeMutableBufferPointer<UInt8>] = []
            let value = Self.value(&random, &memory)
            let arguments = (0..<Int.random(in: 0...3, using: &random)).map { _ in Self.value(&random, &memory) }
            let function = functions[round % functions.count]
            let result = arguments.withUnsafeBufferPointer {
                transform(function, value, $0, substitution: nil, matcher: matcher, scratch: scratch)
            }
            if value.isNull { #expect(result.isNull, "\(function), seed \(seed), round \(round)") }
            var sum: UInt8 = 0
            for byte in result.bytes { sum &+= byte }
            longest = max(longest, result.count)
            if result.count > Value.maximalCount || sum == 255 && result.isNull {
                Issue.record("\(function), seed \(seed), round \(round)")
            }
            scratch.reset(to: mark)
            for memory in memory { memory.deallocate() }
        }
        #expect(longest <= Value.maximalCount)
    }

    private static func value(
        _ random: inout SeededRandom, _ memory: inout [UnsafeMutableBufferPointer<UInt8>]
    ) -> Value {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .null
        case 1: return .number(Int32.random(in: -40...40, using: &random))
        case 2: return .bare(Int32.random(in: .min ... .max, using: &random))
        case 3: return text(random.bytes(upTo: 40, from: Array(UInt8.min...UInt8.max)), &memory)
        default:
            var bytes = Array(seeds.randomElement(using: &random)!.utf8)
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("\"\\;,<>()[]{}/$%=:@|*".utf8).randomElement(using: &random)!, at: place)
                default: bytes.insert(contentsOf: bytes.prefix(place), at: place)
                }
            }
            return text(bytes, &memory)
        }
    }

    private static func text(_ bytes: [UInt8], _ memory: inout [UnsafeMutableBufferPointer<UInt8>]) -> Value {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        memory.append(copy)
        return .text(UnsafeBufferPointer(copy))
    }

    /// Long texts made of what is slow to read; `SISKIN_LONG` has them as long as texts get.
    @Test(arguments: ["a", ",", ";a=", "m=\n", "<a:b>,", "%", "\"", "\\", "=", "a:"])
    func theLongestTextsAreFine(_ unit: String) {
        let isFull = ProcessInfo.processInfo.environment["SISKIN_LONG"] != nil
        let count = isFull ? Value.maximalCount : 8192
        let bytes = Array(Array(repeating: Array(unit.utf8), count: count / unit.utf8.count).joined())
        let matcher = Matcher()
        bytes.withUnsafeBufferPointer { buffer in
            let value = Value.text(buffer)
            let half = Value.text(UnsafeBufferPointer(rebasing: buffer.prefix(buffer.count / 2)))
            for function in TransformationFunction.allCases {
                for arguments in [[.bare(-1), half], [half, .bare(-1)], [.bare(2), .bare(1 << 20)]] {
                    let scratch = Arena()
                    let result = arguments.withUnsafeBufferPointer {
                        transform(function, value, $0, substitution: nil, matcher: matcher, scratch: scratch)
                    }
                    #expect(result.count <= Value.maximalCount, "\(function)")
                }
            }
        }
    }
}
