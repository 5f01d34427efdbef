/// A loop in the language of the scripts and the same loop in Lua 5.4. What is a `$var` in the script, which every route
/// sees, is a global variable in Lua; the realistic route uses local ones, as one would write it.
///
/// `body` runs once for each `$var(i)` (in Lua: `i`) from 0 up to the count.
struct Kernel {
    var name: String
    var setup = ""
    var body: String
    /// Routes that the body calls.
    var routes = ""
    var luaSetup = ""
    var lua: String
    /// The warm loop must not allocate at all.
    var isAllocationFree = false

    /// The whole script; the loop is `route[kernel]`.
    var script: String {
        """
        route[kernel] {
            \(setup)
            $var(i) = 0;
            while ($var(i) < $var(n)) {
                \(body)
                $var(i) = $var(i) + 1;
            }
        }
        \(routes)
        """
    }

    /// Prints nanoseconds per iteration.
    func luaScript(iterations: Int) -> String {
        """
        local function kernel(n)
            \(luaSetup)
            i, limit = 0, n
            while i < limit do
                \(lua)
                i = i + 1
            end
        end
        kernel(\(iterations) // 10)
        local start = os.clock()
        kernel(\(iterations))
        print((os.clock() - start) * 1e9 / \(iterations))
        """
    }

    static let all: [Kernel] = [
        Kernel(name: "empty loop", body: "", lua: "", isAllocationFree: true),
        Kernel(
            name: "integers and conditions", setup: "$var(a) = 0; $var(b) = 7;",
            body: """
                $var(m) = $var(i) % 3;
                if ($var(m) == 0) $var(a) = $var(a) + $var(i);
                else if ($var(b) > 100) $var(b) = $var(b) - 99;
                else $var(b) = $var(b) * 3 + 1;
                """,
            luaSetup: "a, b = 0, 7",
            lua: """
                m = i % 3
                if m == 0 then a = a + i elseif b > 100 then b = b - 99 else b = b * 3 + 1 end
                """, isAllocationFree: true),
        Kernel(
            name: "concatenate texts", setup: "$var(u) = \"alice\"; $var(d) = \"example.org\";",
            body: "$var(s) = \"sip:\" + $var(u) + \"@\" + $var(d);",
            luaSetup: "u, d, s = 'alice', 'example.org'", lua: "s = 'sip:' .. u .. '@' .. d"),
        Kernel(
            name: "expand a text", setup: "$var(u) = \"alice\"; $avp(d) = \"example.org\";",
            body: "xlog(\"call $var(i) from $var(u) to $avp(d)\");",
            luaSetup: "u, d, s = 'alice', 'example.org'",
            lua: "s = string.format('call %d from %s to %s', i, u, d)"),
        Kernel(
            name: "{s.select}", setup: "$var(s) = \"sip:alice:example.org:5060\";",
            body: "$var(r) = $(var(s){s.select,2,:});",
            luaSetup: "s, r = 'sip:alice:example.org:5060'",
            lua: "r = string.match(s, '^[^:]*:[^:]*:([^:]*)')"),
        Kernel(
            name: "three transformations", setup: "$var(s) = \"sip:Alice@Example.ORG:5060\";",
            body: "$var(r) = $(var(s){s.select,1,:}{s.tolower}{s.substr,0,5});",
            luaSetup: "s, r = 'sip:Alice@Example.ORG:5060'",
            lua: "r = string.sub(string.lower(string.match(s, '^[^:]*:([^:]*)')), 1, 5)"),
        Kernel(
            name: "AVP push, read, clear",
            body: """
                $avp(a) = $var(i);
                $avp(a) = "text";
                $var(r) = $avp(a);
                $avp(a) := NULL;
                """,
            lua: "a = {} a[#a + 1] = i a[#a + 1] = 'text' r = a[#a] a = nil"),
        Kernel(
            name: "regular expression", setup: "$var(s) = \"sip:alice@example.org\"; $var(c) = 0;",
            body: "if ($var(s) =~ \"^sip:[a-z]+@example\\.org$\") $var(c) = $var(c) + 1;",
            luaSetup: "s, c = 'sip:alice@example.org', 0",
            lua: "if string.match(s, '^sip:[a-z]+@example%.org$') then c = c + 1 end"),
        Kernel(
            name: "route call", setup: "$var(a) = 0;", body: "route(add);",
            routes: "route[add] { $var(a) = $var(a) + 1; }",
            luaSetup: "a = 0 function add() a = a + 1 end", lua: "add()", isAllocationFree: true),
        Kernel(
            name: "route call with values",
            body: "route(pair, $var(i), \"text\"); $var(a) = $return(0);",
            routes: "route[pair] { return(1, $param(1), $param(2)); }",
            luaSetup: "function pair(x, y) return 1, x, y end",
            lua: "code, first = pair(i, 'text') a = first", isAllocationFree: true),
        Kernel(
            name: "switch on numbers", setup: "$var(a) = 0;",
            body: """
                $var(k) = $var(i) & 7;
                switch ($var(k)) {
                    case 0: $var(a) = 1; break;
                    case 1: $var(a) = 2; break;
                    case 2: $var(a) = 3; break;
                    case 3: $var(a) = 4; break;
                    case 5: $var(a) = 5; break;
                    default: $var(a) = 6;
                }
                """,
            luaSetup: "a = 0",
            lua: """
                k = i & 7
                if k == 0 then a = 1 elseif k == 1 then a = 2 elseif k == 2 then a = 3 elseif k == 3 then a = 4
                elseif k == 5 then a = 5 else a = 6 end
                """, isAllocationFree: true),
        Kernel(
            name: "switch on texts", setup: "$var(a) = 0; $var(m) = \"OPTIONS\";",
            body: """
                switch ($var(m)) {
                    case "INVITE": $var(a) = 1; break;
                    case "ACK": $var(a) = 2; break;
                    case "BYE": $var(a) = 3; break;
                    case "CANCEL": $var(a) = 4; break;
                    case "OPTIONS": $var(a) = 5; break;
                    default: $var(a) = 6;
                }
                """,
            luaSetup: "a, m = 0, 'OPTIONS'",
            lua: """
                if m == 'INVITE' then a = 1 elseif m == 'ACK' then a = 2 elseif m == 'BYE' then a = 3
                elseif m == 'CANCEL' then a = 4 elseif m == 'OPTIONS' then a = 5 else a = 6 end
                """, isAllocationFree: true),
        Kernel(
            name: "compare texts",
            setup: "$var(s) = \"sip:Alice@example.org\"; $var(t) = \"sip:alice@example.net\"; $var(c) = 0;",
            body: "if ($var(s) == $var(t) || $var(s) < \"sip:b\") $var(c) = $var(c) + 1;",
            // OpenSIPS compares without regard to case, so Lua has to fold.
            luaSetup: "s, t, c, lower = 'sip:Alice@example.org', 'sip:alice@example.net', 0, string.lower",
            lua: "if lower(s) == lower(t) or lower(s) < 'sip:b' then c = c + 1 end", isAllocationFree: true),
        Kernel(
            name: "a realistic route", setup: "$var(method) = \"INVITE\"; $var(src) = \"10.1.2.3\";",
            body: "$var(ruri) = \"sip:+49301234567@example.org\"; route(request);", routes: realisticRoutes,
            luaSetup: realisticLua, lua: "request('INVITE', 'sip:+49301234567@example.org', '10.1.2.3')"),
    ]

    private static let realisticRoutes = """
        route[request] {
            $avp(attempts) = 0;
            if ($var(method) == "OPTIONS") { $var(answer) = 200; return(1); }
            if ($var(method) == "REGISTER") { route(register); return(1); }
            $var(user) = $(var(ruri){s.select,1,:}{s.select,0,@});
            $var(domain) = $(var(ruri){s.select,1,@});
            if ($var(domain) != "example.org" && $var(domain) != "example.net") { $var(answer) = 403; return(-1); }
            if ($var(src) == 10.0.0.0/8) $avp(trusted) = 1;
            else $avp(trusted) = 0;
            if ($var(user) =~ "^\\+[0-9]{8,15}$") {
                $var(number) = $(var(user){s.substr,1,0});
                route(classify, $var(number));
                $var(class) = $return(0);
                switch ($var(class)) {
                    case "emergency": $avp(gateway) = "gw-911"; break;
                    case "national": $avp(gateway) = "gw-de"; break;
                    case "mobile": $avp(gateway) = "gw-mobile"; break;
                    default: $avp(gateway) = "gw-world";
                }
                if ($avp(trusted) == 1) $avp(attempts) = 3;
                $var(target) = "sip:" + $var(number) + "@" + $avp(gateway) + ".example.net";
                $var(answer) = 100;
            } else if ($var(user) =~ "^[a-z][a-z0-9.]*$") {
                $var(target) = "sip:" + $var(user) + "@registrar.example.net";
                $var(answer) = 100;
            } else {
                $var(answer) = 404;
            }
            $avp(gateway) := NULL;
            $avp(trusted) := NULL;
            $avp(attempts) := NULL;
        }
        route[register] { $var(answer) = 200; }
        route[classify] {
            if ($(param(1){s.len}) < 4) return(1, "emergency");
            if ($(param(1){s.substr,0,2}) == "49") return(1, "national");
            return(1, "world");
        }
        """

    private static let realisticLua = """
        local match, sub, find, lower = string.match, string.sub, string.find, string.lower
        local answer, target
        local function classify(number)
            if #number < 4 then return 1, 'emergency' end
            if sub(number, 1, 2) == '49' then return 1, 'national' end
            return 1, 'world'
        end
        local function request(method, ruri, src)
            local avp = { attempts = 0 }
            if lower(method) == 'options' then answer = 200 return 1 end
            if lower(method) == 'register' then answer = 200 return 1 end
            local user = match(match(ruri, '^[^:]*:([^:]*)'), '^([^@]*)')
            local domain = lower(match(ruri, '@(.*)$'))
            if domain ~= 'example.org' and domain ~= 'example.net' then answer = 403 return -1 end
            if match(src, '^10%.%d+%.%d+%.%d+$') then avp.trusted = 1 else avp.trusted = 0 end
            if match(user, '^%+%d%d%d%d%d%d%d%d%d*$') then
                local number = sub(user, 2)
                local code, class = classify(number)
                if class == 'emergency' then avp.gateway = 'gw-911'
                elseif class == 'national' then avp.gateway = 'gw-de'
                elseif class == 'mobile' then avp.gateway = 'gw-mobile'
                else avp.gateway = 'gw-world' end
                if avp.trusted == 1 then avp.attempts = 3 end
                target = 'sip:' .. number .. '@' .. avp.gateway .. '.example.net'
                answer = 100
            elseif match(lower(user), '^[a-z][a-z0-9.]*$') then
                target = 'sip:' .. user .. '@registrar.example.net'
                answer = 100
            else
                answer = 404
            end
        end
        """
}
