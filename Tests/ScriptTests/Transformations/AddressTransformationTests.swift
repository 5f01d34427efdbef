import Testing

@testable import Script

/// Recorded from OpenSIPS 3.6.8, unless said otherwise.
@Suite struct AddressTransformationTests {
    @Test(arguments: [
        ("schema", "\"sip\""), ("user", "\"alice\""), ("passwd", "\"secret\""), ("host", "\"example.com\""),
        ("domain", "\"example.com\""), ("port", "5080:\"5080\""), ("headers", "\"Subject=hi&Priority=low\""),
        ("params", "\"transport=tcp;lr;user=phone;foo=bar;ttl=3;maddr=192.0.2.4;method=INFO\""),
        ("param,foo", "\"bar\""), ("param,FOO", "\"bar\""), ("param,lr", "\"\""), ("param,none", "NULL"),
        ("param,", "NULL"), ("param,$nul", "NULL"), ("transport", "\"tcp\""), ("ttl", "\"3\""),
        ("uparam", "\"phone\""), ("maddr", "\"192.0.2.4\""), ("method", "\"INFO\""), ("lr", "NULL"), ("r2", "NULL"),
    ])
    func partsOfAURI(_ function: String, _ expected: String) throws {
        let uri =
            "sip:alice:secret@example.com:5080;transport=tcp;lr;user=phone;foo=bar;ttl=3;maddr=192.0.2.4;method=INFO"
            + "?Subject=hi&Priority=low"
        try TransformationCase.table("\"\(uri)\" uri.\(function) => \(expected)")[0].check()
    }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "sip:example.com" uri.user => NULL
            "sip:example.com" uri.host => "example.com"
            "sip:example.com" uri.port => NULL
            "sip:example.com" uri.params => NULL
            "sip:example.com" uri.param,x => NULL
            "sip:example.com" uri.headers => NULL
            "tel:+15551234" uri.schema => "tel"
            "tel:+15551234" uri.user => "+15551234"
            "tel:+15551234" uri.host => NULL
            "tel:+1-555;phone-context=x;a=b" uri.params => "phone-context=x;a=b"
            "sips:bob@[2001:db8::1]:5061" uri.schema => "sips"
            "sips:bob@[2001:db8::1]:5061" uri.host => "[2001:db8::1]"
            "sips:bob@[2001:db8::1]:5061" uri.port => 5061:"5061"
            "not a uri" uri.user => NULL
            "not a uri" uri.host => NULL
            "" uri.host => NULL
            12 uri.host => NULL
            "sip:a@h:0012" uri.port => 12:"0012"
            "sip:a@h:99999" uri.host => NULL
            "urn:service:sos.fire;a=b?x=y" uri.schema => "urn"
            "urn:service:sos.fire;a=b?x=y" uri.host => "sos.fire"
            "urn:service:sos.fire;a=b?x=y" uri.params => "a=b"
            "urn:nena:service:sos" uri.host => "sos"
            "urn:service:" uri.schema => NULL
            "urn:x" uri.schema => NULL
            "sip:a@" uri.schema => NULL
            "sip:a:@h" uri.passwd => NULL
            "SIP:A@H" uri.schema => "SIP"
            "sip:h;lr=on;r2=on;foo=\"q v\"" uri.lr => NULL
            "sip:h;lr=on;r2=on" uri.lr => "on"
            "sip:h;lr=on;r2=on" uri.r2 => "on"
            "sip:h;transport" uri.transport => NULL
            "sip:h;Transport=TLS" uri.transport => "TLS"
            "sip:a;b=c@h;d=e" uri.user => "a;b=c"
            "sip:user@host;a=b?c=d?e=f" uri.headers => "c=d?e=f"
            "\"A\" <sip:alice@h;ob;x=1>" nameaddr.uri}{uri.params => "ob;x=1"
            """#))
    func missingPartsAreNull(_ line: TransformationCase) throws { try line.check() }

    @Test(arguments: [
        ("name", "\"SIP\""), ("version", "\"2.0\""), ("transport", "\"TCP\""), ("host", "\"host.example\""),
        ("domain", "\"host.example\""), ("port", "5070:\"5070\""), ("branch", "\"z9hG4bKabc\""),
        ("received", "\"192.0.2.1\""), ("rport", "\"99\""), ("param,foo", "\"bar\""), ("param,FOO", "\"bar\""),
        ("param,none", "NULL"), ("comment", "NULL"),
        ("params", "\"branch=z9hG4bKabc;received=192.0.2.1;rport=99;foo=bar\""),
    ])
    func partsOfAVia(_ function: String, _ expected: String) throws {
        let via = "SIP/2.0/TCP host.example:5070;branch=z9hG4bKabc;received=192.0.2.1;rport=99;foo=bar"
        try TransformationCase.table("\"\(via)\" via.\(function) => \(expected)")[0].check()
    }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "SIP/2.0/UDP h.example;branch=z9hG4bKq" via.port => NULL
            "SIP/2.0/UDP h.example;branch=z9hG4bKq" via.received => NULL
            "SIP/2.0/UDP h;rport;branch=x" via.rport => NULL
            "SIP/2.0/UDP h;foo" via.param,foo => ""
            "SIP/2.0/UDP h;branch=x (a comment)" via.comment => "a comment"
            "SIP / 2.0 / UDP h : 5060 ; branch = x ; foo = \"q v\"" via.param,foo => "q v"
            "SIP / 2.0 / UDP h : 5060 ; branch = x" via.port => 5060:"5060"
            "SIP/2.0/UDP h;branch=a, SIP/2.0/TCP k;branch=b" via.branch => "a"
            "SIP/2.0/UDP [::1]:5061;branch=z" via.host => "[::1]"
            "SIP/2.0/XYZ h;branch=z" via.transport => "XYZ"
            "" via.host => NULL
            """#))
    func oddVias(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.name => "\"Display Name\""
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.uri => "sip:test@example.org;x=1"
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.param,tag => "t1"
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.params => "tag=t1;private=yes"
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.param,none => NULL
            "\"Display Name\" <sip:test@example.org;x=1>;tag=t1;private=yes" nameaddr.len => 41
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.0.name => "\"first\""
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.1.name => "second"
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.2.name => NULL
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.uri => "sip:first@h"
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.1.uri => "sip:second@h"
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.-1.uri => "sip:third@h"
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.1.param,q => "1"
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.5.uri => NULL
            "\"first\" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>" nameaddr.-5.uri => NULL
            "sip:bare@h;tag=zz" nameaddr.name => NULL
            "sip:bare@h;tag=zz" nameaddr.uri => "sip:bare@h"
            "sip:bare@h;tag=zz" nameaddr.param,tag => "zz"
            "sip:a@b;tag=2" nameaddr.len => 7
            "A B <sip:a@b>;tag=1" nameaddr.len => 13
            "\"x\" <sip:a@b>;q" nameaddr.param,q => NULL
            "\"x\" <sip:a@b>;a=\"q v\"" nameaddr.param,a => "q v"
            "\"x\" <sip:a@b> ; a = 1 ; b = 2 " nameaddr.params => "a = 1 ; b = 2"
            "<sip:a@b>;x=\"1,2\", <sip:c@d>" nameaddr.1.uri => "sip:c@d"
            "*" nameaddr.uri => "*"
            "u@d" nameaddr.uri => "u@d"
            "  pad  " nameaddr.uri => "pad"
            "k=v;k2=v2" nameaddr.uri => "k=v"
            "k=v;k2=v2" nameaddr.params => "k2=v2"
            "a b" nameaddr.uri => NULL
            "a>" nameaddr.uri => NULL
            "\"q\"" nameaddr.uri => NULL
            "k;" nameaddr.uri => NULL
            "sip:a@b" nameaddr.len => 9
            "N N <sip:n@x>" nameaddr.len => 15
            "  <sip:a@b>  " nameaddr.len => 13
            "sip:a@b ;x=1" nameaddr.len => 8
            "\"N\" <sip:a@b> ;x" nameaddr.len => 14
            "<sip:a@b>,<sip:c@d>;x=1,sip:e@f" nameaddr.0.len => 0
            "<sip:a@b>,<sip:c@d>;x=1,sip:e@f" nameaddr.1.len => 9
            "<sip:a@b>,<sip:c@d>;x=1,sip:e@f" nameaddr.-1.len => 9
            "<sip:a@b" nameaddr.uri => NULL
            "\"x <sip:a@b>" nameaddr.uri => NULL
            "<>" nameaddr.uri => NULL
            "" nameaddr.uri => NULL
            """#))
    func nameAddresses(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "10.1.2.3" ip.isip => 1
            "10.1.2.3" ip.isip4 => 1
            "10.1.2.3" ip.isip6 => 0
            "10.1.2.3" ip.pton}{s.encode.hexa => "0a010203"
            "10.1.2.3" ip.pton}{ip.ntop => "10.1.2.3"
            "10.1.2.3" ip.pton}{ip.family => "INET"
            "10.1.2.3" ip.isprivate => 1
            "10.1.2.3" ip.matches,10.1.0.0/16 => 1
            "10.1.2.3" ip.matches,10.2.0.0/16 => 0
            "10.1.2.3" ip.matches, 0.0.0.0/0  => 1
            "10.1.2.3" ip.matches,nonsense => NULL
            "10.1.2.3" ip.matches,2001:db8::/32 => NULL
            "10.1.2.3" ip.matches,10.1.2.3/33 => NULL
            "10.1.2.3" ip.matches,$nul => NULL
            "2001:db8::1" ip.isip6 => 1
            "2001:db8::1" ip.pton}{s.encode.hexa => "20010db8000000000000000000000001"
            "2001:db8::1" ip.pton}{ip.family => "INET6"
            "2001:db8::1" ip.pton}{ip.ntop => "2001:DB8:0:0:0:0:0:1"
            "2001:db8::1" ip.matches,2001:db8::/32 => 1
            "[::1]" ip.isip6 => 1
            "300.1.1.1" ip.isip => 0
            "300.1.1.1" ip.pton => NULL
            "1.2.3" ip.isip => 0
            "example" ip.isip => 0
            "example" ip.isprivate => 0
            "192.168.9.9" ip.isprivate => 1
            "8.8.4.4" ip.isprivate => 0
            "127.0.0.1" ip.isprivate => 1
            "172.32.0.1" ip.isprivate => 0
            "100.64.0.1" ip.isprivate => 1
            "fc00::1" ip.isprivate => 0
            "" ip.isip => NULL
            "abcd" ip.ntop => "97.98.99.100"
            "abcdefghijklmnop" ip.ntop => "6162:6364:6566:6768:696A:6B6C:6D6E:6F70"
            "abc" ip.ntop => NULL
            "abc" ip.family => NULL
            "127.0.0.1" ip.resolve => "127.0.0.1"
            "::1" ip.resolve => "0:0:0:0:0:0:0:1"
            "nosuch.invalid" ip.resolve => NULL
            """#))
    func addresses(_ line: TransformationCase) throws { try line.check() }
}
