import Testing

@testable import Cluster

@Suite struct CodecTests {
    @Test(
        arguments: Captured.all.filter { !Set(["opensips_2_4_11_request", "opensips_2_4_11_reply"]).contains($0.name) })
    func aCapturedPacketMeansWhatWasRecordedAndIsBuiltAgain(_ captured: Captured) throws {
        let packet = try Packet(decoding: captured.bytes)
        #expect(packet.inWords == captured.meaning)
        #expect(packet.encode().map(hex) == hex(captured.bytes))
    }

    /// Number 6 was a message before OpenSIPS 3.2. Read as REMOVE_NODE it would remove node 1.
    @Test(arguments: ["opensips_2_4_11_request", "opensips_2_4_11_reply"])
    func aMessageOfAnOldOpenSIPSRemovesNobody(_ name: String) throws {
        let captured = try #require(Captured.all.first { $0.name == name })
        let header = try PacketHeader(captured.bytes)
        let words = words(captured.meaning)
        #expect("\(header.cluster) \(header.source)>\(header.destination ?? NodeID(0))" == "\(words[0]) \(words[1])")
        #expect(throws: PacketError.oldGeneration) { try Packet(decoding: captured.bytes) }
    }

    @Test func everyPacketOfTheCapturedSessionIsBuiltAgain() throws {
        var count = 0
        for step in SessionStep.all {
            guard case .packet(_, _, let bytes) = step.what else { continue }
            #expect(try Packet(decoding: bytes).encode() == bytes)
            count += 1
        }
        #expect(count == 317)
    }

    @Test func surplusBytesBehindTheLastFieldAreIgnored() throws {
        for captured in Captured.all where captured.name == "ls_update_up" || captured.name == "ping_plain" {
            let longer = patched(captured.bytes + [1, 2, 3])
            #expect(try Packet(decoding: longer) == Packet(decoding: captured.bytes))
        }
    }

    /// Cutting a packet anywhere (and repairing its length) gives an error or a packet, never a crash.
    @Test func aShortBodyIsRefused() throws {
        for captured in Captured.all {
            for length in 17..<captured.bytes.count {
                let short = patched(Array(captured.bytes.prefix(length)))
                if let header = try? PacketHeader(short), header.capability == .link, header.knownType != nil {
                    #expect(throws: PacketError.self, "\(captured.name) cut to \(length)") {
                        try Packet(decoding: short)
                    }
                }
            }
        }
    }

    @Test func countsThatCannotBeTrueTakeNoMemory() throws {
        let pong = try #require(
            Packet(cluster: ClusterID(1), source: NodeID(2), content: .pong(knownNodes: [])).encode())
        for count in [-1, 1, Int32.max, Int32.min] as [Int32] {
            var bytes = pong
            bytes.replaceInt32(at: bytes.count - 4, with: count)
            #expect(throws: PacketError.badCount) { try Packet(decoding: bytes) }
        }
    }

    @Test func theLongestMessageIs65456BytesWithATagOf28() throws {
        func packet(_ length: Int) -> [UInt8]? {
            let message = GenericMessage(
                kind: .request, tag: Array(repeating: 65, count: 28), text: Array(repeating: 0, count: length))
            return Packet(cluster: ClusterID(1), source: NodeID(1), content: .message(message, to: NodeID(2))).encode()
        }
        #expect(packet(65456)?.count == 65535)
        #expect(packet(65457) == nil)
        #expect(packet(200_000) == nil)
        let longest = try #require(packet(65456))
        #expect(try Packet(decoding: longest).encode() == longest)
    }

    @Test func anyNonZeroMarksARequestAndAnyStateButOneIsUp() throws {
        for (offset, value) in [(31, 5), (31, -1)] as [(Int, Int32)] {
            var bytes = try #require(Captured.all.first { $0.name == "reply" }).bytes
            bytes.replaceInt32(at: offset, with: value)
            guard case .message(let message, _) = try Packet(decoding: bytes).content else {
                Issue.record("not a message")
                return
            }
            #expect(message.kind == .request)
        }
        var bytes = try #require(Captured.all.first { $0.name == "ls_update_down" }).bytes
        bytes.replaceInt32(at: bytes.count - 12, with: 7)
        guard case .linkState(let update, _) = try Packet(decoding: bytes).content else {
            Issue.record("not a link state update")
            return
        }
        #expect(update.isUp)
    }

    @Test func syncDataOfAnotherVersionIsRefused() throws {
        for name in ["sync", "sync_end"] {
            var bytes = try #require(Captured.all.first { $0.name == name }).bytes
            bytes[8] = 2
            #expect(throws: PacketError.wrongVersion(2)) { try Packet(decoding: bytes) }
        }
    }
}

/// The packet with its length field set to what it is.
func patched(_ bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    copy.replaceInt32(at: 4, with: Int32(bytes.count))
    return copy
}
