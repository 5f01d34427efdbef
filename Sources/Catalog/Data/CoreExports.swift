// What the OpenSIPS core exports: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let coreFacts: StaticString = #"""
    module core
    fn add_blacklist_rule(ssi?s?s?i?)* @3.4+
    fn add_local_rport()* 2.4=(0)
    fn add_rport(0)* @2.4
    fn add_tcp_alias(0/1)* @2.4
    fn append_branch(s?s?)* @2.4..3.4 2.4=(0/1/2)
    fn append_branch_old(s?s?)* @3.6+
    fn append_msg_branch(ss?s?)* @3.6+
    fn avp_print()* @3.6+
    fn avp_printf(vs)* @2.4
    fn cache_add(ssiiv=?)* 2.4=(4/5)
    fn cache_counter_fetch(ssv=)* 2.4=(3)
    fn cache_fetch(ssv=)* 2.4=(3)
    fn cache_raw_query(sss^?)* 2.4=(2/3)
    fn cache_remove(ss)* 2.4=(2)
    fn cache_store(sssi?)* 2.4=(3/4)
    fn cache_sub(ssiiv=?)* 2.4=(4/5)
    fn check_blacklist_rule(ssi?s?s?)* @3.4+
    fn construct_uri(ss?ss?s?a)* 2.4=(6)
    fn del_blacklist_rule(ssi?s?s?)* @3.4+
    fn force_local_rport(0)* @2.4
    fn force_rport()* 2.4=(0)
    fn force_send_socket(s)* 2.4=(1)
    fn force_tcp_alias(i?)* 2.4=(0/1)
    fn forward(s?)* 2.4=(0/1)
    fn get_timestamp(aa)* 2.4=(2)
    fn is_myself(si?)* 2.4=(1/2)
    fn isbflagset(s!<branch>i?)* 2.4=(1/2)
    fn isbranchflagset(1/2)* @2.4
    fn isdsturiset()* 2.4=(0)
    fn isduriset(0)* @2.4
    fn isflagset(s!<message>)* 2.4=(1)
    fn move_msg_branch(i?i?s?)* @3.6+
    fn next_branches()* 2.4=(0)
    fn prefix(s)* 2.4=(1)
    fn pv_printf(vs)* 2.4=(2)
    fn raise_event(sa?a?)* 2.4=(1/2/3)
    fn remove_branch(i)* @2.4..3.4 2.4=(1)
    fn remove_msg_branch(i)* @3.6+
    fn resetbflag(s!<branch>i?)* 2.4=(1/2)
    fn resetbranchflag(1/2)* @2.4
    fn resetdsturi()* 2.4=(0)
    fn resetduri(0)* @2.4
    fn resetflag(s!<message>)* 2.4=(1)
    fn revert_uri()* 2.4=(0)
    fn rewritehost(1)* @2.4
    fn rewritehostport(1)* @2.4
    fn rewriteport(1)* @2.4
    fn rewriteuri(1)* @2.4
    fn rewriteuser(1)* @2.4
    fn rewriteuserpass(1)* @2.4
    fn script_trace(i?s^?s!?)* 2.4=(0/2/3)
    fn send(ss?)* 2.4=(1/2)
    fn serialize_branches(ii?)* 2.4=(1/2)
    fn set_advertised_address(s)* 2.4=(1)
    fn set_advertised_port(s)* 2.4=(1)
    fn set_via_handling(s)* @3.6+
    fn setbflag(s!<branch>i?)* 2.4=(1/2)
    fn setbranchflag(1/2)* @2.4
    fn setdsturi(s)* 2.4=(1)
    fn setduri(1)* @2.4
    fn setflag(s!<message>)* 2.4=(1)
    fn seth(1)* @2.4
    fn sethost(s)* 2.4=(1)
    fn sethostport(s)* 2.4=(1)
    fn sethp(1)* @2.4
    fn setp(1)* @2.4
    fn setport(s)* 2.4=(1)
    fn setu(1)* @2.4
    fn setup(1)* @2.4
    fn seturi(s)* 2.4=(1)
    fn setuser(s)* 2.4=(1)
    fn setuserpass(s)* 2.4=(1)
    fn socket_belongs_to_bond @4.0+
    fn sr_check_status(ss?)* @3.4+
    fn strip(i)* 2.4=(1)
    fn strip_tail(i)* 2.4=(1)
    fn subscribe_event(ssi?)* 2.4=(2/3)
    fn swap_msg_branches(i?i?)* @3.6+
    fn tcp_close_conn @4.0+
    fn unuse_blacklist(s)* 2.4=(1)
    fn use_blacklist(s)* 2.4=(1)
    var Au C() TS Tf Ts Tsm aU ad adu ai an ar argv() au auth.alg auth.cnonce auth.nc auth.nonce auth.opaque
    var auth.qop auth.resp avp()[]= bf branch= branch(duri|flags|path|q|socket|uri)[]= cT[] cfg_file
    var cfg_line ci cl cs ct[] ct.fields(expires|methods|name|params|q|received|uri)[] dP dd= di dip dir dp=
    var ds du= duri= err.class err.info err.level err.rcode err.rreason fU fd fn from from.domain from.user
    var ft fu hdr()[] hdrcnt() log_level= mb mf mi ml oP oU od op ou ouri pU param() path pd pn pp pu rP rU=
    var rb[] rb()[] rc rd= re retcode rm rp= rr rs rt ru= ru_q= ruri= ruri.domain= ruri.user= si sp src_ip
    var tU td time() tn to to.domain to.user tt tu ua var()= xlog_level=
    var @2.4 Ri* Rp* af* fs* pr* proto* rT*
    var @3.4+ branch.flag()[]= hdr_name[] msg.flag()= msg.is_request msg.type route[] route.name[]
    var @3.4+ route.type[] socket_in socket_in(advertised_ip|advertised_port|af|anycast|ip|port|proto|tag)
    var @3.4+ socket_out= socket_out(advertised_ip|advertised_port|af|anycast|forced|ip|port|proto|tag)
    var @3.6+ challenge.algorithm! challenge.ck challenge.ik challenge.nonce challenge.opaque challenge.qop
    var @3.6+ challenge.realm msg.branch= msg.branch.attr()[]= msg.branch.duri[]= msg.branch.flag()[]=
    var @3.6+ msg.branch.flags[]= msg.branch.last_idx msg.branch.path[]= msg.branch.q[]=
    var @3.6+ msg.branch.socket[]= msg.branch.uri[]= return() sdp= sdp()= sdp.line()[]= sdp.session()[]=
    var @3.6+ sdp.stream()[]= sdp.stream.idx()
    var @4.0+ proxy_protocol*
    tr csv.count() csv.value(i) ip.family() ip.isip() ip.ntop() ip.pton() ip.resolve() nameaddr.len()
    tr nameaddr.name() nameaddr.param(s) nameaddr.params() nameaddr.uri() param.count() param.exist(s)
    tr param.name(i) param.value(s) param.valueat(i) re.subst(S) s.b64decode() s.b64encode() s.crc32()
    tr s.dec2hex() s.decode.hexa() s.encode.hexa() s.escape.common() s.escape.param() s.escape.user()
    tr s.fill.left(LL) s.fill.right(LL) s.hex2dec() s.index(si?) s.int() s.len() s.md5() s.rindex(si?)
    tr s.select(ic) s.substr(ii) s.tolower() s.toupper() s.trim() s.triml() s.trimr() s.unescape.common()
    tr s.unescape.param() s.unescape.user() s.width(i) s.xor(s) sdp.line(si?) uri.domain() uri.headers()
    tr uri.host() uri.lr() uri.maddr() uri.method() uri.param(s) uri.params() uri.passwd() uri.port()
    tr uri.r2() uri.schema() uri.transport() uri.ttl() uri.uparam() uri.user() via.branch() via.comment()
    tr via.domain() via.host() via.name() via.param(s) via.params() via.port() via.received() via.rport()
    tr via.transport() via.version()
    tr @3.4+ ip.isip4() ip.isip6() ip.isprivate() ip.matches(s) param.exists(s) s.eval() s.reverse()
    tr @3.4+ s.sha1() s.sha1_hmac(s) s.sha224() s.sha224_hmac(s) s.sha256() s.sha256_hmac(s) s.sha384()
    tr @3.4+ s.sha384_hmac(s) s.sha512() s.sha512_hmac(s) sdp.stream(s) sdp.stream-delete(s)
    tr @3.6+ s.date2unix()
    indexed nameaddr
    event E_CORE_LOG(time,#pid,level,module,function,prefix,message) @3.4+
    event E_CORE_PKG_THRESHOLD(#usage,#threshold,#used,#size,#pid)
    event E_CORE_PROC_AUTO_SCALE(group_type,group_filter,#group_load,scale,#process_id,#pid) @3.4+
    event E_CORE_SHM_THRESHOLD(#usage,#threshold,#used,#size)
    event E_CORE_SR_STATUS_CHANGED(group,identifier,#status,details,#old_status) @3.4+
    event E_CORE_TCP_DISCONNECT(src_ip,#src_port,dst_ip,#dst_port,proto) @3.4+
    event E_CORE_THRESHOLD(source,#time,extra)
    event E_PROFILING_PROC @4.0+
    event E_PROFILING_SCRIPT @4.0+
    mi @3.4+ add_blacklist_rule(name,rule;name,rule,expire)
    mi arg()
    mi cache_fetch(system,attr)
    mi cache_remove(system,attr)
    mi cache_store(system,attr,value;system,attr,value,expire)
    mi @3.4+ check_blacklist(name,ip;name,proto,ip;name,proto,ip,port;name,proto,ip,port,pattern)
    mi @3.4+ check_blacklists(ip;proto,ip;proto,ip,port;proto,ip,port,pattern)
    mi @3.4+ del_blacklist_rule(name,rule)
    mi event_subscribe(event,socket;event,socket,expire)
    mi events_list()
    mi get_statistics(statistics)
    mi help(;mi_cmd)
    mi kill()
    mi list_blacklists(;name)
    mi list_statistics(;statistics)
    mi list_tcp_conns()
    mi log_level(;level;level,pid)
    mi @3.4+ log_level_filter(consumer;consumer,level_filter)
    mi @3.4+ log_mute_state(consumer;consumer,mute_state)
    mi @3.4+ mem_pkg_dump(pid;pid,log_level)
    mi @3.4+ mem_rpm_dump(;log_level)
    mi @3.4+ mem_shm_dump(;log_level)
    mi ps()
    mi pwd()
    mi @3.4+ raise_event(event;event,params)
    mi @3.4+ reload_routes()
    mi @3.4+ reset_all_statistics()
    mi reset_statistics(statistics)
    mi shm_check()
    mi @3.4+ sr_get_status(group;group,identifier)
    mi @3.4+ sr_list_identifiers(;group)
    mi @3.4+ sr_list_reports(;group;group,identifier)
    mi @3.4+ sr_list_status(;group)
    mi subscribers_list(;event;event,socket)
    mi uptime()
    mi version(;revision)
    mi which(;command)
    mi @3.4+ xlog_level(;level)
    mi @4.0+ add_rule blacklists:add_rule blacklists:check blacklists:check_all blacklists:del_rule
    mi @4.0+ blacklists:list cache:fetch cache:remove cache:store check check_all close core:arg core:help
    mi @4.0+ core:kill core:log_level core:log_level_filter core:log_mute_state core:profiling_proc core:ps
    mi @4.0+ core:pwd core:reload_routes core:uptime core:version core:which core:xlog_level del_rule
    mi @4.0+ evi:list evi:raise evi:subscribe evi:subscribers fetch get identifiers list mem:pkg_dump
    mi @4.0+ mem:rpm_dump mem:shm_check mem:shm_dump mem_shm_check pkg_dump profiling_proc raise remove
    mi @4.0+ reports reset reset_all rpm_dump shm_dump statistics:get statistics:list statistics:reset
    mi @4.0+ statistics:reset_all status status_report:get status_report:identifiers status_report:reports
    mi @4.0+ status_report:status store subscribe subscribers tcp:close tcp:list
    stat core:rcv_requests core:rcv_replies core:fwd_requests core:fwd_replies core:drop_requests
    stat core:drop_replies core:err_requests core:err_replies core:bad_URIs_rcvd core:bad_msg_hdr
    stat core:slow_messages core:timestamp
    stat net:waiting_udp net:waiting_tcp net:waiting_tls
    stat rpmem:rpm_total_size rpmem:rpm_used_size rpmem:rpm_real_used_size rpmem:rpm_fragments
    stat rpmem:rpm_max_used_size rpmem:rpm_free_size
    stat shmem:total_size shmem:max_used_size shmem:free_size shmem:used_size shmem:real_used_size
    stat shmem:fragments
    """#
