import SIP
import Testing

@Suite("Transactions") struct TransactionTests {
    @Test("a client INVITE over UDP repeats itself until somebody answers") func calling() {
        var transaction = InviteClientTransaction(reliable: false)
        #expect(transaction.onStart() == [.sendRequest, .start(.a, after: 500), .start(.b, after: 32_000)])
        #expect(transaction.onTimer(.a) == [.sendRequest, .start(.a, after: 1_000)])
        #expect(transaction.onTimer(.a) == [.sendRequest, .start(.a, after: 2_000)])
        #expect(transaction.onTimer(.d) == [])
        var silent = transaction
        #expect(silent.onTimer(.b) == [.timedOut, .terminated])
        #expect(transaction.onReply(status: 180) == [.stop(.a), .stop(.b), .deliver])
        #expect(transaction.onReply(status: 183) == [.deliver])
        #expect(transaction.onTimer(.b) == [])
        var busy = transaction
        #expect(
            busy.onReply(status: 486) == [.stop(.a), .stop(.b), .sendACK, .deliver, .start(.d, after: 32_000)])
        #expect(busy.onReply(status: 486) == [.sendACK])
        #expect(busy.onReply(status: 200) == [])
        #expect(busy.onTimer(.d) == [.terminated])
        #expect(transaction.onReply(status: 200) == [.stop(.a), .stop(.b), .deliver, .start(.m, after: 32_000)])
        #expect(transaction.onReply(status: 200) == [.deliver])
        #expect(transaction.onReply(status: 486) == [])
        #expect(transaction.onTimer(.m) == [.terminated])
        #expect(transaction.state == .terminated)
    }

    @Test("a client request over UDP repeats itself ever more slowly") func trying() {
        var transaction = ClientTransaction(reliable: false)
        #expect(transaction.onStart() == [.sendRequest, .start(.e, after: 500), .start(.f, after: 32_000)])
        let pauses = (0..<5).map { _ in transaction.onTimer(.e).last }
        #expect(pauses == [1_000, 2_000, 4_000, 4_000, 4_000].map { .start(.e, after: $0) })
        #expect(transaction.onReply(status: 100) == [.deliver])
        #expect(transaction.onTimer(.e) == [.sendRequest, .start(.e, after: 4_000)])
        var silent = transaction
        #expect(silent.onTimer(.f) == [.timedOut, .terminated])
        #expect(transaction.onReply(status: 404) == [.stop(.e), .stop(.f), .deliver, .start(.k, after: 5_000)])
        #expect(transaction.onReply(status: 404) == [])
        #expect(transaction.onTimer(.k) == [.terminated])
    }

    @Test("a server INVITE repeats its refusal until the ACK") func refusing() {
        var transaction = InviteServerTransaction(reliable: false)
        #expect(transaction.onRetransmission() == [])
        #expect(transaction.onSend(status: 100) == [.sendReply])
        #expect(transaction.onRetransmission() == [.sendReply])
        var accepted = transaction
        #expect(
            transaction.onSend(status: 486) == [.sendReply, .start(.g, after: 500), .start(.h, after: 32_000)])
        #expect(transaction.onSend(status: 200) == [])
        #expect(transaction.onTimer(.g) == [.sendReply, .start(.g, after: 1_000)])
        #expect(transaction.onRetransmission() == [.sendReply])
        var lonely = transaction
        #expect(lonely.onTimer(.h) == [.timedOut, .terminated])
        #expect(transaction.onACK() == [.stop(.g), .stop(.h), .start(.i, after: 5_000)])
        #expect(transaction.onACK() == [] && transaction.onRetransmission() == [])
        #expect(transaction.onTimer(.i) == [.terminated])

        #expect(accepted.onSend(status: 200) == [.sendReply, .start(.l, after: 32_000)])
        #expect(accepted.onRetransmission() == [])
        #expect(accepted.onSend(status: 200) == [.sendReply])
        #expect(accepted.onACK() == [.deliver])
        #expect(accepted.onTransportFailure() == [.transportFailed])
        #expect(accepted.onTimer(.l) == [.terminated])
    }

    @Test("a server request answers a repetition with what it said") func answering() {
        var transaction = ServerTransaction(reliable: false)
        #expect(transaction.onRetransmission() == [])
        #expect(transaction.onSend(status: 180) == [.sendReply])
        #expect(transaction.onSend(status: 200) == [.sendReply, .start(.j, after: 32_000)])
        #expect(transaction.onRetransmission() == [.sendReply])
        #expect(transaction.onSend(status: 500) == [])
        #expect(transaction.onTimer(.j) == [.terminated])
    }

    @Test("reliable transports need no repetition and no waiting") func reliable() {
        var invite = InviteClientTransaction(reliable: true)
        #expect(invite.onStart() == [.sendRequest, .start(.b, after: 32_000)])
        #expect(invite.onReply(status: 486) == [.stop(.b), .sendACK, .deliver, .terminated])
        var request = ClientTransaction(reliable: true)
        #expect(request.onStart() == [.sendRequest, .start(.f, after: 32_000)])
        #expect(request.onReply(status: 200) == [.stop(.f), .deliver, .terminated])
        var server = InviteServerTransaction(reliable: true)
        #expect(server.onSend(status: 486) == [.sendReply, .start(.h, after: 32_000)])
        #expect(server.onACK() == [.stop(.h), .terminated])
        var other = ServerTransaction(reliable: true)
        #expect(other.onSend(status: 200) == [.sendReply, .terminated])
    }

    @Test("whatever comes in whatever order, a transaction ends once and stays ended") func anyOrder() {
        var random = Seeded(17)
        for seed in 0..<20_000 {
            let reliable = Bool.random(using: &random)
            var client = InviteClientTransaction(reliable: reliable)
            var plain = ClientTransaction(reliable: reliable)
            var server = InviteServerTransaction(reliable: reliable)
            var answer = ServerTransaction(reliable: reliable)
            var ends = [0, 0, 0, 0]
            for _ in 0..<20 {
                let status = [100, 180, 200, 302, 486, 603].randomElement(using: &random)!
                let timer = TransactionTimer.allCases.randomElement(using: &random)!
                let done = [
                    client.state == .terminated, plain.state == .terminated, server.state == .terminated,
                    answer.state == .terminated,
                ]
                let effects: [[TransactionEffect]]
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    effects = [
                        client.onReply(status: status), plain.onReply(status: status), server.onSend(status: status),
                        answer.onSend(status: status),
                    ]
                case 1:
                    effects = [[], [], server.onACK() + server.onRetransmission(), answer.onRetransmission()]
                case 2 where Int.random(in: 0..<8, using: &random) == 0:
                    effects = [
                        client.onTransportFailure(), plain.onTransportFailure(), server.onTransportFailure(),
                        answer.onTransportFailure(),
                    ]
                default:
                    effects = [
                        client.onTimer(timer), plain.onTimer(timer), server.onTimer(timer), answer.onTimer(timer),
                    ]
                }
                for (i, effects) in effects.enumerated() {
                    #expect(!done[i] || effects.isEmpty, "seed 17, run \(seed)")
                    ends[i] += effects.count { $0 == .terminated }
                    #expect(effects.firstIndex(of: .terminated).map { $0 == effects.count - 1 } ?? true)
                }
            }
            #expect(ends.allSatisfy { $0 <= 1 }, "seed 17, run \(seed)")
        }
    }

    @Test("keys match what belongs to one transaction") func keys() throws {
        let key = KeyedHash.Key(low: 3, high: 4)
        func server(_ text: String, _ method: Method? = nil) throws -> TransactionKey {
            try TransactionKey(server: Message(text: text), method: method, key: key)
        }
        let ack = invite.replacing("INVITE", with: "ACK")
        let cancel = invite.replacing("INVITE", with: "CANCEL")
        #expect(try server(invite) == server(ack))
        #expect(try server(invite) != server(cancel))
        #expect(try server(invite) == server(cancel, .invite))
        #expect(try server(invite) != server(invite.replacing("776asdhds", with: "776asdhdt")))
        #expect(try server(invite) != server(invite.replacing(":5066", with: ":5067")))
        let old = invite.replacing("z9hG4bK776asdhds", with: "1")
        #expect(try server(old) == server(old.replacing("INVITE", with: "ACK")))
        #expect(try server(old) != server(old.replacing("314159", with: "314160")))
        let reply = try Message(text: "SIP/2.0 200 OK\nVia: SIP/2.0/UDP me;branch=z9hG4bKown\nCSeq: 7 BYE\n\n")
        let sent = TransactionKey(
            branch: ("z9hG4bKown" as StaticString).bytes, method: ("BYE" as StaticString).bytes, key: key)
        #expect(try TransactionKey(client: reply, key: key) == sent)
        #expect(throws: ParseError.self) { try TransactionKey(client: Message(text: "SIP/2.0 200 OK\n\n"), key: key) }
    }
}
