import Syntax

/// Every code of the resolver and the compiler; errors unless said otherwise.
extension Diagnostic.Code {
    package static let duplicateRoute = Self("route.duplicate")
    /// A block of a test file in a script that is to be run.
    package static let testBlock = Self("route.test-block")
    package static let undefinedRoute = Self("route.undefined")
    package static let tooManyRouteArguments = Self("route.too-many-arguments")

    package static let unknownModule = Self("module.unknown")
    package static let moduleTwice = Self("module.loaded-twice")
    package static let unknownParameter = Self("modparam.unknown")
    package static let parameterKind = Self("modparam.kind")
    package static let moduleNotLoaded = Self("modparam.module-not-loaded")
    package static let badModulePattern = Self("modparam.bad-pattern")
    package static let unknownGlobal = Self("global.unknown")
    package static let globalKind = Self("global.kind")

    package static let unknownFunction = Self("call.unknown-function")
    package static let argumentCount = Self("call.argument-count")
    package static let argumentKind = Self("call.argument-kind")
    package static let notAllowedHere = Self("call.not-allowed-in-route")
    package static let notAsync = Self("call.not-async")
    /// A warning: a 2.4 form, such as a quoted number.
    package static let legacyArgument = Self("legacy.quoted-argument")
    /// A warning: `setflag(5)`, which names no flag.
    package static let legacyFlag = Self("legacy.flag-number")
    /// A warning: a name that other releases have.
    package static let legacyName = Self("legacy.name")
    /// A warning: a module that is part of the core now.
    package static let legacyModule = Self("legacy.module")

    package static let unknownVariable = Self("variable.unknown")
    package static let variableName = Self("variable.name")
    package static let variableIndex = Self("variable.index")
    package static let notWritable = Self("variable.not-writable")
    package static let unknownContext = Self("variable.unknown-context")
    package static let unknownTransformation = Self("transformation.unknown")
    package static let transformationArgument = Self("transformation.argument")

    package static let badPattern = Self("pattern.malformed")
    package static let badNetwork = Self("network.malformed")
    package static let badLogLevel = Self("xlog.level")
    package static let emptyLog = Self("xlog.empty")
}
