import Testing

@testable import Script

/// Recorded from OpenSIPS 3.6.8, unless said otherwise.
@Suite struct EncodingTests {
    @Test(
        arguments: TransformationCase.table(
            #"""
            "Hi there?>" s.b64encode => "SGkgdGhlcmU/Pg=="
            "Hi there?>" s.b64encode}{s.b64decode => "Hi there?>"
            "a" s.b64encode => "YQ=="
            "ab" s.b64encode => "YWI="
            "abc" s.b64encode => "YWJj"
            12 s.b64encode => "MTI="
            "" s.b64encode => ""
            "" s.b64decode => ""
            "SGk" s.b64decode => "Hi"
            "SG k=" s.b64decode => "Hi"
            "SGkh\nSGkh" s.b64decode => "Hi!Hi!"
            "S" s.b64decode => ""
            "SGk=SGk=" s.b64decode => "Hi"
            "!!!!" s.b64decode => ""
            "SG+/" s.b64decode => "Ho\xbf"
            "Hi there?>" s.encode.hexa => "48692074686572653f3e"
            "Hi there?>" s.encode.hexa}{s.decode.hexa => "Hi there?>"
            255 s.encode.hexa => "323535"
            "ABCD" s.decode.hexa => "\xab\xcd"
            "abc" s.decode.hexa => "\xab"
            "a" s.decode.hexa => ""
            "xyz" s.decode.hexa => NULL
            "4142 43" s.decode.hexa => NULL
            4142 s.decode.hexa => "AB"
            255 s.dec2hex => "ff"
            "255" s.dec2hex => "ff"
            0 s.dec2hex => "0"
            -1 s.dec2hex => "ffffffff"
            "-255" s.dec2hex => "ffffff01"
            "4294967295" s.dec2hex => "ffffffff"
            "4294967296" s.dec2hex => "0"
            "xyz" s.dec2hex => NULL
            "255x" s.dec2hex => NULL
            " 255" s.dec2hex => NULL
            "0xff" s.dec2hex => NULL
            "" s.dec2hex => NULL
            "-" s.dec2hex => NULL
            "ff" s.hex2dec => 255
            "FF" s.hex2dec => 255
            255 s.hex2dec => 255
            "" s.hex2dec => 0
            "xyz" s.hex2dec => NULL
            "0xff" s.hex2dec => NULL
            "ffx" s.hex2dec => NULL
            "7fffffff" s.hex2dec => 2147483647
            "0000000000f" s.hex2dec => 15
            """#))
    func encodings(_ line: TransformationCase) throws { try line.check() }

    /// OpenSIPS computes with the same number, and prints another one.
    @Test(
        arguments: TransformationCase.table(
            #"""
            "ffffffff" s.hex2dec => -1:"4294967295"
            "ffffffffffffffff" s.hex2dec => -1:"18446744073709551615"
            "10000000000000000" s.hex2dec => NULL
            """#))
    func bigHexadecimalNumbersPrintInFull(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "it's \"x\" \\ y" s.escape.common => "it\\'s \\\"x\\\" \\\\ y"
            "it's \"x\" \\ y" s.escape.common}{s.unescape.common => "it's \"x\" \\ y"
            "a%\n\r\tb" s.escape.common => "a%\n\r\tb"
            "\x00" s.escape.common => "\\0"
            "d\\0e\\nf\\" s.unescape.common => "d\x00e\\nf\\"
            "a b@c;d/e?f&g=h+i%" s.escape.user => "a%20b%40c;d/e?f&g=h+i%25"
            "a b@c;d/e?f&g=h+i%" s.escape.user}{s.unescape.user => "a b@c;d/e?f&g=h+i%"
            "a b@c;d/e?f&g=h+i%" s.escape.param => "a%20b%40c%3bd/e%3ff&g%3dh+i%25"
            "a b@c;d/e?f&g=h+i%" s.escape.param}{s.unescape.param => "a b@c;d/e?f&g=h+i%"
            "[\\]^`{|}~<>#:\"'*!-_.()&=+$,;?/" s.escape.user => "%5b%5c%5d%5e%60%7b%7c%7d~%3c%3e%23%3a%22'*!-_.()&=+$,;?/"
            "[\\]^`{|}~<>#:\"'*!-_.()&=+$,;?/" s.escape.param => "[%5c]%5e%60%7b%7c%7d~%3c%3e%23:%22'*!-_.()&%3d+$%2c%3b%3f/"
            "\x01" s.escape.user => NULL
            "\xc3\xa9" s.escape.user => NULL
            "\x7f" s.escape.param => NULL
            "%41%4" s.unescape.user => NULL
            "%" s.unescape.user => NULL
            "%zz" s.unescape.param => NULL
            "%0a" s.unescape.user => NULL
            "%7e%7f" s.unescape.user => NULL
            "%C3%A9" s.unescape.param => NULL
            "\xc3" s.unescape.user => "\xc3"
            "a+b%2B" s.unescape.user => "a+b+"
            "" s.escape.user => ""
            "" s.unescape.common => ""
            """#))
    func escapes(_ line: TransformationCase) throws { try line.check() }

    /// As the library behind the module rest_client documents it.
    @Test(
        arguments: TransformationCase.table(
            #"""
            "a b/\xc3\xa9-._~*" rest.escape => "a%20b%2F%C3%A9-._~%2A"
            "a%20b%2f%C3%A9+%" rest.unescape => "a b/\xc3\xa9+%"
            "" rest.escape => ""
            """#))
    func urlEscapes(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "Thu, 13 Jun 2024 12:48:00 GMT" s.date2unix => "1718282880"
            "Sat, 01 Jan 2000 00:00:00 GMT" s.date2unix => "946684800"
            "some day" s.date2unix => NULL
            "" s.date2unix => NULL
            "Mon, 13 Jun 2024 12:48:00 GMT" s.date2unix => "1718282880"
            "Thu, 3 Jun 2024 2:48:00 GMT" s.date2unix => "1717382880"
            "Thu, 13 Jun 1960 12:48:00 GMT" s.date2unix => "-301403520"
            "Thu, 13 Jun 2040 12:48:00 GMT" s.date2unix => "2223204480"
            "Thu, 31 Feb 2024 12:48:00 GMT" s.date2unix => "1709383680"
            "Thu, 13 Jun 2024 12:48:60 GMT" s.date2unix => "1718282940"
            "Thu, 13 Jun 24 12:48:00 GMT" s.date2unix => "-61395621120"
            "Thursday, 13 June 2024 12:48:00 GMT" s.date2unix => "1718282880"
            "Thu,  13  Jun 2024 12:48:00 GMT" s.date2unix => "1718282880"
            "Thu,13 Jun 2024 12:48:00 GMT" s.date2unix => "1718282880"
            "Thu, 13 Jun 2024 12:48:00 GMT junk" s.date2unix => "1718282880"
            "Thu, 13 Jun 2024 12:48:00" s.date2unix => NULL
            "Thu, 13 Jun 2024 12:48:00 CET" s.date2unix => NULL
            "Thu, 13 Jun 2024 25:48:00 GMT" s.date2unix => NULL
            "thu, 13 jun 2024 12:48:00 gmt" s.date2unix => NULL
            " Thu, 13 Jun 2024 12:48:00 GMT" s.date2unix => NULL
            "13 Jun 2024 12:48:00 GMT" s.date2unix => NULL
            """#))
    func dates(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "golden" s.md5 => "c773fdef3889bdadbe809f1e8aaeea46"
            7 s.md5 => "8f14e45fceea167a5a36dedd4bea2543"
            "" s.md5 => "d41d8cd98f00b204e9800998ecf8427e"
            "golden" s.sha1 => "ec30adc79e734900430e4174cf0a36c2d0c42272"
            "golden" s.sha256 => "dd56de4137951d9c92681b03416ec15f886b4482a27e3a517d32f085244cbe5d"
            "abc" s.sha224 => "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"
            "golden" s.sha1_hmac,key => "267941b2660184dd3310328e1f7b70610d92b909"
            "golden" s.sha256_hmac,key => "056c18509ddcbe7c70f279a133937cf1b52837623c9a55f91e12275ebdda4eb6"
            "abc" s.sha224_hmac,k => "732490484bcfb134f616bcd29fa7847c0dba67efcfe57b8115efa9cc"
            "abc" s.sha1_hmac, => "9b4a918f398d74d3e367970aba3cbe54e4d2b5d9"
            "abc" s.sha1_hmac,$nul => NULL
            "golden" s.crc32 => "3422583256"
            12 s.crc32 => "2964110130"
            "" s.crc32 => "4294967295"
            "golden" s.xor,key}{s.encode.hexa => "0c0a150f0017"
            "golden" s.xor,key}{s.xor,key => "golden"
            42 s.xor,k}{s.encode.hexa => "5f59"
            "abc" s.xor,longerthan}{s.encode.hexa => "0d0d0d"
            "" s.xor,key => ""
            "abc" s.xor,$nul => NULL
            NULL s.md5 => NULL
            """#))
    func digests(_ line: TransformationCase) throws { try line.check() }

    /// The texts are `x` 0 to 300 times; the digests of all, one after the other, have the digest below. Reckoned with
    /// Python's hashlib.
    @Test(arguments: [
        ("s.md5", "5adc2f9c3d473e202a8437aa431f0960"),
        ("s.sha1", "172a0a380269be43d911777c1cdf1340"),
        ("s.sha224", "a55f82f990aa0b6071dcab68ec153173"),
        ("s.sha256", "d7450d721bca9d873c1812e8134f7f83"),
        ("s.sha384", "8a762dd62acc153fa9e23443b5bde8a3"),
        ("s.sha512", "92a1f940af6ed3e98231000b79abcf4e"),
        ("s.sha1_hmac,KEY", "898235c858609213f3d6c9d3690feb93"),
        ("s.sha224_hmac,KEY", "2bb1f132beb36974946912a8ec7fcb7c"),
        ("s.sha256_hmac,KEY", "392a7b33cd48b388ad607d939dd9607e"),
        ("s.sha384_hmac,KEY", "65552568064b9d58d0269007a1a6bd17"),
        ("s.sha512_hmac,KEY", "4e8a7756ca7234724e8d0c6ed747029e"),
    ])
    func digestsOfEveryLength(_ call: String, _ sum: String) throws {
        let bench = TransformationBench()
        var all: [UInt8] = []
        for count in 0...300 {
            let text = bench.value(Array(repeating: UInt8(ascii: "x"), count: count))
            all += try bench.apply(call.replacing("KEY", with: String(repeating: "k", count: count)), to: text).bytes
        }
        let result = try bench.apply("s.md5", to: bench.value(all))
        #expect(String(decoding: result.bytes, as: UTF8.self) == sum)
    }

    @Test func whatIsEncodedComesBack() throws {
        var random = SeededRandom()
        let bench = TransformationBench()
        for _ in 0..<500 {
            let bytes = random.bytes(upTo: 70, from: Array(UInt8.min...UInt8.max))
            for pair in [
                "s.b64encode}{s.b64decode", "s.encode.hexa}{s.decode.hexa", "s.escape.common}{s.unescape.common",
                "rest.escape}{rest.unescape", "s.xor,secret}{s.xor,secret", "s.reverse}{s.reverse",
            ] {
                let result = try bench.apply(pair, to: bench.value(bytes))
                #expect(Array(result.bytes) == bytes, "\(pair), seed \(random.seed)")
            }
        }
    }
}
