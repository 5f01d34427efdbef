import Testing

@testable import Cluster

@Suite struct MessageTests {
    @Test func aRequestCarriesATagOfClusterNodeAnd24Characters() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        let sending = node.clusterer.sendRequest(
            bytes("ask"), to: NodeID(2), in: one, at: at(1), using: &node.random)
        #expect(sending.code == .sent)
        let tag = text(sending.tag)
        #expect(tag.wholeMatch(of: /1-1-[A-Za-y1-6]{24}/) != nil)
        #expect(node.take(sending) == .sent)
        #expect(node.sent == ["2: 1 1>2 GENERIC_MSG 1 \(tag) \(hex(bytes("ask")))"])
        let next = node.clusterer.sendRequest(bytes(""), to: NodeID(2), in: one, at: at(1), using: &node.random)
        #expect(next.tag != sending.tag)
    }

    @Test func returnCodesOfASend() throws {
        var node = try Subject(knowing: [2, 3, 4])
        node.bringUp([2], at: at(0))
        node.take(try node.clusterer.setStatus(of: NodeID(4), in: one, isEnabled: false, at: at(0)))
        node.forget()
        #expect(node.request("hello", to: 2, at: at(1)) == .sent)
        #expect(node.request("no way", to: 3, at: at(1)) == .unreachable)
        #expect(node.request("disabled here", to: 4, at: at(1)) == .sent)
        #expect(node.request("unknown", to: 9, at: at(1)) == .failed)
        #expect(node.request("unknown", to: 2, in: ClusterID(9), at: at(1)) == .failed)
        #expect(node.request(String(repeating: "x", count: 65437), to: 2, at: at(1)) == .failed)
        #expect(node.sent.count == 1)
        // OpenSIPS 4.0 takes no more.
        #expect(node.request(String(repeating: "x", count: 65436), to: 2, at: at(1)) == .sent)
        let untagged = node.clusterer.sendReply(bytes("r"), to: NodeID(2), in: one, tag: [], at: at(1))
        #expect(untagged.code == .notAllowed)
        #expect(node.request("to myself", to: 1, at: at(1)) == .sent)
        guard case .requestReceived(_, NodeID(1), let message, _) = node.events.last else {
            Issue.record("no event")
            return
        }
        #expect(text(message) == "to myself")
        // Disabled: even for an unknown node.
        node.take(try node.clusterer.setStatus(in: one, isEnabled: false, at: at(2)))
        #expect(node.request("x", to: 9, at: at(2)) == .notAllowed)
        #expect(node.request(String(repeating: "x", count: 65437), to: 2, at: at(2)) == .failed)
        #expect([1, -1, -2, -3].map { SendCode(rawValue: $0) } == [.sent, .notAllowed, .unreachable, .failed])
    }

    @Test func aBroadcastGoesToEveryoneWithTheSameTag() throws {
        var node = try Subject(knowing: [2, 3, 4])
        node.bringUp([2, 3], at: at(0))
        let sending = node.clusterer.broadcastRequest(bytes("all"), in: one, at: at(1), using: &node.random)
        #expect(node.take(sending) == .sent)
        let body = "GENERIC_MSG 1 \(text(sending.tag)) \(hex(bytes("all")))"
        #expect(node.sent == ["2: 1 1>2 \(body)", "3: 1 1>3 \(body)"])
        #expect(node.events.isEmpty)
    }

    @Test func returnCodesOfABroadcast() throws {
        func broadcast(_ node: inout Subject, _ message: String = "m", self includingSelf: Bool = false) -> SendCode {
            node.take(
                node.clusterer.broadcastRequest(
                    bytes(message), in: one, includingSelf: includingSelf, at: at(1), using: &node.random))
        }
        var alone = try Subject()
        #expect(broadcast(&alone) == .sent)
        var cutOff = try Subject(knowing: [2])
        #expect(broadcast(&cutOff) == .unreachable)
        #expect(broadcast(&cutOff, self: true) == .unreachable)
        #expect(cutOff.events.count == 1)
        #expect(broadcast(&cutOff, String(repeating: "x", count: 65437)) == .failed)
        var full = try Subject(knowing: [2])
        full.bringUp([2], at: at(0))
        full.clusterer.onQueueFull(to: Subject.address(2))
        #expect(broadcast(&full) == .failed)
        #expect(broadcast(&full) == .unreachable)
        full.take(try full.clusterer.setStatus(in: one, isEnabled: false, at: at(2)))
        #expect(broadcast(&full, self: true) == .notAllowed)
        #expect(full.events == [.nodeStateChanged(cluster: one, node: NodeID(2), isUp: false)])
    }

    @Test func whatCannotBeQueuedTakesTheNextPathAndFailsWhenThereIsNone() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.receive(ownTopology(3, seq: 0, links: [1, 2]), from: 3, at: at(0.1))
        node.clusterer.onQueueFull(to: Subject.address(2))
        node.forget()
        #expect(node.request("by three", to: 2, at: at(1)) == .sent)
        #expect(node.sent.map { $0.prefix(20) } == ["3: 1 1 LS_UPDATE seq", "3: 1 1>2 GENERIC_MSG"])
        #expect(node.state(2) == "Probe")
        node.clusterer.onQueueFull(to: Subject.address(3))
        #expect(node.request("not at all", to: 2, at: at(1)) == .failed)
        #expect(node.request("not at all", to: 2, at: at(1)) == .unreachable)
        node.clusterer.onQueueDrained(to: Subject.address(2))
        node.bringUp([2], at: at(2))
        #expect(node.request("again", to: 2, at: at(2)) == .sent)
    }

    @Test func aLossReportedLaterTakesTheLinkDownAtOnce() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.take(node.clusterer.onSendFailed(to: Subject.address(2), at: at(1)))
        #expect(node.state(2) == "Probe")
        #expect(node.sent == ["3: 1 1 LS_UPDATE seq 1@1800000001 2 state 1 path [1]"])
        #expect(node.events == [.nodeStateChanged(cluster: one, node: NodeID(2), isUp: false)])
    }

    @Test func messagesArriveAsEventsByteForByte() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([], at: at(0))
        let odd: [UInt8] = [0, 13, 10, 255, 0]
        // The link is not up; a message is taken all the same.
        node.receive(
            .message(GenericMessage(kind: .request, tag: bytes("t"), text: odd), to: NodeID(1)), from: 2, at: at(0.1))
        node.receive(
            .message(GenericMessage(kind: .reply, tag: bytes("t"), text: []), to: NodeID(1)), from: 2, at: at(0.1))
        #expect(
            node.events == [
                .requestReceived(cluster: one, source: NodeID(2), message: odd, tag: bytes("t")),
                .replyReceived(cluster: one, source: NodeID(2), message: [], tag: bytes("t")),
            ])
    }

    @Test func aPacketForAnotherNodeIsPassedOnUnchangedButNeverBack() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        let packet = try #require(
            Packet(
                cluster: one, source: NodeID(2),
                content: .message(GenericMessage(kind: .request, tag: [1], text: [2]), to: NodeID(3))
            ).encode())
        node.receive(packet, from: 2, at: at(1))
        #expect(
            node.effects == [
                .send(packet, to: NodeAddress(cluster: one, node: NodeID(3), address: Subject.address(3)))
            ])
        #expect(node.view.statistics.relayed == 1)
        // It comes back from node 3, by whom we would send it.
        node.forget()
        node.receive(packet, from: 3, at: at(1))
        #expect(node.effects.isEmpty)
        #expect(node.dropped(.routingLoop) == 1)
        var strict = try Subject(knowing: [2, 3]) { $0.isReroutingEnabled = false }
        strict.bringUp([2, 3], at: at(0))
        strict.receive(packet, from: 2, at: at(1))
        #expect(strict.dropped(.reroutingDisabled) == 1)
    }

    @Test func commandsOfOtherNodesAreRunAndOwnOnesSent() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        let command = RemoteCommand(name: bytes("log_level"), parameters: [bytes("3")])
        #expect(node.take(node.clusterer.send(command, to: NodeID(2), in: one, at: at(1))) == .sent)
        #expect(node.take(node.clusterer.broadcast(command, in: one, at: at(1))) == .sent)
        #expect(node.sent == Array(repeating: "2: 1 1>2 MI_CMD log_level [\"3\"]", count: 2))
        node.receive(.command(command, to: NodeID(1)), from: 2, at: at(1))
        #expect(node.effects.contains(.run(command, cluster: one, source: NodeID(2))))
        let long = RemoteCommand(name: bytes("x"), parameters: Array(repeating: [], count: 11))
        #expect(node.clusterer.send(long, to: NodeID(2), in: one, at: at(1)).code == .failed)
        node.receive(.command(long, to: NodeID(1)), from: 2, at: at(1))
        #expect(node.dropped(.malformed) == 1)
    }

    @Test func addressesOfOtherNodesAreFound() throws {
        let node = try Subject {
            $0.rows.append(
                NodeRow(
                    cluster: one, node: NodeID(2), url: bytes("bin:10.0.0.2:5555"),
                    sipAddress: bytes("10.0.0.77:5060")))
            $0.rows.append(
                NodeRow(
                    cluster: one, node: NodeID(3), url: bytes("bin:[::1]:5555"), sipAddress: bytes("sip:10.0.0.78:5060")
                ))
        }
        for (address, kind, isFound) in [
            ("10.0.0.2", .bin, true), ("10.0.0.2", .sip, false), ("10.0.0.77", .sip, true),
            ("10.0.0.78", .sip, false), ("10.0.0.1", .bin, false), ("0:0:0:0:0:0:0:1", .bin, true),
        ] as [(String, AddressKind, Bool)] {
            #expect(node.clusterer.contains(address, as: kind, in: one) == isFound, "\(address)")
        }
        #expect(!node.clusterer.contains("10.0.0.2", as: .bin, in: ClusterID(3)))
    }
}
