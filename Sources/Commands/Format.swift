import ArgumentParser
import struct Syntax.Printer
import struct Syntax.Source

/// `siskin format FILE...`
struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints scripts in the house style of the language.")

    @Argument(help: "Scripts to format.")
    var files: [String]

    @Flag(name: .shortAndLong, help: "Write the files instead of printing them.")
    var write = false

    @Flag(help: "Only name the files that would change; status 1 if there are any.")
    var check = false

    @Flag(help: "Indent with tabs instead of four blanks.")
    var tabs = false

    func run() throws {
        var failed = false
        for file in files {
            guard let bytes = SourceFile.read(file) else {
                Terminal.say("\(file): cannot be read")
                failed = true
                continue
            }
            let source = Source(name: file, bytes: bytes)
            let (text, diagnostics) = Printer.format(source, indentation: tabs ? .tab : .spaces(4))
            guard let text else {
                Terminal.show(diagnostics, in: source)
                failed = true
                continue
            }
            if check {
                guard text != bytes else { continue }
                Terminal.write(file + "\n")
                failed = true
            } else if !write {
                Terminal.write(text)
            } else if text != bytes && !SourceFile.write(text, to: file) {
                Terminal.say("\(file): cannot be written")
                failed = true
            }
        }
        if failed { throw ExitStatus.failed }
    }
}
