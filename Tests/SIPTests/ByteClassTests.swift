import Testing

@testable import SIP

@Suite("Classes of bytes") struct ByteClassTests {
    private func characters(of set: ByteSet) -> [UInt8] { (UInt8.min...UInt8.max).filter { set.contains($0) } }

    private static let alphanumeric =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    @Test("the sets are those of the grammars") func sets() {
        #expect(characters(of: .token) == (Self.alphanumeric + "-.!%*_+`'~").utf8.sorted())
        #expect(characters(of: .host) == (Self.alphanumeric + "-._").utf8.sorted())
        #expect(characters(of: .notInURI) == Array(0...0x20) + Array("\"<>\u{7f}".utf8))
        #expect(characters(of: .end(UInt8(ascii: ";"), UInt8(ascii: ","))) == Array("\t\n\r ,;".utf8))
        #expect(characters(of: .host.with(UInt8(ascii: "="))) == (Self.alphanumeric + "-._=").utf8.sorted())
    }
}
