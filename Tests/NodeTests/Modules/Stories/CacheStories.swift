/// What scripts do with the local cache.
/// Lines that begin with `#=` are what OpenSIPS 3.6.8 says for the statements above them.
enum CacheStories {
    static let stories = [
        #"""
        loadmodule "cachedb_local.so"
        modparam("cachedb_local", "cache_collections", "acc=4; other")
        modparam("cachedb_local", "cachedb_url", "local://")
        modparam("cachedb_local", "cachedb_url", "local:a:///acc")
        modparam("cachedb_local", "cachedb_url", "local:o:///other")
        startup_route {
          cache_fetch("local:o", "k", $var(r)); xlog("@@ $rc\n");
          #= -2
          cache_store("local:zz", "k", "v"); xlog("@@ unknown group $rc\n");
          #= unknown group -1
          cache_store("", "k", "v"); xlog("@@ empty name $rc\n");
          #= empty name -1
          cache_store("local", "", "v"); xlog("@@ empty key $rc\n"); cache_fetch("local", "", $var(r)); xlog("@@ $rc $var(r)\n");
          #= empty key -1
          #= -1 <null>
          cache_store("local", $var(null), "v"); xlog("@@ null key $rc\n"); cache_store("local", "nv", $var(null)); xlog("@@ null value $rc\n");
          #= null key -1
          #= null value -1
          cache_store("local", "t", "v", 1); cache_store("local", "t0", "v", 0); cache_store("local", "tneg", "v", -5); cache_fetch("local", "tneg", $var(r)); xlog("@@ neg ttl $rc\n"); 
          #= neg ttl 1
          cache_add("local", "n", 5, 1, $var(x)); xlog("@@ add $rc $var(x)\n"); cache_add("local", "n", 5, 0, $var(x)); xlog("@@ add again ttl 0: $rc $var(x)\n");
          #= add 1 5
          #= add again ttl 0: 1 10
          cache_add("local", "big", 2147483647, 0, $var(x)); cache_add("local", "big", 1, 0, $var(x)); xlog("@@ big $rc $var(x)\n"); cache_fetch("local", "big", $var(x)); xlog("@@ $var(x)\n");
          #= big 1 -2147483648
          #= -2147483648
          cache_counter_fetch("local", "none", $var(x)); xlog("@@ cf none $rc\n"); cache_store("local", "tx", "text"); cache_counter_fetch("local", "tx", $var(x)); xlog("@@ cf text $rc $var(x)\n");
          #= cf none -2
          #= cf text -3 -2147483648
          cache_store("local", "tx", "12x"); cache_counter_fetch("local", "tx", $var(x)); xlog("@@ cf 12x $rc $var(x)\n");cache_store("local", "tx", ""); cache_counter_fetch("local", "tx", $var(x)); xlog("@@ cf empty $rc $var(x)\n");
          #= cf 12x -3 -2147483648
          #= cf empty -3 -2147483648
          cache_add("local", "tx", 1, 0, $var(x)); xlog("@@ add to empty $rc $var(x)\n");
          #= add to empty -1 -2147483648
          cache_store("local", "tx", " 7"); cache_add("local", "tx", 1, 0, $var(x)); xlog("@@ add to ' 7' $rc $var(x)\n"); 
          #= add to ' 7' -1 -2147483648
          cache_store("local", "tx", "-7"); cache_add("local", "tx", 1, 0, $var(x)); xlog("@@ add to '-7' $rc $var(x)\n"); 
          #= add to '-7' 1 -6
          cache_store("local", "tx", "0x10"); cache_add("local", "tx", 1, 0, $var(x)); xlog("@@ add to 0x10 $rc $var(x)\n"); 
          #= add to 0x10 -1 -6
          cache_sub("local", "fresh", 3, 0, $var(x)); xlog("@@ sub fresh $rc $var(x)\n"); cache_add("local", "fresh", -3, 0, $var(x)); xlog("@@ add neg $rc $var(x)\n");
          #= sub fresh 1 -3
          #= add neg 1 -6
          cache_raw_query("local", "x", "$avp(r)"); xlog("@@ raw $rc\n");
          #= raw -1
          cache_remove_chunk("nocoll", "ab*"); xlog("@@ chunk nocoll $rc\n"); cache_remove_chunk("", "ab*"); xlog("@@ chunk empty coll $rc\n"); cache_remove_chunk(, "nothing*"); xlog("@@ chunk nothing $rc\n");
          #= chunk nocoll -1
          #= chunk empty coll -1
          #= chunk nothing 1
          cache_store("local", "/x/y", "v"); cache_remove_chunk(, "*"); cache_fetch("local", "/x/y", $var(r)); xlog("@@ slash $rc\n");
          #= slash -2
        }
        """#
    ]
}
