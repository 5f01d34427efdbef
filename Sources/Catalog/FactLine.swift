// The format of the texts in Data/
//
// One record a line: a keyword, then words separated by single blanks. A block begins with `module NAME` and reaches
// to the next one; `core` is a module of that name. Texts have no comments and no empty lines. A blank inside a word is
// written %20. A list that is too long goes on in another line with the same beginning.
//
// Marks, anywhere between the words:
//   @3.6  @3.6+  @2.4..3.4   exists in these releases; without it, wherever the module exists
//   ?OPTION                  only when OpenSIPS is built with it
//   +shadowed  +internal     a second entry never reached; not meant for scripts
//   2.4=...                  what differs in that release
//
// Lines of a module:
//   module NAME [sqldb|cachedb|aaa] [builtin]
//   needs abort|warn|silent NAME... any:FAMILY...   other modules; what a start without them does
//   asks PARAMETER=FAMILY|by_value...               parameters that make another module necessary
//   context NAME...                                 names for $(<name>var)
//   fn NAME(PARAMETERS)ROUTES    a function, as of 3.6; `2.4=(1/2)q`: counts of arguments, routes if they differ
//   async NAME(PARAMETERS)       what async() and launch() take
//   param KIND NAME...           KIND: int, string, string|int, untyped (unknown); func:KIND may be set many times
//   var SPEC...                  NAME, then (a|b) sub-name required, (?a|b) allowed, [] index, = writable,
//                                ! only as $(NAME), * nothing else known
//   tr CLASS.NAME(ARGS)...       a letter an argument: see TransformationFacts.Argument; ? may be left out
//   indexed CLASS...             classes of which {class.N.name} works, too
//   event NAME(A,#B,...)         attributes, # numeric, ... open; without parentheses unknown
//   mi NAME(a;a,b)               sets of arguments; without parentheses unknown, and then a list of names
//   stat [GROUP:]NAME...
// PARAMETERS: a letter each, s string, i int, v variable, a avp, r regex; then = writable, ! literal, ^ raw,
//   # may be a number, too (Siskin only), <f> name of a route of that kind, <branch> <message> name of a flag, ? optional.
// ROUTES: q request, f failure, r onreply, b branch, e error, l local, s startup, t timer, v event, * any.
//
// Lines about the language:
//   statement NAME [block] [parens=none|optional] [within=A|B] [iterators=A|B] (FORM)...
//   global KINDS [range=0..9] [now=NAME] [scaling] NAME...     values NAME VALUE...
//   reserved WORD...    routetype KEYWORD KIND names=optional|required|none [interval]
//   option NAME[=KIND]...    protocol NAME=MODULE...    limit NAME=N...    words xloglevel|null|number=N WORD...
//
// Lines about the history:
//   rename KIND SINCE OWNER NAME NEWOWNER NEWNAME [value]    KIND as in Rename.Kind; `value`: the value changes, too
//   dropped SINCE NAME core|split|none      reused SINCE NAME NAME-OF-THE-OLD-ONE
//   syntax ID, then its lines: is RELEASES ok|warning|error [note]    example TEXT    fix TEXT

/// A line of the facts with its marks taken out.
struct FactLine {
    let keyword: Substring
    /// What follows the keyword, marks left out.
    private(set) var words: [Substring] = []
    private(set) var releases: Releases?
    private(set) var condition: String?
    private(set) var flags: [Substring] = []
    private(set) var otherwise: [(release: Release, text: Substring)] = []

    init(_ line: Substring) {
        var rest = line.cut(at: " ")[...]
        keyword = rest.popFirst() ?? ""
        for word in rest {
            switch word.utf8.first ?? 0 {
            case UInt8(ascii: "@"):
                releases = Releases(word.dropFirst())
            case UInt8(ascii: "?"):
                condition = String(word.dropFirst())
            case UInt8(ascii: "+"):
                flags.append(word.dropFirst())
            case UInt8(ascii: "2")...UInt8(ascii: "4"):
                if let (name, text) = word.pair(at: "="), let release = Release(name) {
                    otherwise.append((release, text))
                } else {
                    words.append(word)
                }
            default:
                words.append(word)
            }
        }
    }
}

extension Substring {
    /// The pieces between the separators, on bytes: much faster than splitting characters.
    func cut(at separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator)).map(Substring.init)
    }

    /// What stands before and behind the first separator; nil if there is none.
    func pair(at separator: Unicode.Scalar) -> (Substring, Substring)? {
        guard let place = utf8.firstIndex(of: UInt8(ascii: separator)) else { return nil }
        return (self[..<place], self[utf8.index(after: place)...])
    }

    /// A word of the facts as a name.
    var name: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        var pieces = cut(at: "%")[...]
        var text = String(pieces.popFirst() ?? "")
        for piece in pieces { text += " " + piece.dropFirst(2) }
        return text
    }
}
