import SIP

/// `{uri.*}`: the parts of a URI. NULL for what is no URI, and for parts that are absent or empty.
@inline(never)
func transformURI(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    guard let uri = try? URI(text) else { return .null }
    switch function {
    case .uriScheme:
        // With any other scheme a text is no URI to OpenSIPS.
        return uri.scheme == .other ? .null : text.nonEmpty(uri.schemeText)
    case .uriUser: return text.nonEmpty(uri.user)
    case .uriPassword: return text.nonEmpty(uri.password)
    case .uriHost: return text.nonEmpty(uri.host)
    case .uriPort: return text.number(uri.portNumber, uri.port)
    case .uriParameters: return text.nonEmpty(uri.parameters)
    case .uriHeaders: return text.nonEmpty(uri.headers)
    case .uriParameter:
        guard let name = arguments.text(0) else { return .null }
        return text.parameterValue(uri.parameters, named: name)
    case .uriTransport: return text.wellKnown("transport", uri.parameters)
    case .uriTTL: return text.wellKnown("ttl", uri.parameters)
    case .uriUserParameter: return text.wellKnown("user", uri.parameters)
    case .uriMaddr: return text.wellKnown("maddr", uri.parameters)
    case .uriMethod: return text.wellKnown("method", uri.parameters)
    case .uriLR: return text.wellKnown("lr", uri.parameters)
    case .uriR2: return text.wellKnown("r2", uri.parameters)
    default: return .null
    }
}

/// `{via.*}`: the parts of a Via. NULL for what is no Via, and for parts that are absent or empty.
@inline(never)
func transformVia(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    guard let via = try? Via(text) else { return .null }
    switch function {
    case .viaName: return text.nonEmpty(via.name)
    case .viaVersion: return text.nonEmpty(via.version)
    case .viaTransport: return text.nonEmpty(via.transport)
    case .viaHost: return text.nonEmpty(via.host)
    case .viaPort: return text.number(via.portNumber, via.port)
    case .viaComment: return text.nonEmpty(via.comment)
    case .viaParameters: return text.nonEmpty(via.parameters)
    case .viaBranch: return text.nonEmpty(via.branch)
    case .viaReceived: return text.nonEmpty(via.received)
    case .viaRport: return text.nonEmpty(via.rport)
    case .viaParameter:
        guard let name = arguments.text(0) else { return .null }
        return text.parameterValue(via.parameters, named: name)
    default: return .null
    }
}

/// `{nameaddr.*}`: the parts of one address of a list; its position is the first argument.
@inline(never)
func transformNameAddress(
    _ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments
) -> Value {
    guard let index = arguments.number(0),
        let address = try? NameAddressList(text, bare: .anyWord).address(at: index)
    else { return .null }
    switch function {
    case .nameAddressName: return text.nonEmpty(address.name)
    case .nameAddressURI: return text.nonEmpty(address.uri)
    case .nameAddressLength: return .number(Int32(truncatingIfNeeded: recordedLength(of: address, in: text)))
    case .nameAddressParameters: return text.nonEmpty(address.parameters)
    case .nameAddressParameter:
        guard let name = arguments.text(1) else { return .null }
        let value = text.parameterValue(address.parameters, named: name)
        // Unlike {param.value} and {uri.param}, a name alone is no value here.
        return value.count == 0 ? .null : value
    default: return .null
    }
}

/// What OpenSIPS says of the length of an address: with the blanks in front of its parameters; two more than the rest of
/// the text for one that ends it, and 0 for one without parameters that a comma follows.
private func recordedLength(of address: NameAddress, in text: Bytes) -> Int {
    let next = text.skipSpace(from: address.extent.upper, to: text.count)
    if next == text.count { return text.count &- address.extent.lower &+ 2 }
    return text[next] == UInt8(ascii: ",") ? 0 : next &- address.extent.lower
}

extension UnsafeBufferPointer<UInt8> {
    /// The value of a parameter, without quotes: empty for a name alone, NULL if there is no such name.
    func parameterValue(_ list: ByteRange, named name: Bytes) -> Value {
        guard list.isPresent, name.count > 0, let parameter = ParameterList(self, in: list).first(named: name) else {
            return .null
        }
        return parameter.value.isPresent ? value(parameter.value) : .empty
    }

    /// The value of a parameter that the URI has a place for; NULL also for a name alone.
    fileprivate func wellKnown(_ name: StaticString, _ list: ByteRange) -> Value {
        let value = parameterValue(list, named: name.bytes)
        return value.count == 0 ? .null : value
    }

    /// A number that prints as it is written.
    fileprivate func number(_ number: Int, _ range: ByteRange) -> Value {
        guard range.isPresent, !range.isEmpty else { return .null }
        return .number(Int32(truncatingIfNeeded: number), writtenAs: value(range))
    }
}
