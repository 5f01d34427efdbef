import DNS
import Testing

/// The answer of a name server, put together byte by byte.
struct Answer {
    var bytes: [UInt8]

    /// - Parameter flags: 0x8180 is an answer without an error.
    init(
        to question: Question, id: UInt16 = 7, flags: UInt16 = 0x8180, answers: UInt16 = 0, authorities: UInt16 = 0
    ) {
        bytes = question.query(id: id)
        bytes.replaceSubrange(2..<4, with: [UInt8(flags >> 8), UInt8(flags & 0xff)])
        bytes.replaceSubrange(6..<10, with: [0, UInt8(answers), 0, UInt8(authorities)])
    }

    /// A record of the name that was asked for, written as a pointer to the question.
    func with(_ type: UInt16, owner: [UInt8] = [0xc0, 12], lifetime: UInt8 = 60, _ data: [UInt8]) -> Answer {
        var copy = self
        copy.bytes += owner + [0, UInt8(type), 0, 1, 0, 0, 0, lifetime, 0, UInt8(data.count)] + data
        return copy
    }

    func read(as question: Question, id: UInt16 = 7) throws(MalformedMessage) -> Response? {
        let result: Result<Response?, MalformedMessage> = bytes.withUnsafeBufferPointer { bytes in
            do throws(MalformedMessage) { return .success(try Response(bytes, to: question, id: id)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// A name as it stands in a message.
func wire(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
}

func name(_ text: String) -> DomainName { DomainName(text) ?? .root }

let service = Question(name("_sip._udp.example.org"), .srv)
let naming = Question(name("example.org"), .naptr)
