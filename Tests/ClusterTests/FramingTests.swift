import Testing

@testable import Cluster

@Suite struct FramingTests {
    private func framer(chunks: Int = 1000) -> PacketFramer {
        var limits = PacketFramer.Limits()
        limits.chunks = chunks
        return PacketFramer(limits: limits)
    }

    private func drain(_ framer: inout PacketFramer, now: Nanoseconds = 0) throws(FramingViolation) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        while let packet = try framer.next(now: now) { packets.append(packet) }
        return packets
    }

    @Test(arguments: [1, 2, 3, 7, 45, 46, 47, 100, 5000])
    func packetsComeOutHoweverTheStreamIsCut(_ size: Int) throws {
        let packets = Captured.all.map(\.bytes)
        let stream = packets.flatMap(\.self)
        var framer = framer()
        var cut: [[UInt8]] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            framer.append(stream[start..<min(start + size, stream.count)])
            cut += try drain(&framer)
        }
        #expect(cut == packets)
        #expect(framer.deadline == nil)
    }

    @Test(
        arguments: [
            ([0x50, 0x34, 0x43, 0x4c], FramingViolation.wrongMarker),
            ([0x51], .wrongMarker),
            ([0x50, 0x34, 0x43, 0x4b, 16, 0, 0, 0], .tooShort(16)),
            ([0x50, 0x34, 0x43, 0x4b, 0, 0, 1, 0], .tooLong(65536)),
            ([0x50, 0x34, 0x43, 0x4b, 255, 255, 255, 255], .tooLong(4_294_967_295)),
        ] as [([UInt8], FramingViolation)])
    func aWrongBeginningClosesTheConnectionAtOnce(_ bytes: [UInt8], _ violation: FramingViolation) {
        var framer = framer()
        framer.append(bytes)
        #expect(throws: violation) { try framer.next(now: 0) }
        // And for good.
        framer.append(Captured.all[0].bytes)
        #expect(throws: violation) { try framer.next(now: 0) }
    }

    @Test func thePacketBeforeAViolationStillComes() throws {
        var framer = framer()
        framer.append(Captured.all[0].bytes + [1])
        #expect(try framer.next(now: 0) == Captured.all[0].bytes)
        #expect(throws: FramingViolation.wrongMarker) { try framer.next(now: 0) }
    }

    @Test func thirtyTwoReadsMustNotLeaveAPacketIncomplete() throws {
        var framer = framer(chunks: 32)
        for index in 0..<31 {
            framer.append([Captured.all[0].bytes[index]])
            #expect(try framer.next(now: 0) == nil)
        }
        framer.append([Captured.all[0].bytes[31]])
        #expect(throws: FramingViolation.tooManyChunks) { try framer.next(now: 0) }
    }

    @Test(arguments: [1448, 536])
    func aLongPacketMayComeInManyFairPieces(_ size: Int) throws {
        let longest = patched(Captured.all[0].bytes + [UInt8](repeating: 9, count: 65535 - 46))
        var framer = framer(chunks: 32)
        for start in stride(from: 0, to: longest.count - size, by: size) {
            framer.append(longest[start..<(start + size)])
            #expect(try framer.next(now: 0) == nil)
        }
        framer.append(longest.suffix(longest.count % size))
        #expect(try framer.next(now: 0) == longest)
    }

    @Test func anIncompletePacketIsGivenUpAfterFourSeconds() throws {
        var framer = framer()
        framer.append(Captured.all[0].bytes.prefix(20))
        #expect(try framer.next(now: 5_000_000_000) == nil)
        #expect(framer.deadline == 9_000_000_000)
        #expect(try framer.next(now: 8_999_999_999) == nil)
        #expect(throws: FramingViolation.stalled) { try framer.next(now: 9_000_000_000) }
    }

    @Test func theLongestPacketPassesAndOpenSIPS4TakesALittleLess() throws {
        let longest = patched(Captured.all[0].bytes + [UInt8](repeating: 9, count: 65535 - 46))
        var framer = framer()
        framer.append(longest)
        #expect(try framer.next(now: 0) == longest)
        var limits = PacketFramer.Limits()
        limits.packetLength = 65515
        var strict = PacketFramer(limits: limits)
        strict.append(longest)
        #expect(throws: FramingViolation.tooLong(65535)) { try strict.next(now: 0) }
    }
}
