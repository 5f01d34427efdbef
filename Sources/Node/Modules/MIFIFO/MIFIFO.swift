import Script
import Syntax

/// The management interface over named pipes, as `opensips-cli` uses it: a request `:name:JSON` comes through the pipe
/// of the node, its answer goes into the pipe `name` that the asker made in `reply_dir`.
///
/// Differs from OpenSIPS: an asker that does not read its answer keeps nobody else waiting; names that lead out of
/// `reply_dir`, and what is there and no pipe, are refused.
final class MIFIFO: Module {
    static let name = "mi_fifo"

    private unowned let node: Node
    private var settings = PipeSettings(path: "/tmp/opensips_fifo", permissions: 0o660)
    private var replyDirectory = "/tmp/"
    private var isPretty = false
    private var pipe: (any NamedPipe)?
    private var requests = FIFORequests()
    private var openReplies = 0
    private var isStopped = false

    /// How long an asker may take to open its pipe, and to read.
    private static let patience = Nanoseconds.seconds(2)
    /// Answers that may wait for their askers.
    private static let maximalReplies = 64
    /// How often it is seen whether somebody took the pipe away.
    private static let watchInterval = Nanoseconds.seconds(30)

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "fifo_name":
            guard let path = value.text, !path.isEmpty else { throw ParameterError("the path of a pipe") }
            settings.path = path
        case "fifo_mode":
            guard let mode = value.number, (0...0o777).contains(mode) else {
                throw ParameterError("permissions as for chmod, such as 0660")
            }
            settings.permissions = UInt32(mode)
        case "fifo_user": settings.user = value.text ?? value.number.map(String.init)
        case "fifo_group": settings.group = value.text ?? value.number.map(String.init)
        case "reply_dir":
            guard let directory = value.text, !directory.isEmpty else { throw ParameterError("a directory") }
            replyDirectory = directory.hasSuffix("/") ? directory : directory + "/"
        case "pretty_printing": isPretty = value.number ?? 0 != 0
        default: break
        }
    }

    func start() throws(StartError) {
        do throws(HostError) { try makePipe() } catch { throw StartError("mi_fifo: \(error)") }
        watch()
    }

    private func makePipe() throws(HostError) {
        pipe = try node.host.makePipe(settings) { [weak self] in self?.receive($0) }
    }

    private func watch() {
        _ = node.host.schedule(after: MIFIFO.watchInterval) { [weak self] in
            guard let self, !isStopped else { return }
            if pipe?.isDeleted ?? true {
                pipe?.close()
                pipe = nil
                do throws(HostError) {
                    try makePipe()
                    node.log(.warning, "mi_fifo: \(settings.path) was gone and is made again")
                } catch {
                    node.log(.error, "mi_fifo: \(error)")
                }
            }
            watch()
        }
    }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        let skipped = requests.skipped
        requests.append(bytes, now: node.host.now)
        while let request = requests.next() { answer(request) }
        if requests.skipped > skipped { node.log(.warning, "mi_fifo: skipped what is no request :reply_fifo:JSON") }
    }

    private func answer(_ request: FIFORequests.Request) {
        let answer = request.json.withUnsafeBufferPointer { node.management.answer($0, isPretty: isPretty) }
        guard let answer, !request.replyName.isEmpty else { return }
        guard let name = MIFIFO.fileName(request.replyName) else {
            return node.log(.warning, "mi_fifo: answer not sent: a reply fifo is named without its directory")
        }
        guard openReplies < MIFIFO.maximalReplies else {
            return node.log(.warning, "mi_fifo: answer not sent: \(openReplies) others wait to be read")
        }
        openReplies += 1
        node.host.write(answer, toPipe: replyDirectory + name, patience: MIFIFO.patience) { [weak self] error in
            guard let self else { return }
            openReplies -= 1
            if let error { node.log(.warning, "mi_fifo: answer not sent: \(error)") }
        }
    }

    /// Nil for a name that leads elsewhere, or that could deceive in a log.
    private static func fileName(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= 255, bytes.first != UInt8(ascii: "."),
            bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") })
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func stop() {
        isStopped = true
        pipe?.close()
        pipe = nil
    }
}
