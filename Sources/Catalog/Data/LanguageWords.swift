// Statements, globals and words of the language: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let languageFacts: StaticString = #"""
    language
    statement assert (expr) (expr,string)
    statement async (async_call,route_name) (async_call,route_name,int)
    statement break parens=none within=for|switch|while ()
    statement drop parens=optional ()
    statement error (string,string)
    statement exit parens=optional ()
    statement for block iterators=avp|json|var (var,in,var)
    statement if block (expr)
    statement launch (async_call) (async_call,route_name) (async_call,route_name,string)
    statement log (string) (int,string)
    statement return parens=optional () (int) (var) (int,value*) (var,value*) (empty,value*)
    statement route (route_name) (route_name,value*)
    statement switch block (var)
    statement while block (expr)
    statement xdbg (string)
    statement xlog (string) (string,string)
    global alias alias
    global auto_scaling_profile @3.4+ auto_scaling_profile
    global bool abort_on_assert auto_aliases check_via debug_mode disable_503_translation disable_core_dump
    global bool disable_dns_blacklist disable_dns_failover disable_stateless_fwd dns dns_try_ipv6
    global bool dns_try_naptr dns_use_search_list enable_asserts mcast_loopback mem_warming
    global bool mem_warming_enabled mhomed rev_dns server_signature sip_warning tcp_keepalive
    global bool xlog_force_color
    global bool @2.4..3.6 now=stderror_enabled log_stderror
    global bool @3.4+ log_event_enabled log_stdout stderror_enabled syslog_enabled
    global bool @3.4..3.6 tcp_parallel_read_on_workers
    global dst_blacklist dst_blacklist
    global host advertised_address
    global id tcp_no_new_conn_bflag
    global id @2.4..3.6 now=syslog_facility log_facility
    global id @3.4+ syslog_facility tcp_no_new_conn_rplflag
    global id|string poll_method
    global int advertised_port db_max_async_connections dns_retr_no dns_retr_time dns_servers_no
    global int exec_dns_threshold exec_msg_threshold execdnsthreshold execmsgthreshold log_level
    global int max_while_loops maxbuffer mcast_ttl mem_dump mem_log mem_warming_percentage memdump memlog
    global int open_files_limit query_buffer_size query_flush_time shm_hash_split_percentage
    global int shm_secondary_hash_size tcp_connect_timeout tcp_connection_lifetime tcp_keepcount
    global int tcp_keepidle tcp_keepinterval tcp_max_connections tcp_max_msg_time tcp_threshold tcpthreshold
    global int xlog_buf_size
    global int @3.4+ auto_scaling_cycle log_event_level_filter log_json_buf_size log_msg_buf_size
    global int @3.4+ pv_print_buf_size restart_persistency_size shm_memlog_size stderror_level_filter
    global int @3.4+ syslog_level_filter tcp_socket_backlog xlog_level xlog_print_level
    global int @3.4+ scaling tcp_workers timer_workers udp_workers
    global int range=0..100 event_pkg_threshold event_shm_threshold
    global int range=0..2 tcp_accept_aliases
    global int|id tos
    global mem-group mem-group
    global socket @2.4..3.6 now=socket listen
    global socket @3.4+ socket
    global string db_default_url db_version_table mem_warming_pattern_file mpath server_header
    global string user_agent_header
    global string @2.4..3.6 now=syslog_name log_name
    global string @3.4+ log_prefix restart_persistency_cache_file stderror_log_format syslog_log_format
    global string @3.4+ syslog_name
    global string|id chroot wdir workdir
    global untyped @2.4 children debug fork tcp_children tcp_listen_backlog xlog_default_level
    global untyped @4.0+ tcp_threads
    values log_facility LOG_AUTH LOG_AUTHPRIV LOG_CRON LOG_DAEMON LOG_FTP LOG_KERN LOG_LOCAL0 LOG_LOCAL1
    values log_facility LOG_LOCAL2 LOG_LOCAL3 LOG_LOCAL4 LOG_LOCAL5 LOG_LOCAL6 LOG_LOCAL7 LOG_LPR LOG_MAIL
    values log_facility LOG_NEWS LOG_SYSLOG LOG_USER LOG_UUCP
    values poll_method none poll epoll sigio_rt select kqueue /dev/poll
    values stderror_log_format plain_text json json_cee
    values syslog_facility LOG_AUTH LOG_AUTHPRIV LOG_CRON LOG_DAEMON LOG_FTP LOG_KERN LOG_LOCAL0 LOG_LOCAL1
    values syslog_facility LOG_LOCAL2 LOG_LOCAL3 LOG_LOCAL4 LOG_LOCAL5 LOG_LOCAL6 LOG_LOCAL7 LOG_LPR
    values syslog_facility LOG_MAIL LOG_NEWS LOG_SYSLOG LOG_USER LOG_UUCP
    values syslog_log_format plain_text json json_cee
    values tos IPTOS_LOWDELAY IPTOS_THROUGHPUT IPTOS_RELIABILITY IPTOS_MINCOST IPTOS_LOWCOST
    reserved @3.6+ ACCEPT_SUBDOMAIN accept_subdomain
    reserved @3.4+ ANYCAST FRAG REUSE_PORT auto_scaling_cycle auto_scaling_profile expire frag
    reserved @3.4+ log_event_enabled log_event_level_filter log_json_buf_size log_msg_buf_size log_prefix
    reserved @3.4+ log_stdout pv_print_buf_size read-only readonly restart_persistency_cache_file
    reserved @3.4+ restart_persistency_size reuse_port shm_memlog_size socket stderror_enabled
    reserved @3.4+ stderror_level_filter stderror_log_format syslog_enabled syslog_facility
    reserved @3.4+ syslog_level_filter syslog_log_format syslog_name tag tcp_no_new_conn_rplflag
    reserved @3.4+ tcp_socket_backlog tcp_workers timer_workers udp_workers xlog_level xlog_print_level
    reserved @4.0+ BOND bond tcp_threads
    reserved NULL abort_on_assert advertised_address advertised_port alias and any anycast assert async
    reserved auto_aliases branch_route break case check_via chroot db_default_url db_max_async_connections
    reserved db_version_table debug_mode default disable_503_translation disable_core_dump
    reserved disable_dns_blacklist disable_dns_failover disable_stateless_fwd dns dns_retr_no dns_retr_time
    reserved dns_servers_no dns_try_ipv6 dns_try_naptr dns_use_search_list drop dst_blacklist else
    reserved enable_asserts error error_route event_pkg_threshold event_route event_shm_threshold
    reserved exec_dns_threshold exec_msg_threshold execdnsthreshold execmsgthreshold exit failure_route for
    reserved if in launch loadmodule local_route log log_level max_while_loops maxbuffer mcast_loopback
    reserved mcast_ttl mem-group mem_dump mem_log mem_warming mem_warming_enabled mem_warming_pattern_file
    reserved mem_warming_percentage memdump memlog mhomed modparam mpath not null onreply_route
    reserved open_files_limit or poll_method query_buffer_size query_flush_time return rev_dns route
    reserved server_header server_signature shm_hash_split_percentage shm_secondary_hash_size sip_warning
    reserved startup_route switch sync tcp_accept_aliases tcp_connect_timeout tcp_connection_lifetime
    reserved tcp_keepalive tcp_keepcount tcp_keepidle tcp_keepinterval tcp_max_connections tcp_max_msg_time
    reserved tcp_no_new_conn_bflag tcp_threshold tcpthreshold timer_route tos user_agent_header wdir while
    reserved workdir xdbg xlog xlog_buf_size xlog_force_color
    reserved @2.4 add_local_rport add_rport add_tcp_alias append_branch avp_printf cache_add
    reserved @2.4 cache_counter_fetch cache_fetch cache_raw_query cache_remove cache_store cache_sub
    reserved @2.4 children construct_uri debug esac force_local_rport force_rport force_send_socket
    reserved @2.4 force_tcp_alias fork forward get_timestamp is_myself isbflagset isbranchflagset
    reserved @2.4 isdsturiset isduriset isflagset next_branches prefix pv_printf raise_event remove_branch
    reserved @2.4 resetbflag resetbranchflag resetdsturi resetduri resetflag revert_uri rewritehost
    reserved @2.4 rewritehostport rewriteport rewriteuri rewriteuser rewriteuserpass script_trace send
    reserved @2.4 serialize_branches set_advertised_address set_advertised_port setbflag setbranchflag
    reserved @2.4 setdsturi setduri setflag seth sethost sethostport sethp setp setport setu setup seturi
    reserved @2.4 setuser setuserpass strip strip_tail subscribe_event tcp_children tcp_listen_backlog
    reserved @2.4 unuse_blacklist use_blacklist xlog_default_level
    reserved @2.4..3.6 listen log_facility log_name log_stderror
    reserved @3.4..3.6 tcp_parallel_read_on_workers
    routetype route request names=optional
    routetype onreply_route onreply names=optional
    routetype failure_route failure names=required
    routetype branch_route branch names=required
    routetype timer_route timer names=required interval
    routetype event_route event names=required
    routetype error_route error names=none
    routetype local_route local names=none
    routetype startup_route startup names=none
    option accept_subdomain anycast frag reuse_port
    option as=host[:ports] tag=id tos=int use_auto_scaling_profile=id use_workers=int
    protocol bin=proto_bin bins=proto_bins hep_tcp=proto_hep hep_tls=proto_hep hep_udp=proto_hep
    protocol ipsec=proto_ipsec msrp=proto_msrp msrps=proto_msrp sctp=proto_sctp smpp=proto_smpp
    protocol tcp=proto_tcp tls=proto_tls udp=proto_udp ws=proto_ws wss=proto_wss
    limit function_params=8 include_depth=20 route_params=9 routes_per_type=100
    words xloglevel L_ALERT L_CRIT L_CRIT2 L_DBG L_ERR L_INFO L_NOTICE L_WARN
    words null NULL null
    words number=0 disable false no off
    words number=1 enable on true yes
    """#
