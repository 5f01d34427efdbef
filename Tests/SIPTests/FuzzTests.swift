import Foundation
import SIP
import Testing

/// Changes good messages at random and looks at everything that can be asked of the result: nothing may trap, every
/// place must lie inside, and what was not changed must go out as it came.
@Suite("Hostile input") struct FuzzTests {
    static let rounds = Int(ProcessInfo.processInfo.environment["SISKIN_FUZZ_ROUNDS"] ?? "") ?? 200_000
    static let seed = UInt64(ProcessInfo.processInfo.environment["SISKIN_FUZZ_SEED"] ?? "") ?? 20_260

    static let seeds: [[UInt8]] =
        Torture.valid.filter { $0.name != "longreq" }.map { wire($0.text) } + Torture.invalid.map { wire($0.text) } + [
            wire(invite)
        ]
    static let sparks: [[UInt8]] = [
        "\r\n", "\n", "\r\n ", ":", ";", ",", "<", ">", "\"", "\\", "[", "]", "(", ")", "=", "@", "?", "&", "/", "%",
        "*",
        "sip:", "Via:", "\r\nl: 4294967296\r\n", "\r\n\r\n", ";rport", ";received=", "[::1]", "SIP/2.0", "tag=", "\0",
        "99999999999999999999", "\u{ff}",
    ].map { Array($0.utf8) }

    static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = min(Int.random(in: 0...12, using: &random), bytes.count - place)
            switch Int.random(in: 0..<7, using: &random) {
            case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<place + length)
            case 2: bytes.insert(contentsOf: sparks.randomElement(using: &random)!, at: place)
            case 3: bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: place)
            case 4: bytes.removeSubrange(place...)
            case 5:
                let other = seeds.randomElement(using: &random)!
                bytes.replaceSubrange(place..., with: other[min(place, other.count)...])
            default:
                bytes.replaceSubrange(place..<place + length, with: sparks.randomElement(using: &random)!)
            }
        }
    }

    @Test("mutated messages are read, answered and forwarded, or refused") func messages() {
        var random = Seeded(Self.seed)
        let message = Message()
        let source = Endpoint(.udp, parse("2001:db8::9") { IPAddress(text: $0)! }, port: 5060)
        var output: [UInt8] = []
        var accepted = 0
        for round in 0..<Self.rounds {
            var bytes = Self.seeds.randomElement(using: &random)!
            Self.mutate(&bytes, &random)
            let loaded = bytes.withUnsafeBufferPointer { buffer in (try? message.load(buffer)) != nil }
            guard loaded else { continue }
            accepted += 1
            let fault = Self.explore(message)
            output.removeAll(keepingCapacity: true)
            message.serialize(Changes(), into: &output)
            // A message that ends with its last header gets the empty line that it lacks.
            let size = message.body.upper
            let same = output.prefix(size).elementsEqual(bytes.prefix(size)) && [0, 2].contains(output.count - size)
            if let fault = fault ?? (same ? Self.forward(message, source, &output, &random) : "not byte for byte") {
                Issue.record("\(fault): seed \(Self.seed), round \(round): \(bytes)")
                return
            }
        }
        #expect(accepted > Self.rounds / 2)
    }

    /// Asks for everything. Answers what is wrong.
    static func explore(_ message: Message) -> String? {
        var places = [message.requestURI, message.callID, message.body, message.firstLine.reason]
        for index in 0..<message.headerCount {
            guard let header = message.header(at: index) else { return "no header \(index)" }
            places += [header.name, header.value, header.line]
            if header.value.lower < header.name.upper || header.value.upper > header.line.upper {
                return "header parts"
            }
            // All parsers over all values would take most of the time; every value gets its turn.
            guard (index ^ message.count) & 3 == 0 else { continue }
            if !strays(message[header.value]).isEmpty { return "a place outside of value \(index)" }
        }
        if let address = try? message.from() { places += [address.whole, address.uri, address.name, address.tag] }
        if let address = try? message.to() { places += [address.whole, address.parameters] }
        if let via = try? message.via(at: -1) {
            places += [via.whole, via.host, via.branch, via.parameters, via.comment]
        }
        if let via = try? message.via() { places.append(ReplyTarget(via, in: message.bytes).host) }
        if let uri = try? message.uri() { places += [uri.host, uri.user, uri.parameters, uri.headers] }
        if let contact = try? message.address(of: .contact, at: 1) { places += [contact.whole, contact.parameters] }
        if let cseq = try? message.cseq() { places += [cseq.methodText, cseq.numberText] }
        do { try message.check() } catch {
            if error.offset < 0 || error.offset > message.count { return "error outside: \(error)" }
        }
        return places.contains { $0.isPresent && $0.upper > message.count } ? "a place outside" : nil
    }

    /// Runs all parsers over one value. Answers the places that lie outside.
    static func strays(_ value: Bytes) -> [ByteRange] {
        var places: [ByteRange] = []
        if let uri = try? URI(value) { places += [uri.extent, uri.user, uri.password, uri.host, uri.port] }
        if let address = try? NameAddress(value) { places += [address.whole, address.extent] }
        if let via = try? Via(value) { places += [via.whole, via.rportName, via.received] }
        var list = ParameterList(value)
        while let parameter = list.next() { places += [parameter.extent, parameter.value] }
        if let credentials = try? Credentials(value) { places += [credentials.scheme, credentials.parameters] }
        let csv = CSV(value)
        if let field = csv.field(at: -1) { places.append(field.content) }
        _ = (IPAddress(host: value), Network(text: value), Transport(value))
        let sdp = SDP(value)
        places += [sdp.line(UInt8(ascii: "m"), at: -1), sdp.stream(at: -1)].compactMap { $0 }
        return places.filter { $0.isPresent && $0.upper > value.count }
    }

    /// Answers and forwards; what comes out must be a message again. Answers what is wrong.
    static func forward(
        _ message: Message, _ source: Endpoint, _ output: inout [UInt8], _ random: inout Seeded
    ) -> String? {
        var changes = Changes()
        try? changes.noteSource(source, of: message)
        changes.countHop(of: message)
        if message.isRequest {
            changes.setRequestURI(("sip:next@h" as StaticString).bytes, of: message)
            var branch: [UInt8] = []
            try? message.writeBranch(key: KeyedHash.Key(low: 1, high: 2), into: &branch)
            branch.withUnsafeBufferPointer {
                changes.push(OwnVia(.udp, host: ("h" as StaticString).bytes, port: 1, branch: $0), on: message)
            }
        } else {
            try? changes.popVia(of: message)
        }
        let start = Int.random(in: 0...message.count, using: &random)
        if Bool.random(using: &random) { changes.remove(ByteRange(start, min(start + 9, message.count))) }
        if Bool.random(using: &random) { changes.setBody(("new body" as StaticString).bytes, of: message) }
        output.removeAll(keepingCapacity: true)
        message.serialize(changes, contentLength: .ensure, into: &output)
        guard message.isRequest else { return nil }
        output.removeAll(keepingCapacity: true)
        var reply = Reply(404, message[message.callID])
        reply.toTag = ("t" as StaticString).bytes
        reply.write(to: message, from: source, into: &output)
        guard let answer = try? Message(output) else { return "no reply" }
        return answer.status == 404 && answer.headerCount >= 1 ? nil : "not our reply"
    }

    @Test("a mutated stream yields whole messages or a violation, however it is cut") func streams() {
        var random = Seeded(Self.seed &+ 1)
        for round in 0..<Self.rounds / 20 {
            var stream = Self.seeds.randomElement(using: &random)! + Self.seeds.randomElement(using: &random)!
            Self.mutate(&stream, &random)
            let cut = Int.random(in: 0...stream.count, using: &random)
            let whole = StreamFramerTests.frames([stream]).filter { $0 != .pong && $0 != .ping }
            let cutUp = StreamFramerTests.frames([Array(stream[..<cut]), Array(stream[cut...])]).filter {
                $0 != .pong && $0 != .ping
            }
            if whole != cutUp {
                Issue.record("seed \(Self.seed), round \(round), cut \(cut): \(stream)")
                return
            }
        }
    }
}
