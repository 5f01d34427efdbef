/// What scripts do with `$json`.
/// Lines that begin with `#=` are what OpenSIPS 3.6.8 says for the statements above them.
enum JSONStories {
    static let stories = [
        #"""
        loadmodule "json.so"
        startup_route {
          $json(a) := '{"s":"str","n":5,"f":1.50,"big":12345678901,"neg":-2147483649,"t":true,"fa":false,"nu":null,"arr":[1,null,"two",3],"o":{"x":{"y":"deep"}},"e":"","eo":{},"ea":[]}';
          xlog("@@ big $json(a/big) neg $json(a/neg) f $json(a/f)\n");
          #= big 12345678901 neg -2147483649 f 1.50
          $var(x) = "kept"; $var(x) = $json(a/big) + 1; xlog("@@ $rc [$var(x)]\n");
          #= 1 [-539222986]
          $var(x) = "kept"; $var(x) = $json(a/f) + 1; xlog("@@ $rc [$var(x)]\n");
          #= -1 [kept]
          $var(x) = "kept"; $var(x) = $json(a/t) + 1; xlog("@@ $rc [$var(x)]\n");
          #= -1 [kept]
          $var(x) = "kept"; $var(x) = "p" + $json(a/f); xlog("@@ $rc [$var(x)]\n");
          #= 1 [p1.50]
          if ($json(a/t)) xlog("@@ t true\n"); if ($json(a/fa)) xlog("@@ fa true\n"); else xlog("@@ fa false\n");
          #= t true
          #= fa true
          if ($json(a/t) == 1) xlog("@@ t == 1\n"); if ($json(a/t) == "true") xlog("@@ t == text\n");
          #= t == text
          if ($json(a/e)) xlog("@@ e true\n"); else xlog("@@ e false\n");
          #= e false
          for ($var(i) in $(json(a/arr)[*])) xlog("@@ each $var(i)\n");
          #= each 1
          #= each null
          #= each two
          #= each 3
          for ($var(i) in $(json(a/o)[*])) xlog("@@ each o $var(i)\n");
          #= each o { "y": "deep" }
          for ($var(i) in $(json(a/ea)[*])) xlog("@@ each ea $var(i)\n");
          for ($var(i) in $(json(a/s)[*])) xlog("@@ each s $var(i)\n");
          xlog("@@ keys [$json(a.keys)] [$json(a/o.keys)] [$json(a/arr.keys)] [$json(a/s.keys)] [$json(a.values)]\n");
          #= keys [{ "s": "str", "n": 5, "f": 1.50, "big": 12345678901, "neg": -2147483649, "t": true, "fa": false, "nu": null, "arr": [ 1, null, "two", 3 ], "o": { "x": { "y": "deep" } }, "e": "", "eo": { }, "ea": [ ] }] [{ "x": { "y": "deep" } }] [[ 1, null, "two", 3 ]] [str] [{ "s": "str", "n": 5, "f": 1.50, "big": 12345678901, "neg": -2147483649, "t": true, "fa": false, "nu": null, "arr": [ 1, null, "two", 3 ], "o": { "x": { "y": "deep" } }, "e": "", "eo": { }, "ea": [ ] }]
          xlog("@@ empties [$json(a/eo)] [$json(a/ea)] [$json(a/eo.keys)]\n");
          #= empties [{ }] [[ ]] [{ }]
          xlog("@@ pretty [$json_pretty(a/o)] compact [$json_compact(a/arr)] [$json_compact(a/o)] [$json_pretty(a/arr)] [$json_pretty(a/s)] [$json_compact(a/s)] [$json_compact(a/nu)]\n");
          #= pretty [{
          xlog("@@ oob [$json(a/arr[4])] [$json(a/arr[-4])] [$json(a/arr[-5])] [$json(a/arr[1])]\n");
          #= oob [<null>] [1] [<null>] [<null>]
        }
        """#,
        #"""
        loadmodule "json.so"
        startup_route {
          $json(a) := '{"rows":[1,"txt",{"id":1},[5],null,true,1.5]}';
          for ($json(row) in $(json(a/rows)[*])) xlog("@@ row [$json(row)] rc $rc [$json(row/id)]\n");
          #= row [1] rc 1 [<null>]
          $json(b) := '{"rows":[{"id":1},{"id":2}]}';
          for ($json(row) in $(json(b/rows)[*])) { $json(row/id) = 77; xlog("@@ $json(row) $json(b)\n"); }
          #= { "id": 77 } { "rows": [ { "id": 1 }, { "id": 2 } ] }
          #= { "id": 77 } { "rows": [ { "id": 1 }, { "id": 2 } ] }
          for ($json(b/x) in $(json(b/rows)[*])) { xlog("@@ $json(b)\n"); }
          #= { "rows": [ { "id": 1 }, { "id": 2 } ], "x": { "id": 1 } }
          #= { "rows": [ { "id": 1 }, { "id": 2 } ], "x": { "id": 2 } }
          for ($avp(x) in $(json(b/rows)[*])) { xlog("@@ $avp(x) $(avp(x)[*])\n"); }
          #= { "id": 1 } { "id": 1 }
          #= { "id": 2 } { "id": 2 }, { "id": 1 }
          $json(c) := '[1,2,3]'; xlog("@@ [$json(c)] $json(c[1])\n");
          #= [[ 1, 2, 3 ]] 2
          for ($var(i) in $(json(c)[*])) xlog("@@ each c $var(i)\n");
          #= each c 1
          #= each c 2
          #= each c 3
          $json(d) := '5'; xlog("@@ d [$json(d)] $rc\n");
          #= d [5] 1
          $json(d) := '"str"'; xlog("@@ d [$json(d)] $rc\n");
          #= d [str] 1
          $json(d) := 'true'; xlog("@@ d [$json(d)] $rc\n");
          #= d [true] 1
          $json(d) := 'null'; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := ''; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := '  {"a":1}  '; xlog("@@ d [$json(d)] $rc\n");
          #= d [{ "a": 1 }] 1
          $json(d) := '{"a":1} x'; xlog("@@ d [$json(d)] $rc\n");
          #= d [{ "a": 1 }] 1
          $json(d) := '{"a":1,}'; xlog("@@ d [$json(d)] $rc\n");
          #= d [{ "a": 1 }] 1
          $json(d) := "{'a':1}"; xlog("@@ d [$json(d)] $rc\n");
          #= d [{ "a": 1 }] 1
          $json(d) := "{a:1}"; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := '[1,]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ 1 ]] 1
          $json(d) := '[1 2]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := '[NaN]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ NaN ]] 1
          $json(d) := '[Infinity,-Infinity]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ Infinity, -Infinity ]] 1
          $json(d) := '[TRUE,Null,False]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ true, null, false ]] 1
          $json(d) := '[01,1e3,1E-2,-0,+1,0x10]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := '[01]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ 1 ]] 1
          $json(d) := '[1e3,1E-2,-0,-0.0]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ 1e3, 1E-2, 0, -0.0 ]] 1
          $json(d) := '[.5]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [<null>] -1
          $json(d) := '[5.]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ 5. ]] 1
          $json(d) := '[1.10000,100000000000000000000,1e400,-99999999999999999999]'; xlog("@@ d [$json(d)] $rc\n");
          #= d [[ 1.10000, 18446744073709551615, 1e400, -9223372036854775808 ]] 1
          $json(d) := '{"a":1,"b":2,"a":3}'; xlog("@@ d [$json(d)] $rc\n");
          #= d [{ "a": 3, "b": 2 }] 1
          $json(d) := '["\x"]'; xlog("@@ d [$json(d)] $rc [$json(d[0])]\n");
          #= d [<null>] -1 [<null>]
          $json(d) := '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]'; xlog("@@ 35 [$json(d)] $rc\n");
          #= 35 [<null>] -1
          $json(d) := '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]'; xlog("@@ 31 [$json(d)] $rc\n");
          #= 31 [[ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ 1 ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ]] 1
          $json(d) := '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]'; xlog("@@ 32 [$json(d)] $rc\n");
          #= 32 [<null>] -1
        }
        """#,
        #"""
        loadmodule "json.so"
        startup_route {
          $json(a) := '{"ann":{"age":30},"l":["x","y","z"],"x/y":7,"5":"five","a b":8,"p.q":9}';
          $var(k) = "x/y"; xlog("@@ slash in var [$json(a/$var(k))]\n");
          #= slash in var [7]
          $var(k) = "l[1]"; xlog("@@ bracket in var [$json(a/$var(k))]\n");
          #= bracket in var [<null>]
          $var(k) = 5; xlog("@@ number as key [$json(a/$var(k))] [$json(a/5)]\n");
          #= number as key [five] [five]
          $var(k) = "1"; xlog("@@ text as index [$json(a/l[$var(k)])]\n");
          #= text as index [<null>]
          $var(k) = NULL; xlog("@@ null key [$json(a/$var(k))] [$json(a/l[$var(k)])]\n");
          #= null key [<null>] [<null>]
          $var(k) = "a"; xlog("@@ root var [$json($var(k))] [$json($var(k)/l)]\n");
          #= root var [<null>] [<null>]
          xlog("@@ blank [$json(a/a b)] [$json( a / ann )]\n");
          #= blank [8] [<null>]
          $var(k) = "ann"; xlog("@@ mixed [$json(a/x$var(k))]\n");
          #= mixed [<null>]
          $json(a/l[5]) = 1; xlog("@@ assign oob $rc $json(a)\n");
          #= assign oob -1 { "ann": { "age": 30 }, "l": [ "x", "y", "z" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[3]) = 1; xlog("@@ assign at count $rc $json(a)\n");
          #= assign at count -1 { "ann": { "age": 30 }, "l": [ "x", "y", "z" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[-1]) = "last"; xlog("@@ assign -1 $rc $json(a)\n");
          #= assign -1 1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[-9]) = "last"; xlog("@@ assign -9 $rc $json(a)\n");
          #= assign -9 -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/ann[0]) = 1; xlog("@@ index on object $rc $json(a)\n");
          #= index on object -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l/foo) = 1; xlog("@@ key on array $rc $json(a)\n");
          #= key on array -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/5/foo) = 1; xlog("@@ key on text $rc $json(a)\n");
          #= key on text -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/new/deep) = 1; xlog("@@ missing mid $rc $json(a)\n");
          #= missing mid -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/none[]) = 1; xlog("@@ append to missing $rc $json(a)\n");
          #= append to missing -1 { "ann": { "age": 30 }, "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/ann) = NULL; $json(a/x/y) = NULL; $json(a/nothere) = NULL; xlog("@@ deletes $rc $json(a)\n");
          #= deletes 1 { "l": [ "x", "y", "last" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[9]) = NULL; xlog("@@ del oob $rc\n"); $json(a/l[-1]) = NULL; xlog("@@ del -1 $rc $json(a)\n");
          #= del oob -1
          #= del -1 1 { "l": [ "x", "y" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[]) = NULL; xlog("@@ append null $rc $json(a)\n");
          #= append null -1 { "l": [ "x", "y" ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[]) := '{"in":1}'; xlog("@@ append parsed $rc $json(a)\n");
          #= append parsed 1 { "l": [ "x", "y", { "in": 1 } ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[]) := 5; xlog("@@ append := 5 $rc $json(a)\n");
          #= append := 5 -1 { "l": [ "x", "y", { "in": 1 } ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l[]) := 'nonsense'; xlog("@@ append := nonsense $rc $json(a)\n");
          #= append := nonsense -1 { "l": [ "x", "y", { "in": 1 } ], "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(a/l) := NULL; xlog("@@ := NULL $rc $json(a)\n");
          #= := NULL 1 { "x\/y": 7, "5": "five", "a b": 8, "p.q": 9 }
          $json(z) = 5; xlog("@@ z = 5 $rc [$json(z)]\n"); $var(q) = $json(z) + 1; xlog("@@ $var(q)\n");
          #= z = 5 1 [5]
          #= 6
          $json(z) = "t"; xlog("@@ z = t $rc [$json(z)]\n");
          #= z = t 1 [t]
          $json(z) = NULL; xlog("@@ z = NULL $rc [$json(z)]\n");
          #= z = NULL 1 [<null>]
          $json(z) := 5; xlog("@@ z := 5 $rc [$json(z)]\n");
          #= z := 5 -1 [<null>]
          $json(w) = "[]"; $json(w[]) = 5; xlog("@@ w $rc [$json(w)]\n");
          #= w -1 [[]]
          $json(w) := "[]"; $json(w[]) = 5; xlog("@@ w $rc [$json(w)]\n");
          #= w 1 [[ 5 ]]
          $json(w[0]) := "{}"; $json(w[0]/a) := "[]"; $json(w[0]/a[]) := "[1]"; $json(w[0]/a[0][]) = 3; xlog("@@ w $rc [$json(w)] $json(w[0]/a[0][1])\n");
          #= w 1 [[ { "a": [ [ 1, 3 ] ] } ]] 3
          $json(w[0]/a[0][0]) += 5; xlog("@@ += $rc $json(w)\n");
          #= += 1 [ { "a": [ [ 6, 3 ] ] } ]
          $json(u/x) = NULL; xlog("@@ delete in missing root $rc\n");
          #= delete in missing root -1
          $json(o1) := '{"a":1,"b":{"c":1,"d":2},"l":[1,2]}'; $json(o2) := '{"b":{"c":9,"e":3},"z":0,"l":[3]}';
          json_merge($json(o1), $json(o2), $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"a":1,"b":{"d":2,"c":9,"e":3},"z":0,"l":[3]}
          json_merge($json(o1), $json(o2), $json(m)); xlog("@@ merge $rc [$json(m)] [$json(m/a)]\n");
          #= merge 1 [{"a":1,"b":{"d":2,"c":9,"e":3},"z":0,"l":[3]}] [<null>]
          json_merge("nonsense", $json(o2), $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge -1 {"a":1,"b":{"d":2,"c":9,"e":3},"z":0,"l":[3]}
          json_merge("[1]", "[2]", $var(m)); xlog("@@ merge arrays $rc $var(m)\n");
          #= merge arrays 1 [2]
          json_merge("{}", "[2]", $var(m)); xlog("@@ merge mixed $rc $var(m)\n");
          #= merge mixed 1 [2]
          json_merge('{"a":1}', '{"a":null}', $var(m)); xlog("@@ merge null $rc $var(m)\n");
          #= merge null 1 {}
          json_link($json(lnk), $json(o1/b)); xlog("@@ link $rc $json(lnk)\n");
          #= link 1 { "c": 1, "d": 2 }
          $json(lnk/c) = 42; xlog("@@ after link $json(o1) $json(lnk)\n");
          #= after link { "a": 1, "b": { "c": 42, "d": 2 }, "l": [ 1, 2 ] } { "c": 42, "d": 2 }
          json_link($json(o1/self), $json(o2/b)); xlog("@@ link in $rc $json(o1)\n");
          #= link in 1 { "a": 1, "b": { "c": 42, "d": 2 }, "l": [ 1, 2 ], "self": { "c": 9, "e": 3 } }
          $json(o2/b/e) = "changed"; xlog("@@ $json(o1)\n");
          #= { "a": 1, "b": { "c": 42, "d": 2 }, "l": [ 1, 2 ], "self": { "c": 9, "e": "changed" } }
          json_link($json(nn), $json(missing)); xlog("@@ link missing $rc [$json(nn)]\n");
          #= link missing -1 [<null>]
          $json(o2) = NULL; xlog("@@ $json(o1) $json(lnk)\n");
          #= { "a": 1, "b": { "c": 42, "d": 2 }, "l": [ 1, 2 ], "self": { "c": 9, "e": "changed" } } { "c": 42, "d": 2 }
          $json(o3) := $json(o1); $json(o3/a) = 100; xlog("@@ copy $json(o1/a) $json(o3/a)\n");
          #= copy 1 100
          $json(o3) = $json(o1); xlog("@@ text copy [$json(o3)] [$json(o3/a)]\n");
          #= text copy [{ "a": 1, "b": { "c": 42, "d": 2 }, "l": [ 1, 2 ], "self": { "c": 9, "e": "changed" } }] [<null>]
          xlog("@@ pretty [$json_pretty(o1)]\n");
          #= pretty [{
          xlog("@@ compact [$json_compact(o1)]\n");
          #= compact [{"a":1,"b":{"c":42,"d":2},"l":[1,2],"self":{"c":9,"e":"changed"}}]
          $json_pretty(o1/a) = 9; xlog("@@ $rc $json(o1/a)\n");
          #= 1 9
        }
        """#,
        #"""
        loadmodule "json.so"
        startup_route {
          $json(a) := '{"big":12345678901,"s":"a/b","rows":["x",2],"n":5}'; $var(x) = $json(a/big); xlog("@@ [$var(x)]\n"); $avp(x) = $json(a/big); xlog("@@ [$avp(x)]\n");
          #= [-539222987]
          #= [-539222987]
          $json(b) := "{}"; $json(b/x) = $json(a/big); xlog("@@ [$json(b)]\n");
          #= [{ "x": -539222987 }]
          $var(n) = 5; $json(b) := $var(n); xlog("@@ [$json(b)] $rc\n");
          #= [5] 1
          $json(c) := "{}"; $json(c/f) := "1.50"; $json(c/t) := "true"; $json(c/n) := "null"; $json(c/s) := '"x"'; xlog("@@ $rc [$json(c)]\n");
          #= 1 [{ "f": 1.50, "t": true, "s": "x" }]
          for ($json(row) in $(json(a/rows)[*])) xlog("@@ row [$json(row)]\n");
          json_merge('{"b":{"c":1},"k":1,"s":"a/b"}', '{"b":{"d":1}}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"k":1,"s":"a/b","b":{"c":1,"d":1}}
          json_merge('{"b":{"c":1},"k":1}', '{"b":5}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"k":1,"b":5}
          json_merge('{"b":5,"k":1}', '{"b":{"x":null,"y":1}}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"k":1,"b":{"y":1}}
          json_merge('{"b":5,"k":1}', '{"zz":null,"k":2,"q":[null]}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"b":5,"k":2,"q":[null]}
          json_merge('5', '6', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 6
          json_merge('{"a":1', '{}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge -1 6
          json_merge('{"a":1}', '', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge -1 6
          json_merge('null', '{}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {}
          json_merge('{"a":1}', 'null', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 null
          json_merge('{"a":1}', '{"a":{"b":null}}', $var(m)); xlog("@@ merge $rc $var(m)\n");
          #= merge 1 {"a":{}}
          json_merge('{"a":1}', '{"a":2}', $avp(m)); xlog("@@ merge $rc $avp(m)\n");
          #= merge 1 {"a":2}
          xlog("@@ compact [$json_compact(a/s)] [$json_compact(a)] [$json_pretty(a)]\n");
          #= compact [a/b] [{"big":12345678901,"s":"a\/b","rows":["x",2],"n":5}] [{
          $json(e) := '{"a":{},"b":[],"c":[[],{}],"d":[1,[2,{"x":[3]}]]}'; xlog("@@ [$json_pretty(e)]\n"); xlog("@@ [$json_compact(e)] [$json(e)]\n");
          #= [{
          #= [{"a":{},"b":[],"c":[[],{}],"d":[1,[2,{"x":[3]}]]}] [{ "a": { }, "b": [ ], "c": [ [ ], { } ], "d": [ 1, [ 2, { "x": [ 3 ] } ] ] }]
          for ($var(k) in $(json(e/d.keys)[*])) xlog("@@ k $var(k)\n");
          for ($var(k) in $(json(e/d.values)[*])) xlog("@@ v $var(k)\n");
          for ($var(k) in $(json(e/none.keys)[*])) xlog("@@ k $var(k)\n");
          for ($var(k) in $(json(a/s.keys)[*])) xlog("@@ k $var(k)\n");
          $json(f) := '[{"id":1,"nm":"x"}]'; for ($var(k) in $(json(f[0].keys)[*])) xlog("@@ k $var(k)\n"); 
          #= k id
          #= k nm
          for ($json(k) in $(json(f[0].keys)[*])) xlog("@@ jk $json(k)\n"); 
          $json(g) := '{"list":[1,2,3,4]}'; for ($var(k) in $(json(g/list)[*])) { xlog("@@ g $var(k)\n"); $json(g/list[0]) = NULL; }
          #= g 1
          #= g 3
          xlog("@@ $json(g)\n");
          #= { "list": [ 3, 4 ] }
        }
        """#,
        #"""
        loadmodule "json.so"
        startup_route {
          $json(e) := '{"a":{},"b":[],"c":[[],{}],"d":[1,[2,{"x":[3]}]]}'; xlog("@@ [$json_pretty(e)]\n"); $json(f) := '[]'; xlog("@@ [$json_pretty(f)] [$json(f)] [$json_compact(f)]\n"); $json(f) := '[1,2]'; xlog("@@ [$json_pretty(f)]\n"); 
          #= [{
          #= [[
          #= [[
          $json(nx) := "{}"; $json(nx/a//b) = 1; xlog("@@ $rc [$json(nx)]\n");
          #= -1 [{ }]
        }
        """#,
    ]
}
