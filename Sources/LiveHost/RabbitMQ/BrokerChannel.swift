import CRabbitMQ
import Glibc
import Node

/// An open connection to a broker with one channel in confirm mode. Blocks; belongs to the broker's thread.
final class BrokerChannel {
    private let connection: amqp_connection_state_t
    private let settings: BrokerSettings
    let descriptor: CInt
    /// Messages without an answer, in order of their tags, which begin at 1.
    private var open: [Open] = []
    private var firstOpen = 0
    private var nextTag: UInt64 = 1
    /// Messages that came back because no queue takes them.
    private var returned: Set<UInt64> = []
    private var results: [(number: UInt64, result: BrokerResult)] = []

    private struct Open {
        var tag: UInt64
        var number: UInt64
        var deadline: Nanoseconds
        var isDone = false
    }

    /// Nil where the broker cannot be reached or does not let us in.
    init?(_ settings: BrokerSettings) {
        guard let connection = amqp_new_connection() else { return nil }
        guard let socket = amqp_tcp_socket_new(connection) else {
            amqp_destroy_connection(connection)
            return nil
        }
        self.settings = settings
        self.connection = connection
        var timeout = Self.timeval(settings.connectTimeout)
        var handshake = Self.timeval(max(settings.connectTimeout, .seconds(1)))
        amqp_set_handshake_timeout(connection, &handshake)
        amqp_set_rpc_timeout(connection, &handshake)
        let isOpen = amqp_socket_open_noblock(socket, settings.host, CInt(settings.port), &timeout) == 0
        guard isOpen, Self.logIn(connection, settings) else {
            amqp_destroy_connection(connection)
            return nil
        }
        descriptor = amqp_get_sockfd(connection)
        // A broker that takes nothing must not hold the thread for ever.
        var limit = Self.timeval(settings.confirmTimeout)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<Glibc.timeval>.size))
    }

    deinit { amqp_destroy_connection(connection) }

    private static func logIn(_ connection: amqp_connection_state_t, _ settings: BrokerSettings) -> Bool {
        let reply = siskin_amqp_login(
            connection, settings.virtualHost, settings.frameSize, settings.heartbeat, settings.user, settings.password)
        guard reply.reply_type == AMQP_RESPONSE_NORMAL, amqp_channel_open(connection, 1) != nil else { return false }
        return amqp_confirm_select(connection, 1) != nil
    }

    private static func timeval(_ time: Nanoseconds) -> Glibc.timeval {
        Glibc.timeval(tv_sec: Int(time / 1_000_000_000), tv_usec: Int(time % 1_000_000_000 / 1000))
    }

    /// Nothing is unanswered.
    var isQuiet: Bool { open.count == firstOpen }

    var hasBufferedFrames: Bool { amqp_frames_enqueued(connection) != 0 || amqp_data_in_buffer(connection) != 0 }

    /// How long nothing may come before `read` has something to do.
    func patience(now: Nanoseconds) -> Nanoseconds {
        var limit = Nanoseconds.seconds(60)
        if firstOpen < open.count { limit = max(0, open[firstOpen].deadline &- now) }
        if settings.heartbeat > 0 { limit = min(limit, .milliseconds(Int(settings.heartbeat) * 500)) }
        return limit
    }

    // MARK: Publishing

    /// False where the connection is broken; the message counts as open then.
    func publish(_ message: BrokerMessage, _ number: UInt64) -> Bool {
        open.append(Open(tag: nextTag, number: number, deadline: BrokerTalk.now &+ settings.confirmTimeout))
        nextTag += 1
        var properties = amqp_basic_properties_t()
        var id = Array("\(number)".utf8)
        var contentType = message.contentType ?? []
        properties._flags =
            amqp_flags_t(siskin_amqp_delivery_mode) | amqp_flags_t(siskin_amqp_has_message_id)
        properties.delivery_mode = message.isPersistent ? 2 : 1
        let memory = HeaderMemory(message.headers)
        if !message.headers.isEmpty {
            properties._flags |= amqp_flags_t(siskin_amqp_has_headers)
            properties.headers = memory.table
        }
        if message.contentType != nil { properties._flags |= amqp_flags_t(siskin_amqp_content_type) }
        let status = Self.withBytes(&id) { id in
            Self.withBytes(&contentType) { contentType in
                properties.message_id = id
                properties.content_type = contentType
                return Self.publish(message, connection, &properties)
            }
        }
        memory.free()
        return status == AMQP_STATUS_OK.rawValue
    }

    private static func publish(
        _ message: BrokerMessage, _ connection: amqp_connection_state_t, _ properties: inout amqp_basic_properties_t
    ) -> CInt {
        var (exchange, key, body) = (message.exchange, message.routingKey, message.body)
        return withBytes(&exchange) { exchange in
            withBytes(&key) { key in
                withBytes(&body) { body in
                    amqp_basic_publish(
                        connection, 1, exchange, key, message.isMandatory ? 1 : 0, message.isImmediate ? 1 : 0,
                        &properties, body)
                }
            }
        }
    }

    private static func withBytes<Result>(_ bytes: inout [UInt8], _ body: (amqp_bytes_t) -> Result) -> Result {
        bytes.withUnsafeMutableBytes { body(amqp_bytes_t(len: $0.count, bytes: $0.baseAddress)) }
    }

    // MARK: Reading

    /// Reads what has come; false where the connection is of no use any more.
    func read(now: Nanoseconds) -> Bool {
        while true {
            var frame = amqp_frame_t()
            var atOnce = Self.timeval(0)
            let status = amqp_simple_wait_frame_noblock(connection, &frame, &atOnce)
            if status == AMQP_STATUS_TIMEOUT.rawValue { break }
            guard status == AMQP_STATUS_OK.rawValue, take(&frame) else { return false }
        }
        amqp_maybe_release_buffers(connection)
        return firstOpen == open.count || open[firstOpen].deadline > now
    }

    private func take(_ frame: inout amqp_frame_t) -> Bool {
        switch siskin_amqp_method(&frame) {
        case siskin_amqp_ack: confirm(&frame, .confirmed)
        case siskin_amqp_nack: confirm(&frame, .refused)
        case siskin_amqp_closed: return false
        default:
            // The header of a message that came back; its confirm follows.
            let id = siskin_amqp_message_id(&frame)
            if let base = id.bytes, id.len <= 20,
                let number = UInt64(String(decoding: UnsafeRawBufferPointer(start: base, count: id.len), as: UTF8.self))
            {
                returned.insert(number)
            }
        }
        return true
    }

    private func confirm(_ frame: inout amqp_frame_t, _ result: BrokerResult) {
        var coversAll: CInt = 0
        let tag = siskin_amqp_tag(&frame, &coversAll)
        guard firstOpen < open.count, tag >= open[firstOpen].tag else { return }
        let first = open[firstOpen].tag
        // Tags are numbers without gaps, so they are places too.
        guard let offset = Int(exactly: tag - first), firstOpen + offset < open.count else { return }
        for place in (coversAll != 0 ? firstOpen : firstOpen + offset)...(firstOpen + offset) where !open[place].isDone
        {
            open[place].isDone = true
            let number = open[place].number
            results.append((number, returned.remove(number) != nil ? .refused : result))
        }
        while firstOpen < open.count, open[firstOpen].isDone { firstOpen += 1 }
        if firstOpen > 1024 || firstOpen == open.count {
            open.removeFirst(firstOpen)
            firstOpen = 0
        }
    }

    func takeResults() -> [(number: UInt64, result: BrokerResult)] {
        defer { results = [] }
        return results
    }

    /// Results for all that is open: the broker may have it or not.
    func abandon() -> [(number: UInt64, result: BrokerResult)] {
        takeResults() + open[firstOpen...].filter { !$0.isDone }.map { ($0.number, .unknown) }
    }

    func close() { amqp_connection_close(connection, CInt(AMQP_REPLY_SUCCESS)) }
}

/// The headers of a message, in memory that stays where it is while the message is sent.
private struct HeaderMemory {
    private let entries: UnsafeMutablePointer<amqp_table_entry_t>
    private let texts: UnsafeMutablePointer<UInt8>
    private let count: Int

    init(_ headers: [BrokerMessage.Header]) {
        count = headers.count
        entries = .allocate(capacity: max(1, count))
        var size = 0
        for header in headers {
            size += header.name.count
            if case .text(let text) = header.value { size += text.count }
        }
        texts = .allocate(capacity: max(1, size))
        var next = texts
        func keep(_ bytes: [UInt8]) -> amqp_bytes_t {
            let kept = amqp_bytes_t(len: bytes.count, bytes: next)
            for byte in bytes {
                next.initialize(to: byte)
                next += 1
            }
            return kept
        }
        for (place, header) in headers.enumerated() {
            var entry = amqp_table_entry_t()
            entry.key = keep(header.name)
            switch header.value {
            case .integer(let number):
                entry.value.kind = UInt8(AMQP_FIELD_KIND_I32.rawValue)
                entry.value.value.i32 = Int32(truncatingIfNeeded: number)
            case .text(let text):
                entry.value.kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
                entry.value.value.bytes = keep(text)
            }
            (entries + place).initialize(to: entry)
        }
    }

    var table: amqp_table_t { amqp_table_t(num_entries: CInt(count), entries: entries) }

    func free() {
        entries.deallocate()
        texts.deallocate()
    }
}
