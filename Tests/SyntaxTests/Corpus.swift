/// Scripts that use what the language has; the laws of the printer hold for them, and fuzzing starts from them.
enum Corpus {
    static let scripts: [String] = [
        """
        # Global parameters of every form.
        log_level=2
        stderror_enabled=yes /* or no */ syslog_enabled=no
        udp_workers = 4   use_auto_scaling_profile PROFILE
        auto_scaling_profile = PROFILE scale up to 4 on 80% for 3 cycles within 5
          scale down to 1 on 20 % for 5 cycles
        socket=udp:127.0.0.1:5060-5065,5080 anycast   use_workers 4
            tag inside    # a trailing comment
        socket = tls:"sip.example.org":5061 as [fe80::1]:5062
        alias=udp:sip.example.org:5060 other-name.example.org
        dst_blacklist = gw/expire:{ ( tcp , 192.168.2.100 , 5060 , "x" ),!10.0.0.0/255.0.0.0 }


        mpath="/usr/lib/modules/"
        loadmodule "tm.so" loadmodule 'sl.so'
        modparam( "tm|rr" , "fr_timeout" , 5 )
        modparam("usrloc", "db_url",
            "mysql://user:pass"
            "@localhost/opensips")   # joined
        include_file "more.cfg" ignored
        route { exit; }
        """,
        #"""
        route{
          if(is_method("INVITE|ACK")&&!has_totag()||$rU==NULL and $avp( a b )=~"^x\d+"){ # why
            xlog ( "L_INFO" , "call $ci\n" 'from $fu' );

            // no
          }
        }
        """#.replacing("    // no\n", with: ""),
        #"""
        route[a] {
        	switch($rm){case "INVITE":case -3:t_relay();break;
        	  # before the default
        	  default : { ; }
        	}
        }
        """#.replacing("{ ; }", with: "exit();"),
        #"""
        startup_route {
          $var(i)=0;while($var(i)<4){
            if($var(i)==0)xlog("zero\n");
            else if ($var(i) == 1) { xlog("one\n"); }
            else
              # comment in front of a branch
              xlog("more\n");
            $var(i)+=1;
          }
          for($var(v) in $(avp(a)[*])) { if ($var(v)=="y") break; }
          $var(r)=1+2<<3|~ 5 - -3*( $var(a)-1 )%4;
          $var(x) = route( calc ,"a" , NULL,-5 , $avp(z) );
          if ([$var(a) & 2] && ( [$rU ] or not f(,"x",) )) return( 1 , "x" );
          async( sleep( 5 ) , resume , 3 ); launch(f(), report, "text");
          assert($var(x)==1,"never");
          $(avp(x)[append]):=$(ru{uri.host}{s.tolower});
        }
        """#,
        """
        timer_route[ beat , 1 ] { ;;; }
        event_route[E_X,sync]{return;}
        failure_route["my-fail"]
        {
          /* nested /* block */
             over lines */ exit;
          if ($si==10.0.0.0/8 || $si != [::1]) { }
          else
          {
            drop();
          } # behind
        }

        # the end
        """,
        """
        listen=udp:10.0.0.1:5060 use_children 4
        children=8
        route {
            if $rU=="a" { force_rport; } else setflag(NAME);
            switch ($var(x)) { case 1: esac; }
            force_send_socket(udp:1.2.3.4:5060);
            if (method(x) && !isdsturiset) { append_branch(); };
            $var(text) = "two
        lines" + 'raw\\n';
            if ($var(a) == 3 \\
                && $var(b) == NULL) \\
              xlog("joined");
            if (if (1) f(); else g();) h();
            include_this();
        include_file "body.cfg"
            /* leading */ exit;
        }
        """,
        "", "\n\n\n", "# only a comment", "/* open", "route{/**/;}", "a=1", "alias=x\nroute{;}# end\n\n\n#more",
    ]
}
