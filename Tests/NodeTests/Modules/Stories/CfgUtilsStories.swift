/// What scripts do with `cfgutils`.
/// Lines that begin with `#=` are what OpenSIPS 3.6.8 says for the statements above them.
enum CfgUtilsStories {
    static let stories = [
        #"""
        loadmodule "cfgutils.so"
        modparam("cfgutils", "shvset", "c=i:5")
        modparam("cfgutils", "shvset", "neg=i:-5")
        modparam("cfgutils", "shvset", "t=s:")
        modparam("cfgutils", "varset", "pre=s:pp")
        modparam("cfgutils", "initial_probability", 100)
        startup_route {
          xlog("@@ [$shv(c)] [$shv(neg)] [$shv(t)] [$var(pre)]\n");
          #= [5] [-5] [] [pp]
          $var(n) = "c"; xlog("@@ dyn [$shv($var(n))]\n");
          #= dyn [5]
          $shv($var(n)) = 6; xlog("@@ dyn [$shv($var(n))] [$shv(c)]\n");
          #= dyn [6] [6]
          if ($shv(unset)) xlog("@@ unset true\n"); else xlog("@@ unset false\n");
          #= unset false
          $shv(e) = ""; if ($shv(e)) xlog("@@ e true\n"); else xlog("@@ e false\n");
          #= e false
          $shv(x) = "text"; $var(y) = "k"; $var(y) = $shv(x) + "s"; xlog("@@ $var(y)\n");
          #= texts
          $var(y) = "n" + $shv(c); xlog("@@ $var(y)\n");
          #= n6
          if ($RANDOM >= 0) xlog("@@ random ok\n"); $var(y) = $RANDOM + 1; xlog("@@ $rc\n"); 
          #= random ok
          #= 1
          
          
          rand_set_prob(101); xlog("@@ set 101 $rc\n"); rand_get_prob(); xlog("@@ get $rc\n"); rand_set_prob(-1); xlog("@@ set -1 $rc\n"); 
          #= set 101 1
          #= get 101
          #= set -1 1
          rand_event(100); xlog("@@ rand 100 $rc\n"); rand_event(0); xlog("@@ rand 0 $rc\n"); rand_event(101); xlog("@@ rand 101 $rc\n"); rand_event(-4); xlog("@@ rand -4 $rc\n");
          #= rand 100 1
          #= rand 0 -1
          #= rand 101 1
          #= rand -4 -1
          if (rand_get_prob()) xlog("@@ get true\n");
          ts_usec_delta(10, 5, 10, 2, $var(d), $var(i)); xlog("@@ $rc [$var(d)] [$var(i)]\n");
          #= 1 [3] [3]
          ts_usec_delta(10, 2, 10, 5, $var(d), $avp(i)); xlog("@@ $rc [$var(d)] [$avp(i)]\n");
          #= 1 [3] [3]
          ts_usec_delta(100000, 2, 10, 5, $var(d), $var(i)); xlog("@@ $rc [$var(d)] [$var(i)]\n");
          #= -1 [99989999997] [3]
          ts_usec_delta(10, 2, 100000, 5, $var(d), $var(i)); xlog("@@ $rc [$var(d)] [$var(i)]\n");
          #= -1 [99990000003] [3]
          ts_usec_delta(10, 2, 100000, 5); xlog("@@ $rc\n");
          #= 1
          $avp(l) = "a"; $avp(l) = "b"; $avp(l) = 3; $avp(l) = "3";
          set_count($avp(l), $var(c)); xlog("@@ $rc [$var(c)]\n"); $avp(c) = 1; set_count($avp(l), $avp(c)); xlog("@@ $rc [$(avp(c)[*])]\n");
          #= 1 [4]
          #= 1 [4, 1]
          set_count($avp(none), $var(c)); xlog("@@ none $rc [$var(c)]\n");
          #= none 1 [0]
          set_count($(avp(l)[1]), $var(c)); xlog("@@ idx $rc [$var(c)]\n");
          #= idx 1 [4]
          set_count($(avp(l)[*]), $var(c)); xlog("@@ * $rc [$var(c)]\n");
          #= * 1 [4]
          shuffle_avps($avp(none)); xlog("@@ shuffle none $rc\n"); shuffle_avps($avp(l)); xlog("@@ shuffle $rc\n");
          #= shuffle none 1
          #= shuffle 1
          $avp(one) = 1; shuffle_avps($avp(one)); xlog("@@ shuffle one $rc\n");
          #= shuffle one 1
          $avp(w) = "10"; $avp(w) = "0"; $avp(w) = "20"; set_select_weight($avp(w)); xlog("@@ weight $rc [$(avp(w)[*])]\n");
          #= weight -1 [20, 0, 10]
        }
        """#
    ]
}
