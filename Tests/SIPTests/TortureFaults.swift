import SIP

extension Torture {
    /// 3.1.2 and 3.3: messages with one fault each, what is wrong, and the text that stands where the error points.
    static let invalid: [(name: String, text: String, fault: ParseError.Reason, at: String)] = [
        (
            "badinv01",
            request(
                "INVITE", via: "SIP/2.0/UDP 192.0.2.15;;,;,,",
                more: "Contact: \"Joe\" <sip:joe@example.org>;;;;\n"), .emptyParameter, ";;;\r\n"
        ),
        (
            "badinv01, Via alone", request("INVITE", via: "SIP/2.0/UDP 192.0.2.15;;,;,,"), .emptyParameter, ";,;,,"
        ),
        (
            "clerr", request("INVITE", more: "Content-Length: 9999\n", body: "v=0\n"), .bodyShorterThanContentLength,
            ""
        ),
        ("ncl", request("INVITE", more: "Content-Length: -999\n", body: "v=0\n"), .badContentLength, "-999"),
        (
            "scalar02, CSeq", request("REGISTER", cseq: "36893488147419103232 REGISTER"), .badCSeq,
            "36893488147419103232"
        ),
        (
            "scalar02, Max-Forwards", request("REGISTER").replacing("Max-Forwards: 7", with: "Max-Forwards: 300"),
            .badNumber, "300"
        ),
        (
            "scalarlg", "SIP/2.0 503 Service Unavailable\n" + headers(cseq: "9292394834772304023312 OPTIONS") + "\n",
            .badCSeq, "9292394834772304023312"
        ),
        (
            "quotbal", request("INVITE", to: "\"Mr. J. User <sip:j.user@example.com>"), .unterminatedQuote,
            "\"Mr. J. User"
        ),
        ("ltgtruri", request("INVITE", "<sip:user@example.com>"), .missingScheme, "<sip:"),
        ("lwsruri", request("INVITE", "sip:user@example.com; lr"), .badRequestLine, " lr SIP"),
        ("lwsstart", request("INVITE", " sip:user@example.com "), .badRequestLine, " sip:"),
        (
            "trws", request("OPTIONS").replacing(" SIP/2.0\nVia", with: " SIP/2.0  \nVia"), .badRequestLine,
            " SIP/2.0  "
        ),
        (
            "escruri", request("INVITE", "sip:user@example.com?Route=%3Csip:example.com%3E"), .headersInRequestURI,
            "Route=%3C"
        ),
        ("baddate", request("INVITE", more: "Date: Fri, 01 Jan 2010 16:00:00 EST\n"), .badDate, "Fri,"),
        (
            "regbadct", request("REGISTER", more: "Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E\n"),
            .bareURIWithHeaders, "?Route"
        ),
        (
            "badaspec", request("OPTIONS", to: "\"Watson, Thomas\" < sip:t.watson@example.org >"), .missingScheme,
            " sip:t.watson"
        ),
        ("baddn", request("OPTIONS", from: "Bell, Alexander <sip:a.g.bell@example.com>;tag=43"), .expectedURI, "Bell,"),
        (
            "badvers", request("OPTIONS").replacing("SIP/2.0\nVia", with: "SIP/7.0\nVia"), .unsupportedVersion,
            "SIP/7.0"
        ),
        ("mismatch01", request("OPTIONS", cseq: "8 INVITE"), .methodMismatch, "INVITE"),
        ("mismatch02", request("NEWMETHOD", cseq: "8 INVITE"), .methodMismatch, "INVITE"),
        ("bigcode", "SIP/2.0 4294967301 better not break the receiver\n" + headers() + "\n", .badStatusLine, "42949"),
        (
            "insuf", request("INVITE").replacing("Call-ID: torture.1@example.com\n", with: ""), .missingHeader(.callID),
            "Via"
        ),
        ("multi01", request("INVITE", more: "i: again\n"), .repeatedHeader(.callID), "i: again"),
        (
            "mcl01", request("OPTIONS", more: "Content-Length: 13\nl: 5\n", body: "There's no way"),
            .conflictingContentLength, "5\r\n"
        ),
    ]

    private static func headers(
        to: String = "sip:j.user@example.com", from: String = "sip:caller@example.net;tag=134161461246",
        via: String = "SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw", cseq: String = "8 INVITE"
    ) -> String {
        """
        Via: \(via)
        To: \(to)
        From: \(from)
        Max-Forwards: 7
        Call-ID: torture.1@example.com
        CSeq: \(cseq)

        """
    }

    private static func request(
        _ method: String, _ uri: String = "sip:user@example.com", to: String = "sip:j.user@example.com",
        from: String = "sip:caller@example.net;tag=134161461246",
        via: String = "SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw", cseq: String? = nil, more: String = "",
        body: String = ""
    ) -> String {
        "\(method) \(uri) SIP/2.0\n" + headers(to: to, from: from, via: via, cseq: cseq ?? "8 \(method)")
            + more + "\n" + body
    }
}
