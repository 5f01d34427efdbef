import SIP
import Testing

@Suite("A stream") struct StreamFramerTests {
    enum Seen: Equatable {
        case message(String), ping, pong, violation(StreamFramer.Violation)
    }

    static func frames(_ pieces: [[UInt8]], limits: Limits = Limits()) -> [Seen] {
        var framer = StreamFramer(limits: limits)
        var seen: [Seen] = []
        for piece in pieces {
            piece.withUnsafeBufferPointer { framer.append($0) }
            do {
                while let frame = try framer.next() {
                    switch frame {
                    case .message(let range): seen.append(.message(framer.withBytes(range) { string($0) }))
                    case .ping: seen.append(.ping)
                    case .pong: seen.append(.pong)
                    }
                }
            } catch {
                seen.append(.violation(error))
                return seen
            }
        }
        return seen
    }

    let one = "BYE sip:a SIP/2.0\r\nl: 3\r\nX:\r\n y\r\n\r\nabc"
    let two = "SIP/2.0 200 OK\r\nContent-Length :\r\n  0  \r\nbroken line\r\n\r\n"

    @Test("falls into its messages however it is cut") func cuts() {
        let stream = Array((one + two + "\r\n\r\n" + one + "\r\n" + two).utf8)
        let expected: [Seen] = [.message(one), .message(two), .ping, .message(one), .pong, .message(two)]
        #expect(Self.frames([stream]) == expected)
        // A ping that comes in halves is a pong first.
        func withoutPongs(_ seen: [Seen]) -> [Seen] { seen.filter { $0 != .pong } }
        #expect(withoutPongs(Self.frames(stream.map { [$0] })) == withoutPongs(expected))
        for cut in stream.indices {
            let seen = Self.frames([Array(stream[..<cut]), Array(stream[cut...])])
            #expect(withoutPongs(seen) == withoutPongs(expected), "cut at \(cut)")
        }
    }

    @Test("keep-alives: two line ends ask, one answers") func keepAlives() {
        func seen(_ pieces: String...) -> [Seen] { Self.frames(pieces.map { Array($0.utf8) }) }
        #expect(seen("\r\n\r\n") == [.ping])
        #expect(seen("\r\n") == [.pong])
        #expect(seen("\r\n", "\r\n") == [.pong, .ping])
        #expect(seen("\r", "\n\r", "\n") == [.pong, .ping])
        #expect(seen("\r\n\r\n\r\n\r\n") == [.ping, .ping])
        #expect(seen("\r\n", one, "\r\n") == [.pong, .message(one), .pong])
    }

    @Test("ends where its end is not to be known") func violations() {
        func last(_ text: String, _ change: (inout Limits) -> Void = { _ in }) -> Seen? {
            var limits = Limits()
            change(&limits)
            return Self.frames([Array(text.utf8)], limits: limits).last
        }
        #expect(last("BYE sip:a SIP/2.0\r\n\r\n") == .violation(.missingContentLength))
        #expect(last(one.replacing("l: 3", with: "l: x")) == .violation(.badContentLength))
        #expect(last(one.replacing("l: 3", with: "l: -3")) == .violation(.badContentLength))
        #expect(last(one.replacing("l: 3", with: "l: 3, 3")) == .violation(.badContentLength))
        #expect(last(one.replacing("l: 3", with: "l: 99999999999999999999")) == .violation(.badContentLength))
        #expect(last(one.replacing("l: 3", with: "l: 3\r\nContent-Length: 4")) == .violation(.conflictingContentLength))
        #expect(
            last(one.replacing("l: 3", with: "l: 3\r\nContent-Length: 03"))
                == .message(one.replacing("l: 3", with: "l: 3\r\nContent-Length: 03")))
        #expect(last(one.replacing("l: 3", with: "l: 4294967295")) == .violation(.messageTooLong))
        #expect(last(one) { $0.message = 20 } == .violation(.messageTooLong))
        #expect(last(one) { $0.headerSection = 20 } == .violation(.headerSectionTooLong))
        #expect(last(String(repeating: "x", count: 70_000)) == .violation(.headerSectionTooLong))
        #expect(last(String(repeating: "x", count: 60_000)) == nil)
    }

    @Test("stays ended") func dead() {
        var framer = StreamFramer()
        for _ in 0..<3 {
            Array("x\r\n\r\n".utf8).withUnsafeBufferPointer { framer.append($0) }
            #expect(throws: StreamFramer.Violation.missingContentLength) { try framer.next() }
        }
        #expect(framer.pendingCount == 0)
    }

    @Test("ends a message where the message says it ends") func agreesWithMessage() throws {
        var random = Seeded(5)
        for _ in 0..<300 {
            let text = [one, two, string(wire(Torture.wsinv)), string(wire(invite))].randomElement(using: &random)!
            let seen = Self.frames([Array((text + "\r\nrest").utf8)])
            guard case .message(let found) = seen.first else {
                Issue.record("no message in \(text)")
                continue
            }
            let message = try Message(Array(text.utf8))
            #expect(found.utf8.count == message.body.upper && Int(message.body.upper) == message.count)
        }
    }
}
