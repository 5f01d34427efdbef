import SIP
import Testing

@Suite("The torture messages of RFC 4475") struct TortureTests {
    @Test("well-formed ones parse whole, and go out as they came", arguments: Torture.valid.map(\.name))
    func wellFormed(name: String) throws {
        let text = try #require(Torture.valid.first { $0.name == name }?.text)
        let message = try Message(text: text)
        try message.check()
        var output: [UInt8] = []
        message.serialize(Changes(), into: &output)
        let all = wire(text)
        #expect(output == Array(all.prefix(message.body.upper)))
        #expect(name == "dblreq" || output == all)
    }

    @Test("faulty ones fail with the right error at the right place", arguments: Torture.invalid.map(\.name))
    func faulty(name: String) throws {
        let torture = try #require(Torture.invalid.first { $0.name == name })
        let bytes = wire(torture.text)
        let error = #expect(throws: ParseError.self) { try Message(bytes).check() }
        #expect(error?.reason == torture.fault)
        let offset = try #require(error?.offset)
        #expect(string(Array(bytes.dropFirst(offset).prefix(torture.at.utf8.count))) == torture.at)
        #expect(!torture.at.isEmpty || offset == bytes.count)
    }

    @Test("mpart01: a body with bytes of every kind") func mpart01() throws {
        let message = try Message(Torture.mpart01)
        try message.check()
        #expect(message.body.count == 553 && message.body.upper == Torture.mpart01.count)
        var output: [UInt8] = []
        message.serialize(Changes(), into: &output)
        #expect(output == Torture.mpart01)
    }

    @Test("wsinv: folds, blanks and compact names everywhere") func wsinv() throws {
        let message = try Message(text: Torture.wsinv)
        #expect(message.text(try message.to()?.tag) == "1918181833n")
        #expect(message.text(try message.from()?.name) == #""J Rosenberg \\\"""#)
        #expect(message.text(try message.from()?.tag) == "98asjd8")
        #expect(message.maxForwards == .hops(68))
        #expect(try message.cseq()?.number == 9)
        #expect(try message.cseq()?.method == .invite)
        #expect(message.text(message.value(.subject)) == "")
        #expect(try message.viaCount() == 3)
        let hosts = try (0..<3).map { message.text(try message.via(at: $0)?.host) }
        #expect(hosts == ["192.0.2.2", "spindle.example.com", "192.168.255.111"])
        let branches = try (0..<3).map { message.text(try message.via(at: $0)?.branch) }
        #expect(branches == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
        let names = try (0..<3).map { message.text(try message.via(at: $0)?.transport) }
        #expect(names == ["UDP", "TCP", "UDP"])
        let contact = try #require(try message.address(of: .contact))
        #expect(message.text(contact.name) == #""Quoted string \"\"""#)
        #expect(message.text(contact.parameter("newparam", in: message.bytes)?.value) == "newvalue")
        #expect(contact.parameter("secondparam", in: message.bytes)?.value == .absent)
        #expect(message.text(contact.parameter("q", in: message.bytes)?.value) == "0.33")
        let uri = try #require(try message.uri())
        #expect(message.text(uri.user) == "vivekg" && message.text(uri.parameters) == "unknownparam")
        #expect(message.body.count == 150)
    }

    @Test("intmeth: every character a token, a URI and a word may hold") func intmeth() throws {
        let message = try Message(text: Torture.intmeth)
        #expect(message.method == .other)
        #expect(message.text(message.firstLine.methodText) == "!interesting-Method0123456789_*+`.%indeed'~")
        let uri = try #require(try message.uri())
        #expect(message.text(uri.user) == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
        #expect(message.text(uri.password) == "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)")
        #expect(message.text(uri.host) == "example.com")
        #expect(message.text(try message.from()?.name) == "token1~` token2'+_ token3*%!.-")
        #expect(message.text(try message.from()?.tag) == "_token~1'+`*%!-.")
        #expect(message.text(message.callID) == #"intmeth.word%ZK-!.*_+'@word`~)(><:\/"][?}{"#)
    }

    @Test("escapes are left alone, also in names") func escapes() throws {
        let message = try Message(text: Torture.esc02)
        #expect(message.method == .other)
        #expect(try message.addressCount(of: .contact) == 2)
        let other = try Message(text: Torture.esc01)
        #expect(other.text(try other.uri()?.user) == "sips%3Auser%40example.com")
        #expect(other.text(try other.uri()?.host) == "example.net")
    }

    @Test("semiuri: a semicolon before the @ belongs to the user") func semiuri() throws {
        let message = try Message(text: Torture.semiuri)
        #expect(message.text(try message.uri()?.user) == "user;par=u%40example.net")
        #expect(try message.uri()?.parameters == .absent)
    }

    @Test("cparam: parameters without brackets belong to the header") func cparam() throws {
        let bare = try Message(text: Torture.cparam01)
        let contact = try #require(try bare.address(of: .contact))
        #expect(bare.text(contact.parameters) == "unknownparam")
        #expect(bare.text(contact.uri) == "sip:+19725552222@gw1.example.net")
        let bracketed = try Message(text: Torture.cparam02)
        #expect(try bracketed.address(of: .contact)?.parameters == .absent)
    }

    @Test("transports, reasons and schemes that nobody knows are kept") func unknown() throws {
        let message = try Message(text: Torture.transports)
        #expect(try message.viaCount() == 5)
        #expect(message.text(try message.via(at: 3)?.transport) == "UNKNOWN")
        #expect(ReplyTarget(try #require(try message.via(at: 3)), in: message.bytes).transport == nil)
        let reply = try Message(text: Torture.unreason)
        #expect(reply.status == 200)
        #expect(reply.text(reply.firstLine.reason)?.hasSuffix("простое") == true)
        let silent = try Message(text: Torture.noreason)
        #expect(silent.status == 100 && silent.text(silent.firstLine.reason) == "")
        let strange = try Message(text: Torture.unkscm)
        #expect(try strange.uri()?.scheme == .other)
        #expect(try Message(text: Torture.badbranch).via()?.hasUsableBranch(in: message.bytes) == false)
    }
}
