import Testing

@testable import Node

@Suite struct AddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("127.0.0.1", "127.0.0.1"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("[::1]", "::1"),
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::ffff:192.0.2.128", "::ffff:192.0.2.128"), ("::FFFF:c000:280", "::ffff:192.0.2.128"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("fe80::1:0:0", "fe80::1:0:0"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ])
    func `an IP address is read and printed in its canonical form`(text: String, canonical: String) throws {
        let ip = try #require(Address.IP(text))
        #expect(ip.text == canonical)
        #expect(Address.IP(canonical) == ip)
        #expect(ip.isV4 == !text.contains(":"))
    }

    @Test(arguments: [
        "", ".", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.", "1..2.3", "1.2.3.4 ", "a.b.c.d",
        "-1.2.3.4",
        "+1.2.3.4", "1.2.3.0x4", ":", ":::", "1:", ":1", "1:2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "g::", "::1.2.3", "1.2.3.4::", "::1.2.3.4:1", "[1.2.3.4]",
        "[::1", "::1]", "[]", "[:]", "fe80::1%eth0", "1:2:3:4:5:6:7:1.2.3.4", "::ffff:1.2.3.256",
    ])
    func `what is no IP address is refused`(text: String) {
        #expect(Address.IP(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.1:5060", Address.ip(.init(v4: 0x0a00_0001), port: 5060)),
        ("[::1]:5061", .ip(.loopbackV6, port: 5061)),
        ("0.0.0.0:0", .ip(.anyV4, port: 0)),
        ("1.2.3.4:65535", .ip(.init(v4: 0x0102_0304), port: 65535)),
        ("unix:/run/s.sock", .unix(path: "/run/s.sock")),
        ("unix:relative:odd", .unix(path: "relative:odd")),
    ])
    func `an address with a port or a path is read and printed alike`(text: String, address: Address) {
        #expect(Address(text) == address)
        #expect(address.text == text)
    }

    @Test(arguments: [
        "", "10.0.0.1", "10.0.0.1:", ":5060", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1:+1", "10.0.0.1: 1", "::1:5060",
        "[::1]", "[::1]5060", "[10.0.0.1]:5060", "host:5060", "unix:", "10.0.0.1:000000001",
    ])
    func `what is no address is refused`(text: String) {
        #expect(Address(text) == nil)
    }

    @Test func `every printed address reads back, and no text breaks the reader`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = HostTestRandom(state: seed)
        for _ in 0..<20_000 {
            // Sparse bits, so that runs of zeros occur.
            let mask = random.next() & random.next() & random.next()
            let ip =
                random.next() % 4 == 0
                ? Address.IP(v4: UInt32(truncatingIfNeeded: random.next()))
                : Address.IP(high: random.next() & mask, low: random.next() & (mask << 7))
            #expect(Address.IP(ip.text) == ip, "seed \(seed)")
            let address = Address.ip(ip, port: UInt16(truncatingIfNeeded: random.next()))
            #expect(Address(address.text) == address, "seed \(seed)")
        }
        let letters = Array("0123456789abcdefF:::::.....[]%/ x".unicodeScalars)
        var accepted = 0
        for _ in 0..<200_000 {
            var text = ""
            for _ in 0..<random.next() % 24 {
                text.unicodeScalars.append(letters[Int(random.next() % UInt64(letters.count))])
            }
            if let ip = Address.IP(text) {
                accepted += 1
                #expect(Address.IP(ip.text) == ip, "seed \(seed), \(text)")
            }
            _ = Address(text)
        }
        #expect(accepted > 0)
    }
}

struct HostTestRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
