import Testing

@testable import Script

/// Recorded from OpenSIPS 3.6.8, unless said otherwise.
@Suite struct StringTransformationTests {
    @Test(
        arguments: TransformationCase.table(
            #"""
            "Hello, World" s.len => 12
            1234 s.len => 4
            "" s.len => 0
            -7 s.len => 2
            NULL s.len => NULL
            "12abc" s.int => 12:"12abc"
            "abc" s.int => 0:"abc"
            "-30" s.int => -30:"-30"
            "+5" s.int => 5:"+5"
            " 5" s.int => 0:" 5"
            "" s.int => 0:""
            1234 s.int => 1234:"1234"
            "99999999999" s.int => 1215752191:"99999999999"
            "2147483648" s.int => -2147483648:"2147483648"
            "-2147483649" s.int => 2147483647:"-2147483649"
            "4294967297" s.int => 1:"4294967297"
            "99999999999999999999" s.int => -1:"99999999999999999999"
            "0x12" s.int => 0:"0x12"
            """#))
    func lengthsAndNumbers(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "abcdefghij" s.substr,0,3 => "abc"
            "abcdefghij" s.substr,4,2 => "ef"
            "abcdefghij" s.substr,9,1 => "j"
            "abcdefghij" s.substr,6,0 => "ghij"
            "abcdefghij" s.substr,6,99 => "ghij"
            "abcdefghij" s.substr,2,-3 => "cdefg"
            "abcdefghij" s.substr,0,-9 => "a"
            "abcdefghij" s.substr,-3,2 => "hi"
            "abcdefghij" s.substr,-3,0 => "hij"
            "abcdefghij" s.substr,-10,1 => "a"
            "abcdefghij" s.substr,10,1 => NULL
            "abcdefghij" s.substr,-11,1 => NULL
            "abcdefghij" s.substr,50,0 => NULL
            987654 s.substr,1,3 => "876"
            "" s.substr,0,0 => NULL
            "abc" s.substr,0,-3 => ""
            "abc" s.substr,1,-2 => ""
            "abc" s.substr,-2,-1 => "b"
            "abc" s.substr, 1 , 1 => "b"
            "abc" s.substr,+1,1 => "b"
            "abc" s.substr,$i,3 => "c"
            "abc" s.substr,$t,3 => NULL
            "abc" s.substr,$nul,3 => NULL
            """#))
    func substrings(_ line: TransformationCase) throws { try line.check() }

    /// These end the process of OpenSIPS.
    @Test(
        arguments: TransformationCase.table(
            #"""
            "abc" s.substr,0,-4 => NULL
            "abc" s.substr,-2,-5 => NULL
            "abc" s.substr,2,2147483647 => "c"
            "abc" s.substr,-2147483648,1 => NULL
            "abc" s.substr,1,-2147483648 => NULL
            "abc" s.substr,99999999999,1 => NULL
            "abc" s.xor, => NULL
            "<sip:a@b>," nameaddr.0.uri => "sip:a@b"
            12 nameaddr.uri => "12"
            "SIP/2.0/UDP h (a comment)" via.host => "h"
            "garbage" via.host => NULL
            """#))
    func whatStopsOpenSIPS(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "one:two::four:" s.select,0,: => "one"
            "one:two::four:" s.select,2,: => ""
            "one:two::four:" s.select,3,: => "four"
            "one:two::four:" s.select,4,: => ""
            "one:two::four:" s.select,5,: => NULL
            "one:two::four:" s.select,-1,: => ""
            "one:two::four:" s.select,-2,: => "four"
            "one:two::four:" s.select,-3,: => ""
            "one:two::four:" s.select,-5,: => "one"
            "one:two::four:" s.select,-6,: => NULL
            "a,b c" s.select,1,, => "b c"
            "a,b c" s.select,1,  => "c"
            "a,b c" s.select,0,; => "a,b c"
            "a,b c" s.select,1,; => NULL
            "a:b:c:d" s.select,$i,: => "c"
            "a:b:c:d" s.select,$neg,: => "d"
            "a:b:c:d" s.select,$t,: => NULL
            "a:b:c:d" s.select,$nul,: => NULL
            "a:b" s.select,1,$c => "b"
            "a:b" s.select,1,$nul => NULL
            "a b" s.select,1, => NULL
            "a:b" s.select,1,:x => "b"
            "" s.select,0,: => ""
            "" s.select,-1,: => ""
            "abc" s.select,-1,: => "abc"
            12 s.select,0,1 => ""
            "  one,two;three  " s.trim}{s.select,1,,}{s.select,0,;}{s.toupper => "TWO"
            "  one,two;three  " s.select,9,,}{s.toupper}{s.len => NULL
            """#))
    func fields(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "hello world, hello moon" s.index,hello => 0
            "hello world, hello moon" s.index,hello,1 => 13
            "hello world, hello moon" s.index,o,5 => 7
            "hello world, hello moon" s.index,zebra => NULL
            "hello world, hello moon" s.index,Hello => NULL
            "hello world, hello moon" s.rindex,hello => 13
            "hello world, hello moon" s.rindex,hello,12 => 0
            "hello world, hello moon" s.rindex,o => 21
            "hello world, hello moon" s.rindex,o,20 => 20
            "hello world, hello moon" s.index,o,-4 => 20
            "hello world, hello moon" s.rindex,o,-4 => 17
            "hello world, hello moon" s.index,hello,50 => NULL
            "hello" s.index, => NULL
            "hello" s.rindex, => NULL
            "hello" s.index,l,-1 => NULL
            "hello" s.index,l,-2 => 3
            "hello" s.index,h,-5 => 0
            "hello" s.index,h,-6 => NULL
            "hello" s.index,o,5 => NULL
            "he llo" s.index, l => 3
            "hello" s.rindex,l,-2 => 3
            "hello" s.rindex,h,-99 => 0
            "hello" s.rindex,l,-99 => NULL
            "hello" s.rindex,l,0 => NULL
            "hello" s.rindex,l,99 => 3
            "hello" s.rindex,lo,2 => NULL
            "hello" s.rindex,hello,0 => 0
            "hello" s.rindex,hello! => NULL
            "hello" s.index,l,$nul => NULL
            12321 s.index,2,2 => 3
            """#))
    func positions(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "MiXed 12 ABC xyz" s.toupper => "MIXED 12 ABC XYZ"
            "MiXed 12 ABC xyz" s.tolower => "mixed 12 abc xyz"
            "a\x80\xffz@[`{" s.toupper => "A\x80\xffZ@[`{"
            "A\xe4\xc4Z@[`{" s.tolower => "a\xe4\xc4z@[`{"
            "  \t pad me \r\n " s.trim => "pad me"
            "  \t pad me \r\n " s.triml => "pad me \r\n "
            "  \t pad me \r\n " s.trimr => "  \t pad me"
            "   " s.trim => ""
            "\x0b\x0c abc\x0b " s.trim => "\x0b\x0c abc\x0b"
            12 s.trim => 12
            120 s.toupper => "120"
            120 s.reverse => "021"
            "MiXed 12" s.reverse => "21 deXiM"
            "" s.reverse => ""
            "" s.tolower => ""
            42 s.fill.left,0,6 => "000042"
            42 s.fill.right,.,6 => "42...."
            42 s.fill.left,0,1 => "42"
            "abc" s.fill.left,xyz,10 => "zxyzxyzabc"
            "abc" s.fill.right,xyz,10 => "abcxyzxyzx"
            "abc" s.fill.left,12,8 => "21212abc"
            "ab" s.fill.left,xyz,3 => "zab"
            "ab" s.fill.left, x, 5 => "xxxab"
            "abc" s.fill.left,x,-1 => "abc"
            "" s.fill.left,x,3 => "xxx"
            "" s.fill.right,x,3 => "xxx"
            "abc" s.fill.left,x,10000}{s.len => 10000
            "abc" s.fill.left,x,2000000000 => NULL
            "abc" s.width,6 => "abc   "
            "abc" s.width,2 => "ab"
            42 s.width,4 => "42  "
            "abc" s.width,0 => NULL
            "abc" s.width,$neg => NULL
            "" s.width,3 => "   "
            "abc" s.width,2000000000 => NULL
            """#))
    func caseTrimAndPadding(_ line: TransformationCase) throws { try line.check() }

    @Test func agreesWithAPlainSearch() throws {
        var random = SeededRandom()
        let bench = TransformationBench()
        for _ in 0..<4000 {
            let text = random.bytes(upTo: 24, from: Array("ab".utf8))
            let needle = random.bytes(upTo: 5, from: Array("ab".utf8))
            let start = Int.random(in: -30...30, using: &random)
            let places = (0..<max(text.count - needle.count + 1, 0)).filter {
                !needle.isEmpty && Array(text[$0..<($0 + needle.count)]) == needle
            }
            let from = start < 0 ? start + text.count : start
            let first = from < 0 ? nil : places.first { $0 >= from }
            let last = places.last { $0 <= max(from, 0) }
            let arguments = [bench.value(needle), .bare(Int32(start))]
            for (function, expected) in [(TransformationFunction.index, first), (.lastIndex, last)] {
                let found = arguments.withUnsafeBufferPointer {
                    transform(
                        function, bench.value(text), $0, substitution: nil, matcher: bench.matcher,
                        scratch: bench.scratch)
                }
                #expect(
                    (found.isNull ? nil : Int(found.number)) == expected,
                    "\(function) \(needle) in \(text) from \(start), seed \(random.seed)")
            }
        }
    }
}
