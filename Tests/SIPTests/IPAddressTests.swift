import SIP
import Testing

@Suite("IP addresses") struct IPAddressTests {
    func text(_ input: String) -> String? { parse(input) { IPAddress(text: $0) }.map { string($0.text) } }

    @Test("are read in all their forms and written in one") func forms() {
        for (input, output) in [
            ("10.1.2.3", "10.1.2.3"), ("255.255.255.255", "255.255.255.255"), ("2001:DB8::1", "2001:db8::1"),
            ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
            ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("::1.2.3.4", "::1.2.3.4"), ("fe80::1:0:0:1", "fe80::1:0:0:1"),
            ("0:0:1::", "0:0:1::"),
        ] {
            #expect(text(input) == output, "\(input)")
        }
    }

    @Test("are not found where there are none") func refusals() {
        for input in [
            "", "300.1.1.1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "example", "1.2.3.4 ", "0001.2.3.4",
            ":",
            ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "1:", ":1", "::1.2.3",
            "1.2.3.4::",
            "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7:8::", "[::1]", "::1%eth0", String(repeating: "1:", count: 30),
        ] {
            #expect(text(input) == nil, "\(input)")
        }
    }

    @Test("survive packing and printing") func roundTrip() throws {
        var random = Seeded(11)
        for _ in 0..<20_000 {
            var packed = (0..<(Bool.random(using: &random) ? 4 : 16)).map { _ in
                Int.random(in: 0..<3, using: &random) == 0 ? UInt8.random(in: 0...255, using: &random) : 0
            }
            if Int.random(in: 0..<4, using: &random) == 0 {
                packed = packed.map { _ in .random(in: 0...255, using: &random) }
            }
            let address = try #require(packed.withUnsafeBufferPointer { IPAddress(packed: $0) })
            #expect(address.packed == packed)
            let text = address.text
            #expect(text.withUnsafeBufferPointer { IPAddress(text: $0) } == address, "\(string(text))")
            var host: [UInt8] = []
            address.writeHost(into: &host)
            #expect(host.withUnsafeBufferPointer { IPAddress(host: $0) } == address)
        }
        #expect([1, 2, 3].withUnsafeBufferPointer { IPAddress(packed: $0) } == nil)
    }

    @Test("belong to networks of their family") func networks() throws {
        func contains(_ network: String, _ address: String) -> Bool? {
            guard let network = parse(network, { Network(text: $0) }),
                let address = parse(address, { IPAddress(text: $0) })
            else { return nil }
            return network.contains(address)
        }
        #expect(contains("10.1.0.0/16", "10.1.2.3") == true)
        #expect(contains("10.2.0.0/16", "10.1.2.3") == false)
        #expect(contains("2001:db8::/32", "10.1.2.3") == nil)
        #expect(contains("2001:db8::/32", "2001:db8::1") == true)
        #expect(contains("nonsense", "10.1.2.3") == nil)
        #expect(contains("10.0.0.0/255.0.0.0", "10.200.0.1") == true)
        #expect(contains("0.0.0.0/0", "8.8.8.8") == true)
        #expect(contains("8.8.8.8", "8.8.8.8") == true)
        #expect(contains("8.8.8.8", "8.8.8.9") == false)
        #expect(contains("::/0", "::1") == true)
        for bad in ["", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/255.0.255.0", "::/129", "10.0.0.0/8/8"] {
            #expect(parse(bad) { Network(text: $0) } == nil, "\(bad)")
        }
    }

    @Test("are private where nobody routes them") func privates() {
        for (text, isPrivate) in [
            ("10.1.2.3", true), ("172.16.0.1", true), ("172.31.255.255", true), ("172.32.0.1", false),
            ("192.168.9.9", true), ("192.169.0.1", false), ("100.64.0.1", true), ("100.128.0.1", false),
            ("8.8.4.4", false), ("fd00::1", true), ("2001:db8::1", false),
        ] {
            #expect(parse(text) { IPAddress(text: $0) }?.isPrivate == isPrivate, "\(text)")
        }
    }
}
