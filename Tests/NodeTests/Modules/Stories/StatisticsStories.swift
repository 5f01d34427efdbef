/// What scripts do with `statistics` and `mqueue`.
/// Lines that begin with `#=` are what OpenSIPS 3.6.8 says for the statements above them.
enum StatisticsStories {
    static let stories = [
        #"""
        loadmodule "statistics.so"
        modparam("statistics", "variable", "hits")
        modparam("statistics", "stat_groups", "grp, other,ser")
        modparam("statistics", "variable", "grp:in")
        modparam("statistics", "stat_series_profile", "perc: algorithm=percentage window=60")
        modparam("statistics", "stat_series_profile", "acc: algorithm=accumulate")
        modparam("statistics", "stat_series_profile", "avg: algorithm=average window=10 slots=10")
        startup_route {
          update_stat("other:x", 5); xlog("@@ $rc [$stat(other:x)] [$stat(x)] [$stat(dynamic:x)]\n");
          #= 1 [5] [5] [<null>]
          update_stat("grp:in", 2); xlog("@@ $rc [$stat(grp:in)] [$stat(in)]\n");
          #= 1 [0] [2]
          update_stat("hits", 5); xlog("@@ [$stat(hits)] [$stat(dynamic:hits)] [$stat(script:hits)]\n");
          #= [5] [<null>] [5]
          $stat(hits) = 0; xlog("@@ assign 0 $rc [$stat(hits)]\n");
          #= assign 0 1 [0]
          $stat(hits) = 7; xlog("@@ assign 7 $rc [$stat(hits)]\n");
          #= assign 7 1 [0]
          $var(n)="hits"; $stat($var(n)) = 4; xlog("@@ dyn $rc [$stat(hits)]\n");
          #= dyn 1 [0]
          reset_stat("none"); xlog("@@ reset none $rc\n");
          #= reset none 1
          reset_stat("core:rcv_requests"); xlog("@@ reset core $rc\n");
          #= reset core 1
          update_stat("core:rcv_requests", 1); xlog("@@ upd core $rc\n");
          #= upd core 1
          $var(s) = $stat(hits) + 1; xlog("@@ $var(s)\n");
          #= 1
          update_stat("hits", 0); xlog("@@ zero $rc [$stat(hits)]\n");
          #= zero 1 [0]
          update_stat("b", 2147483647); update_stat("b", 2147483647); xlog("@@ big [$stat(b)]\n"); update_stat("neg", -5); xlog("@@ neg [$stat(neg)]\n");
          #= big [-2]
          #= neg [-5]
          $var(x) = $stat(b) + 1; xlog("@@ [$var(x)]\n"); $var(x) = $stat(b); xlog("@@ [$var(x)]\n");
          #= [-1]
          #= [-2]
          update_stat_series("perc", "asr", 1); xlog("@@ $rc [$stat(ser:asr)] [$stat(asr)]\n");
          #= 1 [<null>] [100]
          update_stat_series("perc", "asr", -1); update_stat_series("perc", "asr", -1); update_stat_series("perc", "asr", 0); xlog("@@ $rc [$stat(ser:asr)]\n");
          #= 1 [<null>]
          update_stat_series("acc", "acd", 5); update_stat_series("acc", "acd", 7); xlog("@@ $rc [$stat(ser:acd)]\n");
          #= 1 [<null>]
          update_stat_series("avg", "avg", 5); update_stat_series("avg", "avg", 8); xlog("@@ $rc [$stat(ser:avg)]\n");
          #= 1 [<null>]
          stat_iter_init("grp", "it"); xlog("@@ init $rc\n");
          #= init 1
          stat_iter_next($var(k), $var(v), "it"); xlog("@@ next $rc [$var(k)] [$var(v)]\n");
          #= next 1 [in] [2]
          stat_iter_next($var(k), $var(v), "it"); xlog("@@ next $rc [$var(k)] [$var(v)]\n");
          #= next -1 [in] [2]
          stat_iter_init("ser", "i2"); xlog("@@ init $rc\n");
          #= init 1
          while (stat_iter_next($var(k), $var(v), "i2")) xlog("@@ next $rc [$var(k)] [$var(v)]\n");
          stat_iter_init("dynamic", "i2"); xlog("@@ init $rc\n");
          #= init 1
          while (stat_iter_next($var(k), $var(v), "i2")) xlog("@@ next $rc [$var(k)] [$var(v)]\n");
          #= next 1 [none] [0]
          #= next 1 [b] [-2]
          #= next 1 [neg] [-5]
        }
        """#,
        #"""
        loadmodule "mqueue.so"
        loadmodule "uuid.so"
        modparam("mqueue", "mqueue", "name=q1;size=2")
        modparam("mqueue", "mqueue", "name=q2")
        startup_route {
          mq_add("q1", "k1", "v1"); xlog("@@ add $rc\n"); mq_add("q1", "k2", "v2"); mq_add("q1", "k3", "v3"); xlog("@@ add third $rc size $mq_size(q1)\n"); mq_size("q1"); xlog("@@ size $rc\n");
          #= add 1
          #= add third 1 size 2
          #= size 2
          xlog("@@ before [$mqk(q1)] [$mqv(q1)]\n");
          #= before [<null>] [<null>]
          mq_fetch("q1"); xlog("@@ fetch $rc [$mqk(q1)] [$mqv(q1)] [$mqk(q2)]\n"); mq_fetch("q1"); xlog("@@ fetch $rc [$mqk(q1)] [$mqv(q1)]\n"); mq_fetch("q1"); xlog("@@ fetch empty $rc [$mqk(q1)] [$mqv(q1)]\n");
          #= fetch 1 [k2] [v2] [<null>]
          #= fetch 1 [k3] [v3]
          #= fetch empty -2 [<null>] [<null>]
          mq_pv_free("q1"); xlog("@@ free $rc [$mqk(q1)] [$mqv(q1)]\n"); mq_size("q2"); xlog("@@ size of empty $rc\n");
          #= free 1 [<null>] [<null>]
          #= size of empty -1
          mq_add("none", "k", "v"); xlog("@@ none $rc\n"); mq_fetch("none"); xlog("@@ none $rc\n"); mq_size("none"); xlog("@@ none $rc [$mq_size(none)]\n"); mq_pv_free("none"); xlog("@@ none $rc\n"); 
          #= none -1
          #= none -1
          #= none -2 [<null>]
          #= none 1
          mq_add("q2", "", ""); mq_fetch("q2"); xlog("@@ $rc [$mqk(q2)] [$mqv(q2)]\n");
          #= 1 [<null>] [<null>]
          $var(n) = 5; mq_add("q2", $var(n), $var(n)); mq_fetch("q2"); $var(y) = "k"; $var(y) = $mqv(q2) + 1; xlog("@@ type $rc [$var(y)]\n");
          #= type -1 [k]
          mq_add("q2", "a", "1"); mq_add("q2", "a", "2"); mq_fetch("q2"); mq_fetch("q2"); xlog("@@ [$mqk(q2)] [$mqv(q2)] $mq_size(q2)\n");
          #= [a] [2] 0
        }
        """#,
    ]
}
