import Testing

@testable import Cluster

/// The ping machine, with ping_interval 4 s, ping_timeout 1 s, node_timeout 60 s, looked at each second.
@Suite struct LinkTests {
    private enum Input { case beat, refusedBeat, pong, ping, sendFailed, restart, heard, sent }

    private struct Row {
        let time: Double
        let input: Input
        let state: LinkState
        var ping: Link.Ping?
    }

    private func run(retries: Int32 = 3, _ rows: [Row]) throws {
        var link = Link(retries: retries)
        let timings = try Timings()
        for (index, row) in rows.enumerated() {
            let now = at(row.time).now
            var ping: Link.Ping?
            switch row.input {
            case .beat: ping = link.onHeartbeat(now: now, timings)
            case .refusedBeat:
                ping = link.onHeartbeat(now: now, timings)
                if ping != nil { link.onPingRefused() }
            case .pong: link.onPong(now: now, timings)
            case .ping: ping = link.onPing(now: now)
            case .sendFailed: link.onSendFailed()
            case .restart: link.restart()
            case .heard: link.onHeard(now: now)
            case .sent: link.onSent(now: now)
            }
            #expect(link.state == row.state, "row \(index)")
            #expect(ping == row.ping, "row \(index)")
        }
    }

    @Test func aNewNodeIsProbedAndComesUpByItsPong() throws {
        try run([
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 0.2, input: .pong, state: .up),
            Row(time: 1, input: .beat, state: .up),
            Row(time: 3, input: .beat, state: .up),
            Row(time: 4, input: .beat, state: .up, ping: .regular),
            Row(time: 4.1, input: .pong, state: .up),
            Row(time: 5, input: .beat, state: .up),
            Row(time: 8, input: .beat, state: .up, ping: .regular),
        ])
    }

    @Test func theFirstMissedPongTakesTheLinkDownAndThreeProbesFollow() throws {
        try run([
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 0.2, input: .pong, state: .up),
            Row(time: 4, input: .beat, state: .up, ping: .regular),
            Row(time: 5, input: .beat, state: .retrying(left: 2), ping: .probing),
            Row(time: 6, input: .beat, state: .retrying(left: 1), ping: .probing),
            Row(time: 7, input: .beat, state: .retrying(left: 0), ping: .probing),
            Row(time: 8, input: .beat, state: .down),
            Row(time: 66, input: .beat, state: .down),
            Row(time: 67, input: .beat, state: .restarted, ping: .probing),
            Row(time: 67.5, input: .pong, state: .up),
        ])
    }

    @Test func withoutRetriesOneMissIsEnough() throws {
        try run(
            retries: 0,
            [
                Row(time: 0, input: .beat, state: .restarted, ping: .probing),
                Row(time: 1, input: .beat, state: .down),
                Row(time: 60, input: .refusedBeat, state: .down, ping: .probing),
            ])
    }

    @Test func pingsThatCannotBeSentAreCountedToo() throws {
        try run(
            retries: 2,
            [
                Row(time: 0, input: .refusedBeat, state: .sendFailed(left: 2), ping: .probing),
                Row(time: 1, input: .refusedBeat, state: .sendFailed(left: 1), ping: .probing),
                Row(time: 2, input: .refusedBeat, state: .down, ping: .probing),
            ])
        try run(
            retries: 2,
            [
                Row(time: 0, input: .refusedBeat, state: .sendFailed(left: 2), ping: .probing),
                Row(time: 1, input: .beat, state: .retrying(left: 1), ping: .probing),
                Row(time: 1.1, input: .pong, state: .up),
            ])
    }

    @Test func aLateOrUnaskedPongDoesNotBringALinkUp() throws {
        try run([
            Row(time: 0, input: .pong, state: .restart),
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 1.5, input: .pong, state: .restarted),
        ])
    }

    @Test func aLatePongCountsWhenTheNodeWasJustHeard() throws {
        try run([
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 1.2, input: .heard, state: .restarted),
            Row(time: 1.5, input: .pong, state: .up),
        ])
    }

    @Test func aPingWakesADeadLinkAndAFailedSendRestartsALiveOne() throws {
        try run(
            retries: 0,
            [
                Row(time: 0, input: .beat, state: .restarted, ping: .probing),
                Row(time: 1, input: .beat, state: .down),
                Row(time: 1.1, input: .ping, state: .restarted, ping: .probing),
                Row(time: 1.2, input: .pong, state: .up),
                Row(time: 1.3, input: .ping, state: .up),
                Row(time: 1.4, input: .sendFailed, state: .restart),
                Row(time: 2, input: .beat, state: .restarted, ping: .probing),
                Row(time: 2.1, input: .sendFailed, state: .down),
            ])
    }

    @Test func trafficBothWaysStandsForPings() throws {
        try run([
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 0.1, input: .pong, state: .up),
            Row(time: 3.5, input: .sent, state: .up),
            Row(time: 3.6, input: .heard, state: .up),
            Row(time: 5, input: .beat, state: .up),
            Row(time: 7.4, input: .beat, state: .up),
            Row(time: 7.5, input: .beat, state: .up, ping: .regular),
        ])
    }

    /// OpenSIPS would go on sending to it for good.
    @Test func aNodeThatIsSilentIsFoundOutAlthoughThereIsTrafficForIt() throws {
        var rows = [
            Row(time: 0, input: .beat, state: .restarted, ping: .probing),
            Row(time: 0.1, input: .pong, state: .up),
            Row(time: 0.2, input: .heard, state: .up),
        ]
        for tick in 1..<9 {
            rows.append(Row(time: Double(tick), input: .beat, state: .up))
            rows.append(Row(time: Double(tick) + 0.5, input: .sent, state: .up))
        }
        rows.append(Row(time: 9, input: .beat, state: .up, ping: .regular))
        for tick in 9..<12 {
            rows.append(Row(time: Double(tick) + 0.5, input: .sent, state: .up))
            rows.append(Row(time: Double(tick) + 0.9, input: .beat, state: .up))
        }
        rows.append(Row(time: 13, input: .beat, state: .retrying(left: 2), ping: .probing))
        try run(rows)
    }

    @Test func theHeartbeatIsTheGreatestCommonDivisor() throws {
        #expect(try Timings().heartbeat == 1_000_000_000)
        #expect(try Timings(pingInterval: 2, pingTimeout: 500, nodeTimeout: 4).heartbeat == 500_000_000)
        #expect(try Timings(pingInterval: 5, pingTimeout: 700, nodeTimeout: 60).heartbeat == 100_000_000)
        #expect(throws: ConfigurationError.notPositive("ping_timeout")) { try Timings(pingTimeout: 0) }
    }
}
