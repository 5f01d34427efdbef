import Catalog
import Script
import Syntax

/// A loadable module of one node: what it does for the names that the catalogue says it exports.
package protocol Module: AnyObject {
    /// As in `loadmodule`, without `.so`.
    static var name: String { get }
    init(_ node: Node)
    var implementation: ModuleImplementation { get }
    /// A `modparam`; its name and kind were checked against the catalogue.
    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError)
    /// After all sockets are open and all parameters are set, before the startup route.
    func start() throws(StartError)
    func stop()
    /// Nothing to do but periodic housekeeping.
    var isIdle: Bool { get }
}

extension Module {
    /// Parameters that mean nothing to Siskin are accepted.
    package func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {}
    package func start() throws(StartError) {}
    package func stop() {}
    package var isIdle: Bool { true }
}

/// Why the value of a `modparam` cannot be used.
package struct ParameterError: Error {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// Why a node cannot start.
package struct StartError: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
}

extension ModParam.Value {
    package var text: String? { if case .text(let literal) = self { literal.text } else { nil } }
    package var number: Int32? { if case .number(let number) = self { number.value } else { nil } }
}

extension Diagnostic.Code {
    package static let parameterValue = Self("modparam.value")
    package static let socketWithoutModule = Self("socket.module-not-loaded")
    package static let socketAddress = Self("socket.address")
}
