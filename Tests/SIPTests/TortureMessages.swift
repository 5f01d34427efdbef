// The messages of RFC 4475, by the names the RFC gives them. Line ends become CRLF.

enum Torture {
    /// 3.1.1, 3.3 and 3.4: well-formed, whatever they mean.
    static let valid: [(name: String, text: String)] = [
        ("wsinv", wsinv), ("intmeth", intmeth), ("esc01", esc01), ("escnull", escnull), ("esc02", esc02),
        ("lwsdisp", lwsdisp), ("longreq", longreq), ("dblreq", dblreq), ("semiuri", semiuri),
        ("transports", transports), ("unreason", unreason), ("noreason", noreason), ("badbranch", badbranch),
        ("unkscm", unkscm), ("novelsc", novelsc), ("unksm2", unksm2), ("bext01", bext01), ("invut", invut),
        ("regaut01", regaut01), ("bcast", bcast), ("zeromf", zeromf), ("cparam01", cparam01), ("cparam02", cparam02),
        ("regescrt", regescrt), ("sdp01", sdp01), ("inv2543", inv2543),
    ]

    static let wsinv = #"""
        INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
        TO :
         sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
        from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
          ;
          tag = 98asjd8
        MaX-fOrWaRdS: 0068
        Call-ID: wsinv.ndaksdj@192.0.2.1
        Content-Length   : 150
        cseq: 0009
          INVITE
        Via  : SIP  /   2.0
         /UDP
            192.0.2.2;branch=390skdjuw
        s :
        NewFangledHeader:   newfangled value
         continued newfangled value
        UnknownHeaderWithUnusualValue: ;;,,;;,;
        Content-Type: application/sdp
        Route:
         <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
        v:  SIP  / 2.0  / TCP     spindle.example.com   ;
          branch  =   z9hG4bK9ikj8  ,
         SIP  /    2.0   / UDP  192.168.255.111   ; branch=
         z9hG4bK30239
        m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
              newvalue ;
          secondparam ; q = 0.33

        v=0
        o=mhandley 29739 7272939 IN IP4 192.0.2.3
        s=-
        c=IN IP4 192.0.2.4
        t=0 0
        m=audio 49217 RTP/AVP 0 12
        m=video 3227 RTP/AVP 31
        a=rtpmap:31 LPC

        """#

    static let intmeth = #"""
        !interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
        Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
        To: "BEL:\@BEL NUL:\@NUL DEL:\@DEL" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
        From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="работающий";tag=_token~1'+`*%!-.
        Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\/"][?}{
        CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~
        Max-Forwards: 255
        extensionHeader-!.%*+_`'~: 大停電
        Content-Length: 0


        """#
        .replacing("@BEL", with: "\u{07}").replacing("@NUL", with: "\0").replacing("@DEL", with: "\u{7f}")

    static let esc01 = """
        INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
        To: sip:%75se%72@example.com
        From: <sip:I%20have%20spaces@example.net>;tag=938
        Max-Forwards: 87
        i: esc01.239409asdfakjkn23onasd0-3234
        CSeq: 234234 INVITE
        Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
        C: application/sdp
        Contact:
          <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
        Content-Length: 10

        v=0
        s=-
        """ + "\n"

    static let escnull = """
        REGISTER sip:example.com SIP/2.0
        To: sip:null-%00-null@example.com
        From: sip:null-%00-null@example.com;tag=839923423
        Max-Forwards: 70
        Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
        CSeq: 14398234 REGISTER
        Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
        Contact: <sip:%00@host5.example.com>
        Contact: <sip:%00%00@host5.example.com>
        L:0


        """

    static let esc02 = """
        RE%47IST%45R sip:registrar.example.com SIP/2.0
        To: "%Z%45" <sip:resource@example.com>
        From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
        Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
        Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
        CSeq: 29344 RE%47IST%45R
        Max-Forwards: 70
        Contact: <sip:alias1@host1.example.com>
        C%6Fntact: <sip:alias2@host2.example.com>
        Contact: <sip:alias3@host3.example.com>
        l: 0


        """

    static let lwsdisp = """
        OPTIONS sip:user@example.com SIP/2.0
        To: sip:user@example.com
        From: caller<sip:caller@example.com>;tag=323
        Max-Forwards: 70
        Call-ID: lwsdisp.1234abcd@funky.example.com
        CSeq: 60 OPTIONS
        Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
        l: 0


        """

    static let longreq: String = {
        let long = String(repeating: "unknownlong", count: 30)
        let vias = (10...33).reversed().map {
            "v: SIP/2.0/TCP sip\($0).example.com;branch=z9hG4bK\($0)\(long)"
        }
        return """
            INVITE sip:user@example.com SIP/2.0
            To: "I have a user name of \(String(repeating: "extreme", count: 40)) proportion" <sip:user@example.com:6000;unknownparam1=very\(long)value;longparam\(long)name=shortvalue;very\(long)ParameterNameWithNoValue>
            F: sip:amazinglylongcallername\(long)@example.net;tag=12982\(long)424;unknownheaderparam\(long)name=unknown\(long)value;unknownValueless\(long)paramname
            Call-ID: longreq.one\(long)longcallid
            CSeq: 3882340 INVITE
            Unknown-\(long)-Name: unknown-\(long)-value; unknown-\(long)-parameter-name = unknown-\(long)-parameter-value
            \(vias.joined(separator: "\n"))
            Max-Forwards: 70
            Contact: <sip:amazinglylongcallername\(long)@host5.example.net>
            Content-Type: application/sdp
            l: 5

            v=0

            """
    }()

    static let dblreq = """
        REGISTER sip:example.com SIP/2.0
        To: sip:j.user@example.com
        From: sip:j.user@example.com;tag=43251j3j324
        Max-Forwards: 8
        I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
        Contact: sip:j.user@host.example.com
        CSeq: 8 REGISTER
        Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
        Content-Length: 0


        INVITE sip:joe@example.com SIP/2.0
        t: sip:joe@example.com
        Content-Length: 0


        """

    static let semiuri = """
        OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
        To: sip:j_user@example.com
        From: sip:caller@example.org;tag=33242
        Max-Forwards: 3
        Call-ID: semiuri.0ha0isndaksdj
        CSeq: 8 OPTIONS
        Accept: application/sdp, application/pkcs7-mime,
                multipart/mixed, multipart/signed,
                message/sip, message/sipfrag
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
        l: 0


        """

    static let transports = """
        OPTIONS sip:user@example.com SIP/2.0
        To: sip:user@example.com
        From: <sip:caller@example.com>;tag=323
        Max-Forwards: 70
        Call-ID:  transports.kijh4akdnaqjkwendsasfdj
        Accept: application/sdp
        CSeq: 60 OPTIONS
        Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
        Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
        Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
        Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
        Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
        l: 0


        """

    static let unreason = """
        SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
        Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
        Call-ID: unreason.1234ksdfak3j2erwedfsASdf
        CSeq: 35 INVITE
        From: sip:user@example.com;tag=11141343
        To: sip:user@example.edu;tag=2229
        Content-Length: 3
        Contact: <sip:user@host198.example.com>

        v=0
        """

    static let noreason =
        "SIP/2.0 100 \n" + """
            Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
            Call-ID: noreason.asndj203insdf99223ndf
            CSeq: 35 INVITE
            From: <sip:user@example.com>;tag=39ansfi3
            To: <sip:user@example.edu>;tag=902jndnke3
            Content-Length: 0
            Contact: <sip:user@host105.example.com>


            """

    static let badbranch = """
        OPTIONS sip:user@example.com SIP/2.0
        To: sip:user@example.com
        From: sip:caller@example.org;tag=33242
        Max-Forwards: 3
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK
        Accept: application/sdp
        Call-ID: badbranch.sadonfo23i420jv0as0derf3j3n
        CSeq: 8 OPTIONS
        l: 0


        """

    private static func options(_ uri: String, to: String = "sip:user@example.com", more: String = "") -> String {
        """
        OPTIONS \(uri) SIP/2.0
        To: \(to)
        From: sip:caller@example.net;tag=384
        Max-Forwards: 3
        Call-ID: torture.nasd0f9j34@example.net
        CSeq: 3923423 OPTIONS
        Via: SIP/2.0/TCP host9.example.com;branch=z9hG4bKkdjuw39234
        \(more)Content-Length: 0


        """
    }

    static let unkscm = options("nobodyKnowsThisScheme:totallyopaquecontent")
    static let novelsc = options("soap.beep://192.0.2.103:3002", to: "\"Service\" <http://example.com/service?query=1>")
    static let unksm2 = options(
        "sip:user@example.com", to: "isbn:2983792873", more: "Contact: <name:John_Smith>\n")
    static let bext01 = options(
        "sip:user@example.com",
        more: "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis\n")
    static let invut = """
        INVITE sip:user@example.com SIP/2.0
        Contact: <sip:caller@host5.example.net>
        To: sip:j.user@example.com
        From: sip:caller@example.net;tag=8392034
        Max-Forwards: 70
        Call-ID: invut.0ha0isndaksdjadsfij34n23d
        CSeq: 235448 INVITE
        Via: SIP/2.0/UDP somehost.example.com;branch=z9hG4bKkdjuw
        Content-Type: application/unknownformat
        Content-Length: 40

        <audio>
         <pcmu port="443"/>
        </audio>

        """
    static let regaut01 = options(
        "sip:example.com", more: "Authorization: NoOneKnowsThisScheme opaque-data=here\n")
    static let bcast = """
        SIP/2.0 200 OK
        Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
        Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23
        Call-ID: bcast.0384840201234ksdfak3j2erwedfsASdf
        CSeq: 35 INVITE
        From: sip:user@example.com;tag=11141343
        To: sip:user@example.edu;tag=2229
        Content-Length: 3
        Content-Type: application/sdp
        Contact: <sip:user@host28.example.com>

        v=0
        """
    static let zeromf = options("sip:user@example.com").replacing("Max-Forwards: 3", with: "Max-Forwards: 0")
    static let cparam01 = options(
        "sip:example.com", more: "Contact: sip:+19725552222@gw1.example.net;unknownparam\n")
    static let cparam02 = options(
        "sip:example.com", more: "Contact: <sip:+19725552222@gw1.example.net;unknownparam>\n")
    static let regescrt = options(
        "sip:example.com", more: "Contact: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>\n")
    static let sdp01 = options("sip:user@example.com", more: "Accept: text/nobodyKnowsThis\n")
    static let inv2543 = """
        INVITE sip:UserB@example.com SIP/2.0
        Via: SIP/2.0/UDP iftgw.example.com
        From: <sip:+13035551111@ift.client.example.net;user=phone>
        Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
        To: sip:+16505552222@ss1.example.net;user=phone
        Call-ID: inv2543.1717@ift.client.example.com
        CSeq: 56 INVITE
        Content-Type: application/sdp

        v=0

        """
}
