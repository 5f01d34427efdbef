import SIP

/// `{param.*}`: a list of `name=value` between semicolons. NULL for what is no such list.
@inline(never)
func transformParameters(
    _ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments
) -> Value {
    guard let list = ParameterText(text) else { return .null }
    func value(of parameter: ParameterText.Parameter?) -> Value {
        parameter.map { $0.value.isPresent ? text.value($0.value) : .empty } ?? .null
    }
    switch function {
    case .parameterCount: return .number(Int32(truncatingIfNeeded: list.count))
    case .parameterValue:
        guard let name = arguments.text(0), name.count > 0 else { return .null }
        return value(of: list.first(named: name))
    case .parameterExists:
        guard let name = arguments.text(0) else { return .null }
        return .number(name.count > 0 && list.first(named: name) != nil ? 1 : 0)
    case .parameterValueAt: return value(of: arguments.number(0).flatMap { list.parameter(at: $0) })
    case .parameterName:
        guard let index = arguments.number(0), let parameter = list.parameter(at: index) else { return .null }
        return text.value(parameter.name)
    default: return .null
    }
}

/// `{csv.*}`: comma separated values. NULL for what is no record of them.
@inline(never)
func transformCSV(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    let record = text.withoutLineEnd
    guard record.count > 0 else { return .null }
    let list = CSV(record)
    guard list.isWellFormed else { return .null }
    guard function == .csvValue else { return .number(Int32(truncatingIfNeeded: list.count)) }
    guard let index = arguments.number(0), let field = list.field(at: index) else { return .null }
    let content = record[field.content]
    guard field.isQuoted, content.contains(UInt8(ascii: "\"")) else { return record.value(field.content) }
    let target = arguments.scratch.allocate(content.count)
    var count = 0
    var isSecond = false
    for byte in content {
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        if isSecond { continue }
        target[count] = byte
        count &+= 1
    }
    arguments.scratch.shorten(by: content.count &- count)
    return .text(target, count)
}

/// `{sdp.*}`: lines and media streams of a session description. A stream is named by its position or its medium.
@inline(never)
func transformSDP(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    let sdp = SDP(text)
    if function == .sdpLine {
        guard let letter = arguments.byte(0) else { return .null }
        let index = arguments.count > 1 ? arguments.number(1) : 0
        guard let index, index >= 0, let line = sdp.line(letter, at: index) else { return .null }
        return text.value(line)
    }
    guard let selector = arguments.text(0), selector.count > 0 else { return .null }
    let found = parseIndex(selector).map { sdp.stream(at: $0) } ?? sdp.stream(medium: selector)
    guard let stream = found else { return .null }
    guard function == .sdpStreamDelete else { return text.value(stream) }
    guard let source = text.baseAddress else { return .null }
    let target = arguments.scratch.allocate(text.count &- Int(stream.count))
    target.update(from: source, count: stream.lower)
    (target + stream.lower).update(from: source + stream.upper, count: text.count &- stream.upper)
    return .text(target, text.count &- Int(stream.count))
}

/// A position with an optional sign; nil for what is no number.
private func parseIndex(_ text: Bytes) -> Int? {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let digits = isNegative ? text[ByteRange(1, text.count)] : text
    return digits.decimal().map { isNegative ? -$0 : $0 }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without one line end at the end.
    fileprivate var withoutLineEnd: Bytes {
        var end = count
        if end > 0, self[end &- 1] == 0x0a { end &-= 1 }
        if end > 0, self[end &- 1] == 0x0d { end &-= 1 }
        return self[ByteRange(0, end)]
    }
}
