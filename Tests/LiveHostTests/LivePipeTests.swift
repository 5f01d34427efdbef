import Glibc
import Testing

@testable import LiveHost
@testable import Node

@Suite(.serialized) struct LivePipeTests {
    private func settings(_ path: String) -> PipeSettings { PipeSettings(path: path, permissions: 0o620) }

    @Test func `a pipe brings what others write, however much, and goes when the host stops`() throws {
        let path = freshPath()
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
        try story { host in
            var count = 0
            let pipe = try host.makePipe(settings(path)) { bytes in
                count += bytes.count
                if count == 2 * text.count { host.stop() }
            }
            #expect(!pipe.isDeleted)
            var status = stat()
            lstat(path, &status)
            #expect(status.st_mode == S_IFIFO | 0o620)
            // The first writer goes, and the pipe does not end with it.
            host.write(text, toPipe: path, patience: .seconds(10)) { error in
                #expect(error == nil)
                host.write(text, toPipe: path, patience: .seconds(10)) { #expect($0 == nil) }
            }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func `what is no pipe of one name is not written to`() throws {
        let paths = (0..<5).map { _ in freshPath() }
        let (file, link, pipe, second, lonely) = (paths[0], paths[1], paths[2], paths[3], paths[4])
        defer { for path in paths { unlink(path) } }
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        mkfifo(pipe, 0o600)
        Glibc.link(pipe, second)
        symlink(file, link)
        mkfifo(lonely, 0o600)
        let reader = open(pipe, O_RDWR)
        defer { close(reader) }
        var reasons: [String: String] = [:]
        try story { host in
            for path in paths {
                host.write([1], toPipe: path, patience: .milliseconds(50)) { error in
                    reasons[path] = error?.reason
                    if reasons.count == paths.count { host.stop() }
                }
            }
        }
        #expect(
            paths.map { reasons[$0] ?? "" } == [
                "Not a named pipe", "Too many levels of symbolic links", "The pipe has other names",
                "The pipe has other names", "Connection timed out",
            ])
    }

    @Test func `a pipe that another process reads is not taken from it, one that nobody reads is`() throws {
        let path = freshPath()
        mkfifo(path, 0o600)
        try story { host in
            let pipe = try host.makePipe(settings(path)) { _ in }
            #expect(throws: HostError(subject: path, reason: "Another process reads it")) {
                try host.makePipe(settings(path)) { _ in }
            }
            pipe.close()
            #expect(access(path, F_OK) != 0)
            close(open(path, O_CREAT | O_WRONLY, 0o600))
            #expect(throws: HostError(subject: path, reason: "Not a named pipe")) {
                try host.makePipe(settings(path)) { _ in }
            }
            unlink(path)
            let nobody = PipeSettings(path: path, permissions: 0o600, user: "no such user")
            #expect(throws: HostError(subject: "no such user", reason: "No such user")) {
                try host.makePipe(nobody) { _ in }
            }
            unlink(path)
            host.stop()
        }
    }
}
