/// Events as JSON-RPC 2.0, the payload of `udp:`, `unix:`, `tcp:` and `rabbitmq:` sockets.
///
/// Recorded from OpenSIPS 3.6.8 (golden events/udp-subscriber): no blanks, `params` an object when the attributes have
/// names, an array when they have none, left out when there are no attributes.
package enum JSONRPC {
    /// Appends a notification, which nobody answers.
    ///
    /// - Parameters:
    ///   - method: the method of the socket (`tcp:host:port/method`); nil for the name of the event.
    ///   - eventParameter: `event_param` of event_stream: the name under which the event's name goes into the
    ///     parameters, or its first place where they have no names.
    package static func appendNotification(
        _ event: Event, method: [UInt8]? = nil, eventParameter: [UInt8]? = nil, to text: inout [UInt8]
    ) {
        text.append(text: "{")
        appendCall(event, method: method, eventParameter: eventParameter, to: &text)
    }

    /// Appends a request, which the receiver answers with the same id (`reliable_mode` of event_stream).
    package static func appendRequest(
        _ event: Event, id: Int, method: [UInt8]? = nil, eventParameter: [UInt8]? = nil, to text: inout [UInt8]
    ) {
        text.append(text: "{\"id\":")
        text.append(decimal: id)
        text.append(text: ",")
        appendCall(event, method: method, eventParameter: eventParameter, to: &text)
    }

    private static func appendCall(
        _ event: Event, method: [UInt8]?, eventParameter: [UInt8]?, to text: inout [UInt8]
    ) {
        text.append(text: "\"jsonrpc\":\"2.0\",\"method\":")
        JSONText.append(method ?? event.name, to: &text)
        if !event.attributes.isEmpty || eventParameter != nil {
            text.append(text: ",\"params\":")
            if event.attributes.allSatisfy({ $0.name != nil }) {
                appendObject(event, eventParameter: eventParameter, to: &text)
            } else {
                appendArray(event, eventParameter: eventParameter, to: &text)
            }
        }
        text.append(text: "}")
    }

    private static func appendObject(_ event: Event, eventParameter: [UInt8]?, to text: inout [UInt8]) {
        text.append(text: "{")
        var isFirst = true
        if let eventParameter {
            JSONText.append(eventParameter, to: &text)
            text.append(text: ":")
            JSONText.append(event.name, to: &text)
            isFirst = false
        }
        for attribute in event.attributes {
            if !isFirst { text.append(text: ",") }
            JSONText.append(attribute.name ?? [], to: &text)
            text.append(text: ":")
            append(attribute.value, to: &text)
            isFirst = false
        }
        text.append(text: "}")
    }

    private static func appendArray(_ event: Event, eventParameter: [UInt8]?, to text: inout [UInt8]) {
        text.append(text: "[")
        var isFirst = true
        if eventParameter != nil {
            JSONText.append(event.name, to: &text)
            isFirst = false
        }
        for attribute in event.attributes {
            if !isFirst { text.append(text: ",") }
            append(attribute.value, to: &text)
            isFirst = false
        }
        text.append(text: "]")
    }

    private static func append(_ value: Event.Value, to text: inout [UInt8]) {
        switch value {
        case .integer(let number): text.append(decimal: number)
        case .bytes(let bytes): JSONText.append(bytes, to: &text)
        }
    }
}
