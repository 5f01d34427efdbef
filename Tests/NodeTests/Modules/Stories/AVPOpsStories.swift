/// What scripts of the 2.4 era do with `avpops` and `fetch_event_params`.
enum AVPOpsStories {
    static let stories = [
        #"""
        loadmodule "avpops.so"
        startup_route {
          $avp(a) = 1; $avp(a) = 2; $avp(a) = "x3";
          avp_copy("$avp(a)", "$avp(b)/g"); xlog("@@ $rc $(avp(b)[*])\n");
          #= 1 x3, 2, 1
          avp_copy("$avp(a)", "$avp(c)"); xlog("@@ $(avp(c)[*])\n");
          #= x3
          $avp(d) = "7"; avp_copy("$avp(d)", "$avp(e)/dn"); $var(x) = $avp(e) + 1; xlog("@@ $var(x) [$avp(d)]\n");
          #= 8 [<null>]
          avp_copy("$avp(none)", "$avp(c)"); xlog("@@ $rc\n");
          #= -1
          avp_delete("$avp(a)"); xlog("@@ $(avp(a)[*])\n");
          #= 2, 1
          avp_delete("$avp(a)/g"); xlog("@@ [$(avp(a)[*])]\n");
          #= [<null>]
          if (is_avp_set("$avp(b)/s")) xlog("@@ text\n"); if (!is_avp_set("$avp(a)")) xlog("@@ unset\n");
          #= text
          #= unset
          if (!is_avp_set("$avp(b)/n")) xlog("@@ no number\n"); $avp(f) = ""; if (is_avp_set("$avp(f)/e")) xlog("@@ empty\n");
          #= no number
          #= empty
          $avp(n) = 5; avp_op("$avp(n)/$avp(r)", "add/37"); xlog("@@ $rc $avp(r)\n");
          #= 1 42
          avp_op("$avp(n)", "mul/3/d"); xlog("@@ $(avp(n)[*])\n"); avp_op("$avp(n)", "div/0"); xlog("@@ $rc\n");
          #= 15
          #= -1
          avp_check("$avp(n)", "eq/i:15"); xlog("@@ $rc\n"); avp_check("$avp(n)", "gt/$avp(r)"); xlog("@@ $rc\n");
          #= 1
          #= -1
          avp_check("$avp(b)", "fm/X*/i"); xlog("@@ $rc\n"); avp_check("$avp(b)", "eq/i:1/g"); xlog("@@ $rc\n");
          #= 1
          #= 1
          avp_check("$avp(b)", "re/^y"); xlog("@@ $rc\n");
          #= -1
          $avp(s) = "hello world"; avp_subst("$avp(s)/$avp(t)", "/(w[a-z]*)/<\1>/"); xlog("@@ $rc $avp(t) $avp(s)\n");
          #= 1 hello <world> hello world
          avp_subst("$avp(s)", "/o/0/g"); xlog("@@ $rc $(avp(s)[*])\n"); avp_subst("$avp(s)", "/zzz/0/g"); xlog("@@ $rc\n");
          #= 1 hell0 w0rld
          #= -1
          avp_insert("$avp(b)", "mid", "1"); xlog("@@ $(avp(b)[*])\n");
          #= x3, mid, 2, 1
          $var(v) = 0; avp_pushto("$var(v)", "$avp(b)"); xlog("@@ $rc $var(v)\n");
          #= 1 x3
          avp_delete("nonsense"); xlog("@@ $rc\n"); avp_check("$avp(b)", "nonsense"); xlog("@@ $rc\n");
          #= -1
          #= -1
          pv_printf($var(q), "t: $avp(s)"); xlog("@@ $var(q)\n"); avp_printf("$avp(q)", "t: $avp(s)"); xlog("@@ $avp(q)\n");
          #= t: hell0 w0rld
          #= t: hell0 w0rld
        }
        """#,
        #"""
        loadmodule "event_route.so"
        event_route[E_X] { fetch_event_params("n=$var(named);$avp(first)"); xlog("@@ $var(named) $avp(first)\n"); }
        startup_route {
          $avp(names) = "n"; $avp(values) = "v"; $avp(names) = "m"; $avp(values) = 7;
          raise_event("E_X", $avp(names), $avp(values));
          #= v 7
        }
        """#,
    ]
}
