extension Torture {
    /// 3.1.1.11, without its Identity header: two parts, the second one binary, with zeros and line ends of its own.
    static let mpart01: [UInt8] = {
        let head = """
            MESSAGE sip:kumiko@example.org SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport
            Max-Forwards: 70
            Route: <sip:127.0.0.1:5080>
            Contact: <sip:fluffy@127.0.0.1:5070>
            To: <sip:kumiko@example.org>
            From: <sip:fluffy@example.com>;tag=2fb0dcc9
            Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..
            CSeq: 1 MESSAGE
            Content-Transfer-Encoding: binary
            Content-Type: multipart/mixed;boundary=7a9cbec02ceef655
            Date: Sat, 15 Oct 2005 04:44:56 GMT
            User-Agent: SIPimp.org/0.2.5 (curses)
            Content-Length: 553

            --7a9cbec02ceef655
            Content-Type: text/plain
            Content-Transfer-Encoding: binary

            Hello
            --7a9cbec02ceef655
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: binary


            """
        let digits = Array(signature.utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { place in
            UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
        }
        return wire(head) + bytes + wire("\n--7a9cbec02ceef655--\n")
    }()

    private static let signature =
        "3082015206092A864886F70D010702A08201433082013F0201013109300706052B0E03021A300B06092A864886F70D01"
        + "0701318201203082011C020101307C3070310B3009060355040613025553311330110603550408130A43616C69666F72"
        + "6E69613111300F0603550407130853616E204A6F7365310E300C060355040A1305736970697431293027060355040B13"
        + "205369706974205465737420436572746966696361746520417574686F7269747902080195007102330113300706052B"
        + "0E03021A300D06092A864886F70D01010105000481808EF466F948F0522DD2E5978E9D95AAE9F2FE15A06659716292E8"
        + "DA2AA8D8350A68CEFFAE3CBD2BFF1675DDD5648E593DD64728F26220F7E941749E330D9A15EDABDB93D10C42102E7B72"
        + "89D29CC0C9AE2EFBC7C0CFF9172F3B027E4FC027E1546DE4B6AA3ABB3E66CCCB5DD6C64B8383149CB8E6FF182D944FE5"
        + "7B65BC99D005"
}
