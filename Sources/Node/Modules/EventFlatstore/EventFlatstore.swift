import Events
import Script
import Syntax

/// `flatstore:/path` sockets: a line an event, appended to a file that is rotated.
///
/// The lines of a turn are one write. Siskin's own: the parameter `synchronize` (`never`, the default; `second`, `always`)
/// says when lines are made safe against a loss of power, and `evi_flat_rotate(path)` rotates from the script as the
/// management command does.
///
/// Differs from OpenSIPS: a file that was deleted is made again with the next event; a line end in a value becomes a
/// blank; a disk that is full leaves no half lines.
final class EventFlatstore: EventTransport {
    static let name = "event_flatstore"
    static let transports = ["flatstore"]

    enum Synchronisation: String {
        case never, second, always
    }

    let node: Node
    private var delimiter = [UInt8(ascii: ",")]
    private var escape: [UInt8] = []
    private var suppressesName = false
    private(set) var format: FlatstoreFormat
    private(set) var rotation = FlatstoreRotation()
    private(set) var permissions: UInt32 = 0o644
    private(set) var suffix: TextFormat?
    private(set) var synchronisation = Synchronisation.never
    var rotates: Bool { period > 0 || lines > 0 || bytes > 0 }
    private var period: Int64 = 0
    private var lines: Int64 = 0
    private var bytes: Int64 = 0
    private var maximalFiles = 100
    /// By the path in the socket.
    private var files: [[UInt8]: FlatstoreFile] = [:]

    init(_ node: Node) {
        self.node = node
        guard let format = try? FlatstoreFormat() else { preconditionFailure("the format's defaults are wrong") }
        self.format = format
        node.events.transports["flatstore"] = self
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "evi_flat_rotate": { [unowned self] call in
                    .code(call.bytes(0).map { rotate($0) } == true ? 1 : -1)
                }
            ],
            own: "fn evi_flat_rotate(s)*\nparam string synchronize")
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "delimiter": delimiter = Array((value.text ?? "").utf8)
        case "escape_delimiter": escape = Array((value.text ?? "").utf8)
        case "suppress_event_name": suppressesName = value.number != 0
        case "file_permissions":
            guard let text = value.text, let bits = UInt32(text, radix: 8), bits <= 0o777 else {
                throw ParameterError("an octal number such as \"644\"")
            }
            permissions = bits
        case "max_open_sockets": maximalFiles = max(1, Int(value.number ?? 100))
        case "rotate_period": period = Int64(value.number ?? 0)
        case "rotate_count": lines = try number(value, allowsSuffix: false)
        case "rotate_size": bytes = try number(value, allowsSuffix: true)
        case "suffix": suffix = try (value.text ?? "").isEmpty ? nil : TextFormat(value.text ?? "", node)
        case "synchronize":
            guard let policy = Synchronisation(rawValue: value.text ?? "") else {
                throw ParameterError("never, second or always")
            }
            synchronisation = policy
        default: break
        }
        rotation = FlatstoreRotation(period: period, count: lines, size: bytes)
    }

    private func number(_ value: ModParam.Value, allowsSuffix: Bool) throws(ParameterError) -> Int64 {
        if let number = value.number { return Int64(number) }
        let text = Array((value.text ?? "").utf8)
        guard let number = FlatstoreRotation.parse(text, allowsSuffix: allowsSuffix) else {
            throw ParameterError(allowsSuffix ? "a number, with k, m or g behind it" : "a number")
        }
        return number
    }

    func start() throws(StartError) {
        do {
            format = try FlatstoreFormat(delimiter: delimiter, escape: escape, suppressEventName: suppressesName)
        } catch {
            switch error {
            case .emptyDelimiter: throw StartError("event_flatstore: the delimiter is empty")
            case .escapeLength(let delimiter, let escape):
                throw StartError(
                    "event_flatstore: escape_delimiter has \(escape) bytes, the delimiter has \(delimiter)")
            }
        }
    }

    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard case .flatstore(let path) = address else { throw .unusable("\(address.label) is no file") }
        if let file = files[path] { return FlatstoreBackend(file, port) }
        guard files.count < maximalFiles else { throw .tooMany(limit: maximalFiles) }
        let file = FlatstoreFile(path, self)
        do { try file.open() } catch { throw .unusable("\(error)") }
        files[path] = file
        return FlatstoreBackend(file, port)
    }

    func forget(_ file: FlatstoreFile) { files[file.path] = nil }

    /// False where no socket has the path.
    private func rotate(_ path: [UInt8]) -> Bool {
        guard let file = files[path] else { return false }
        file.rotate(.mi)
        return true
    }
}
