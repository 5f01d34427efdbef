import Glibc
import Simulation
import Testing

@testable import REPL

/// The prompt in a pseudo terminal and in a pipe. One after the other: libedit has one editor a process.
@Suite(.serialized) struct ConversationTests {
    /// A conversation whose person is the test.
    private final class Person {
        let conversation: Conversation
        private var seen: [UInt8] = []
        private let ours: Int32
        private let theirs: Int32

        init(history: String? = nil, isColoured: Bool = false) throws {
            ours = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (lock, number): (CInt, CUnsignedInt) = (0, 0)
            // TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h, which are macros that Swift does not see.
            try #require(ours >= 0 && ioctl(ours, 0x4004_5431, &lock) == 0 && ioctl(ours, 0x8004_5430, &number) == 0)
            theirs = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
            try #require(theirs >= 0)
            var size = winsize(ws_row: 24, ws_col: 200, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(ours, UInt(TIOCSWINSZ), &size)
            setenv("TERM", "xterm", 1)
            _ = fcntl(ours, F_SETFL, O_NONBLOCK)
            let world = World(.simulated(Simulation(seed: 1))) { _ in nil }
            conversation = Conversation(
                input: theirs, output: theirs, historyFile: history, isColoured: isColoured
            ) { Session(world, isColoured: $0, say: $1) }
            conversation.session.add("main", file: nil)
        }

        deinit {
            close(ours)
            close(theirs)
        }

        func type(_ text: String) {
            let bytes = Array(text.utf8)
            _ = write(ours, bytes, bytes.count)
        }

        /// Goes on until the screen shows a text behind what was seen so far; false where it does not come.
        func sees(_ text: String, seconds: Int = 20) -> Bool {
            let clock = ContinuousClock()
            let end = clock.now + .seconds(seconds)
            while clock.now < end {
                conversation.turn(patience: 5)
                conversation.session.advance(by: 5_000_000)
                var chunk = [UInt8](repeating: 0, count: 4096)
                let count = read(ours, &chunk, chunk.count)
                if count > 0 { seen += chunk[..<count] }
                let screen = String(decoding: seen, as: UTF8.self)
                if let range = screen.firstRange(of: text) {
                    seen = Array(screen[range.upperBound...].utf8)
                    return true
                }
            }
            return false
        }

        var screen: String { String(decoding: seen, as: UTF8.self) }
    }

    @Test func `a line is typed, corrected and answered`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("$var(x) = 4")
        #expect(person.sees("= 4"))
        person.type("\u{7f}5\r")
        #expect(person.sees("$var(x) = 5\r\n"), "\(person.screen.debugDescription)")
        #expect(person.sees("main> "))
        person.type("$var(x) + 1\r")
        #expect(person.sees("6  (int)"))
    }

    @Test func `tab completes, and lists where there is a choice`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("$(var(x){s.sele\t")
        // Only what is new is drawn.
        #expect(person.sees("ct,"), "\(person.screen.debugDescription)")
        person.type("0,:})\r")
        #expect(person.sees("NULL"), "\(person.screen.debugDescription)")
        #expect(person.sees("main> "))
        person.type(":re\t\t")
        #expect(person.sees(":reload") && person.sees(":restart"), "\(person.screen.debugDescription)")
    }

    @Test func `an open brace goes on in the next line`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("route[x] {\r")
        #expect(person.sees("... "))
        person.type("return(9); }\r")
        #expect(person.sees("route[x] is defined"))
        person.type("route(x)\r")
        #expect(person.sees("-> 9"))
    }

    @Test func `history is there in the next session`() throws {
        let path = "/tmp/siskin-history-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(path) }
        do {
            let person = try Person(history: path)
            #expect(person.sees("main> "))
            person.type("40 + 2\r")
            #expect(person.sees("42  (int)"))
        }
        let person = try Person(history: path)
        #expect(person.sees("main> "))
        person.type("\u{10}")
        #expect(person.sees("40 + 2"), "\(person.screen.debugDescription)")
        person.type("\r")
        #expect(person.sees("42  (int)"))
    }

    @Test func `an interrupt forgets the line, or the wait`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("route[x] {\r")
        #expect(person.sees("... "))
        person.type("nonsense")
        #expect(person.sees("nonsense"))
        person.conversation.interrupt()
        #expect(person.sees("main> "), "\(person.screen.debugDescription)")
        person.type("loadmodule \"cfgutils.so\"\r")
        #expect(person.sees("is loaded") && person.sees("main> "))
        person.type("sleep(100000)\r")
        #expect(person.sees("\r\n"))
        person.conversation.interrupt()
        #expect(person.sees("in the background") && person.sees("main> "), "\(person.screen.debugDescription)")
    }

    @Test func `what a node logs stands above the line that is being typed`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("timer_route[t, 1] { xlog(\"tick\"); }\r")
        #expect(person.sees("is defined") && person.sees("main> "))
        person.type("$var(half")
        #expect(person.sees("$var(half"))
        #expect(person.sees("NOTICE: tick") && person.sees("$var(half"), "\(person.screen.debugDescription)")
    }

    @Test func `the end of the input ends the session`() throws {
        let person = try Person()
        #expect(person.sees("main> "))
        person.type("\u{4}")
        #expect(person.sees("\r\n"))
        #expect(person.conversation.isOver)
    }

    @Test func `a pipe is read line by line, without a prompt, and time passes where a line waits`() throws {
        var input: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        try #require(pipe(&input) == 0 && pipe(&output) == 0)
        let text = "loadmodule \"cfgutils.so\"\nroute[x] {\n  sleep(3);\n  return(5);\n}\nroute(x)\n$rc"
        _ = write(input[1], text, text.utf8.count)
        close(input[1])
        let world = World(.simulated(Simulation(seed: 1))) { _ in nil }
        let conversation = Conversation(
            input: input[0], output: output[1], historyFile: nil, isColoured: true
        ) { Session(world, isColoured: $0, say: $1) }
        conversation.session.add("main", file: nil)
        conversation.run()
        close(output[1])
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(output[0], &bytes, bytes.count)
        #expect(
            String(decoding: bytes[..<max(0, count)], as: UTF8.self)
                == "cfgutils.so is loaded\nroute[x] is defined\n-> 5\n5  (int)\n")
        #expect(!conversation.session.hasFailed)
        close(input[0])
        close(output[0])
    }
}
