import SIP

/// `{s.fill.left,token,length}`, `{s.fill.right,...}` and `{s.width,length}`.
@inline(never)
func transformWidth(
    _ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments
) -> Value {
    let scratch = arguments.scratch
    if function == .width {
        guard let width = arguments.number(0), width > 0, width <= Value.maximalCount else { return .null }
        guard width > text.count else { return text.value(0, width) }
        return pad(text, to: width, with: blank.bytes, scratch, padsLeft: false)
    }
    guard let token = arguments.text(0), token.count > 0, let width = arguments.number(1) else { return .null }
    guard width > text.count else { return text.value(0, text.count) }
    guard width <= Value.maximalCount else { return .null }
    return pad(text, to: width, with: token, scratch, padsLeft: function == .fillLeft)
}

private let blank: StaticString = " "

/// The padding is the token again and again, whole where it ends on the left, or begins on the right:
///
///     zxyzxyz abc        abc xyzxyzx
private func pad(_ text: Bytes, to width: Int, with token: Bytes, _ scratch: Arena, padsLeft: Bool) -> Value {
    let padding = width &- text.count
    let target = scratch.allocate(width)
    if let source = text.baseAddress {
        (target + (padsLeft ? padding : 0)).update(from: source, count: text.count)
    }
    let start = target + (padsLeft ? 0 : text.count)
    var k = padsLeft ? (token.count &- padding % token.count) % token.count : 0
    for i in 0..<padding {
        start[i] = token[k]
        k = k &+ 1 == token.count ? 0 : k &+ 1
    }
    return .text(target, width)
}
