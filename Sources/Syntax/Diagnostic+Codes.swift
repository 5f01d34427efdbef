/// Every code of this target. Errors unless said otherwise; `legacy.*` are warnings about forms of the 2.4 era that
/// siskin runs and OpenSIPS 3.x refuses or reports.
extension Diagnostic.Code {
    // MARK: Files

    /// A file that an include line names cannot be read.
    package static let includeMissing = Self("include.missing-file")
    /// Includes are nested more than 20 deep.
    package static let includeTooDeep = Self("include.too-deep")
    /// The text with its includes is larger than 256 MB.
    package static let includeTooLarge = Self("include.too-large")
    /// `include_file` that is not alone in front of its line.
    package static let includeInLine = Self("include.inside-of-line")

    // MARK: Tokens

    /// Characters that begin no token; OpenSIPS prints and drops them.
    package static let unknownCharacter = Self("syntax.unknown-character")
    /// `08`, `1.5`, `0x`, `12ab`
    package static let badNumber = Self("syntax.bad-number")
    /// A group of an IPv4 address above 255.
    package static let badAddress = Self("syntax.bad-address")
    /// A literal without its end, reported where it begins.
    package static let unclosedString = Self("syntax.unclosed-string")
    /// A `/*` without its `*/`; a warning where the file could still be read.
    package static let unclosedComment = Self("syntax.unclosed-comment")
    /// `// text`
    package static let slashComment = Self("syntax.slash-comment")

    // MARK: Variables

    /// A dollar sign that starts nothing.
    package static let loneDollar = Self("variable.lone-dollar")
    /// `$(` or `$name(` without its `)`.
    package static let unclosedVariable = Self("variable.unclosed")
    /// Something inside of `$( )` is no part of a variable.
    package static let badVariable = Self("variable.malformed")
    /// `{...}` that is not `{class.function,arguments}`.
    package static let badTransformation = Self("variable.malformed-transformation")
    /// `$<request>ru` without parentheses.
    package static let variableContext = Self("variable.context-without-parentheses")
    /// `and`, `or`, `not` inside of a plain name.
    package static let wordOperatorInVariable = Self("variable.operator-in-name")
    /// `$avp(x)[0]`; a warning where OpenSIPS ignores it silently (`$ru{uri.host}`).
    package static let variableNeedsParentheses = Self("variable.needs-parentheses")
    /// A warning: text behind a plain variable that OpenSIPS ignores.
    package static let ignoredAfterVariable = Self("variable.ignored-text")
    /// `[$x]` without a blank in front of the bracket.
    package static let bracketAfterVariable = Self("variable.bracket-without-blank")

    // MARK: Structure

    /// Something else was expected.
    package static let unexpectedToken = Self("syntax.unexpected-token")
    package static let missingSemicolon = Self("syntax.missing-semicolon")
    package static let missingParenthesis = Self("syntax.missing-parenthesis")
    package static let missingComma = Self("syntax.missing-comma")
    /// Reported at the opening brace.
    package static let unclosedBrace = Self("syntax.unclosed-brace")
    package static let unmatchedBrace = Self("syntax.unmatched-brace")
    /// More than 200 levels, 1000 operators in an expression, or 300 parts of an `else if` chain.
    package static let nestingTooDeep = Self("syntax.nesting-too-deep")
    package static let tooManyErrors = Self("syntax.too-many-errors")

    // MARK: Top level

    /// A `;` between items.
    package static let semicolonAfterItem = Self("syntax.semicolon-after-item")
    /// A statement outside of a route.
    package static let statementOutside = Self("syntax.statement-outside-of-route")
    /// `name[...] {` or `name {` that is no kind of route.
    package static let unknownBlock = Self("syntax.unknown-block")
    package static let routeName = Self("syntax.route-name")
    /// A route without a name that needs one, or the other way round.
    package static let routeHeader = Self("syntax.route-header")
    /// A case of a test with more or fewer values than the table has columns.
    package static let caseColumns = Self("syntax.case-columns")
    package static let reservedWord = Self("syntax.reserved-word")
    package static let emptyRoute = Self("syntax.empty-route")
    package static let badSocket = Self("syntax.bad-socket")
    package static let badPort = Self("syntax.bad-port")

    // MARK: Statements

    /// `{ ... }` by itself, or behind a `case`.
    package static let blockAsStatement = Self("syntax.block-as-statement")
    package static let breakOutside = Self("syntax.break-outside")
    /// `else` without an `if`.
    package static let elseWithoutIf = Self("syntax.else-without-if")
    /// `case` or `default` outside of a switch.
    package static let caseOutside = Self("syntax.case-outside-of-switch")
    package static let caseAfterDefault = Self("syntax.case-after-default")
    package static let switchWithoutCase = Self("syntax.switch-without-case")
    package static let switchValue = Self("syntax.switch-value")
    package static let loopVariable = Self("syntax.loop-variable")
    /// `continue`, `elseif`, `do` and other words of other languages.
    package static let noSuchStatement = Self("syntax.no-such-statement")
    package static let badArgument = Self("syntax.bad-argument")
    package static let tooManyArguments = Self("syntax.too-many-arguments")

    // MARK: Expressions

    /// A comparison without a variable on its left.
    package static let comparisonLeft = Self("syntax.comparison-needs-variable")
    package static let comparisonRight = Self("syntax.comparison-operand")
    package static let arithmeticInCondition = Self("syntax.arithmetic-in-condition")
    package static let badCondition = Self("syntax.bad-condition")
    package static let badExpression = Self("syntax.bad-expression")
    /// `=~` where `= ~` was meant.
    package static let matchAsAssignment = Self("syntax.match-as-assignment")
    package static let assignToTransformation = Self("syntax.assign-to-transformation")
    package static let textWithoutQuotes = Self("syntax.text-without-quotes")

    // MARK: The 2.4 era

    /// `$avp(s:x)`
    package static let legacyAvpPrefix = Self("legacy.avp-name-prefix")
    /// `force_rport;`
    package static let legacyCall = Self("legacy.call-without-parentheses")
    /// `setflag(NAME)`, `force_send_socket(udp:1.2.3.4:5060)`
    package static let legacyWordArgument = Self("legacy.bare-word-argument")
    /// `if $x == 1 { }`
    package static let legacyCondition = Self("legacy.condition-without-parentheses")
    package static let legacyEsac = Self("legacy.esac")
    /// `event_route[X, sync]`
    package static let legacyEventMode = Self("legacy.event-route-mode")
    package static let legacyListen = Self("legacy.listen")
    /// `children`, `tcp_children`, `use_children`
    package static let legacyChildren = Self("legacy.children")
    /// `debug`, `fork`, `tcp_listen_backlog`, `xlog_default_level`
    package static let legacyGlobal = Self("legacy.global")
}
