// What the modules r to z export, release by release: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let moduleFactsRToZ: StaticString = #"""
    module rabbitmq @2.4..3.4
    fn rabbitmq_publish(ssss?v?v?)* 2.4=(3/4/6)
    param untyped server_id
    param untyped @3.4 use_tls
    module rabbitmq_consumer @3.4+
    asks use_tls=by_value
    param func:string connection_id
    param int connect_timeout retry_timeout use_tls
    module rate_cacher @3.4+
    asks clients_db_url=sqldb rates_db_url=sqldb vendors_db_url=sqldb
    fn cost_based_filtering(sissiv)* 4.0=(sissivi?)
    fn cost_based_ordering(sissiv)* 4.0=(sissivi?)
    fn get_client_price(sisvvvvv)*
    fn get_vendor_price(ssvvvvv)* 4.0=(ssvvvvvi?)
    param int clients_hash_size vendors_hash_size
    param string clients_db_table clients_db_url rates_db_table rates_db_url vendors_db_table vendors_db_url
    param untyped @4.0+ vendors_max_rates
    mi rc_addClient(name)
    mi rc_addVendor(name)
    mi rc_deleteClient(name)
    mi rc_deleteClientRate(name,wholesale)
    mi rc_deleteVendor(name)
    mi rc_deleteVendorRate(name)
    mi rc_getClientPrice(name,wholesale,number)
    mi rc_getVendorPrice(name,number)
    mi rc_reloadClientRate(name,wholesale,rateid)
    mi rc_reloadVendorRate(name,rateid)
    mi @4.0+ addClient addVendor deleteClient deleteClientRate deleteVendor deleteVendorRate getClientPrice
    mi @4.0+ getVendorPrice rate_cacher:addClient rate_cacher:addVendor rate_cacher:deleteClient
    mi @4.0+ rate_cacher:deleteClientRate rate_cacher:deleteVendor rate_cacher:deleteVendorRate
    mi @4.0+ rate_cacher:getClientPrice rate_cacher:getVendorPrice rate_cacher:reloadClientRate
    mi @4.0+ rate_cacher:reloadVendorRate reloadClientRate reloadVendorRate
    module ratelimit
    asks pipe_replication_cluster=by_value
    fn rl_check(sis?)qfrbeltv 2.4=(2/3)
    fn rl_dec_count(s)qfrbeltv 2.4=(1)
    fn rl_reset_count(s)qfrbeltv 2.4=(1)
    fn rl_values(ar?)* @3.6+
    param int expire_time hash_size limit_per_interval pipe_replication_cluster repl_buffer_threshold
    param int repl_timer_expire repl_timer_interval slot_period timer_interval window_size
    param string cachedb_url db_prefix default_algorithm
    param untyped @4.0+ bridge_repl_timer_expire bridge_repl_timer_interval bridge_replication
    var rl_count(?)
    mi @3.4+ rl_dump_pipe(pipe)
    mi rl_get_pid()
    mi rl_list(;pipe;filter;filter_out)
    mi rl_reset_pipe(pipe)
    mi rl_set_pid(ki,kp,kd)
    mi @4.0+ dump_pipe get_pid list ratelimit:dump_pipe ratelimit:get_pid ratelimit:list
    mi @4.0+ ratelimit:reset_pipe ratelimit:set_pid reset_pipe set_pid
    mi @2.4 rl_bin_status
    module regex
    fn pcre_match(ss)qfrblstv 2.4=(2)
    fn pcre_match_group(si?)qfrblstv 2.4=(1/2)
    param int group_max_size max_groups pcre_caseless pcre_dotall pcre_extended pcre_multiline
    param string file
    mi @3.6+ regex_match(string,pcre_regex)
    mi @3.6+ regex_match_group(string,group)
    mi regex_reload()
    mi @4.0+ match match_group regex:match regex:match_group regex:reload reload
    module registrar
    needs abort usrloc signaling
    needs silent tm
    asks pn_enable=by_value
    fn add_sock_hdr(s)qfrbl 2.4=(1)q
    fn is_contact_registered(s!s?s?s?)qfrbl 2.4=(1/2/3/4)
    fn is_ip_registered(s!s?vv?)qfrbl 2.4=(3)
    fn is_registered(s!s?)qfrbl 2.4=(1/2)
    fn lookup(s!s?s?)qfr 2.4=(1/2/3)qf
    fn remove(s!ss?s?s?s<branch>?)qr 2.4=(2/3/4) 3.4=(s!ss?s?s?)
    fn remove_ip_port(sis!s?)* @3.4+
    fn save(s!s?s?s?)qr 2.4=(1/2/3)
    async pn_process_purr(s!) @3.4+
    param int case_sensitive default_expires default_q disable_gruu max_contacts max_expires min_expires
    param int retry_after
    param int @3.4+ allow_dup_cseq expires_max_deviation max_aor_len max_contact_len max_domain_len
    param int @3.4+ max_username_len pn_enable pn_enable_purr pn_pnsreg_interval pn_refresh_timeout
    param int @3.4+ pn_skip_pn_interval pn_trigger_interval
    param string attr_avp gruu_secret mcontact_avp realm_prefix received_avp received_param sock_hdr_name
    param string 2.4=string|int tcp_persistent_flag
    param string @3.4+ pn_ct_match_params pn_providers
    stat accepted_regs default_expire max_contacts max_expires rejected_regs
    module rest_client
    needs silent tracer
    fn rest_append_hf(s)* 2.4=(1)
    fn rest_get(svv?v?)* 2.4=(2/3/4)
    fn rest_init_client_tls(s)* 2.4=(1)
    fn rest_post(sss?vv?v?)* 2.4=(4/5/6)
    fn rest_put(sss?vv?v?)* 2.4=(4/5/6)
    async rest_get(svv?v?) 2.4=(2/3/4)
    async rest_post(sss?vv?v?) 2.4=(4/5/6)
    async rest_put(sss?vv?v?) 2.4=(4/5/6)
    param int connect_poll_interval connection_timeout curl_timeout enable_expect_100 max_async_transfers
    param int ssl_verifyhost ssl_verifypeer
    param int @3.4+ curl_conn_lifetime curl_http_version max_transfer_size no_concurrent_connects
    param string ssl_capath
    tr @3.4+ rest.escape() rest.unescape()
    module rls
    needs abort tm signaling xcap pua presence
    fn rls_handle_notify()q 2.4=(0)
    fn rls_handle_subscribe()q 2.4=(0)
    param func:string rls_event
    param int clean_period hash_size max_expires to_presence_code waitn_time
    param string presence_server rlpres_table rlsubs_table xcap_root
    param string @3.4+ contact_user
    param untyped @2.4 server_address
    mi rls_update_subscriptions(presentity_uri)
    mi @4.0+ rls:update_subscriptions update_subscriptions
    module rr
    fn add_rr_param(s)qfb 2.4=(1)
    fn check_route_param(r)q 2.4=(1)
    fn is_direction(s)q 2.4=(1)
    fn loose_route()q 2.4=(0)
    fn record_route(s?)qfb 2.4=(0/1)
    fn record_route_preset(ss?)qfb 2.4=(1/2)
    param int add_username append_fromtag enable_double_rr enable_socket_mismatch_warning
    param string ?ENABLE_USER_CHECK ignore_user
    var rr_params
    module rtp.io @3.6+
    needs silent rtpproxy
    param func:string rtpproxy_args
    module rtp_relay @3.4+
    needs abort tm
    needs silent dialog b2b_logic
    fn rtp_relay_engage(si?)qfb
    param string @3.6+ route_answer route_copy_answer route_copy_delete route_copy_offer route_delete
    param string @3.6+ route_offer
    var rtp_relay(?)[]= rtp_relay_ctx(?)= rtp_relay_peer(?)[]=
    mi rtp_relay_list(;engine;engine,set;engine,node;engine,set,node)
    mi rtp_relay_update(;engine;engine,set;engine,set,node;engine,set,new_set;engine,set,new_node)
    mi rtp_relay_update(engine,set,new_set,new_node;engine,set,node,new_set;engine,set,node,new_node)
    mi rtp_relay_update(engine,set,node,new_set,new_node)
    mi rtp_relay_update_callid(callid;callid,flags;callid,engine;callid,engine,flags;callid,engine,set)
    mi rtp_relay_update_callid(callid,engine,set,flags;callid,engine,set,node;callid,engine,set,node,flags)
    mi @4.0+ list rtp_relay:list rtp_relay:update rtp_relay:update_callid update update_callid
    module rtpengine
    needs silent tm dialog rtp_relay
    asks db_url=sqldb
    fn rtpengine_answer(s?v?v?s?)* 2.4=(0/1/2/3)qfrbl
    fn rtpengine_block_dtmf(s?v?)* @3.4+
    fn rtpengine_block_media(s?v?)* @3.4+
    fn rtpengine_delete(s?v?)* 2.4=(0/1/2)qfrbl
    fn rtpengine_manage(s?v?v?s?)* 2.4=(0/1/2/3)qfrbl
    fn rtpengine_offer(s?v?v?s?)* 2.4=(0/1/2/3)qfrbl
    fn rtpengine_pause_recording(s?v?)* @3.6+
    fn rtpengine_play_dtmf(ss?v?)* @3.4+
    fn rtpengine_play_media(sv?v?)* @3.4+
    fn rtpengine_start_forwarding(s?v?)* @3.4+
    fn rtpengine_start_recording(s?v?)* 2.4=(0)qfrbl
    fn rtpengine_stop_forwarding(s?v?)* @3.4+
    fn rtpengine_stop_media(s?v?v?)* @3.4+ 3.4=(s?v?)
    fn rtpengine_stop_recording(s?v?)* @3.4+
    fn rtpengine_unblock_dtmf(s?v?)* @3.4+
    fn rtpengine_unblock_media(s?v?)* @3.4+
    fn rtpengine_use_set(i)* 2.4=(1)qfrbl
    async rtpengine_answer(s?v?v?s?) @3.6+
    async rtpengine_delete(s?v?) @3.6+
    async rtpengine_offer(s?v?v?s?) @3.6+
    param func:string rtpengine_sock
    param func:string @3.4+ notification_sock
    param func:string @3.6+ extra_failover_error
    param int rtpengine_disable_tout rtpengine_retr rtpengine_tout
    param int @3.4+ rtpengine_timer_interval
    param int @3.6+ ping_enabled
    param string db_table db_url extra_id_pv set_column setid_avp socket_column
    param string @3.4+ error_pv
    var rtpquery rtpstat(?)[]
    event E_RTPENGINE_NOTIFICATION(...) @3.4+
    event E_RTPENGINE_STATUS(socket,status,#set) @3.4+
    mi @2.4..3.6 rtpengine_enable(url,enable;url,enable,setid)
    mi @2.4..3.6 rtpengine_reload(;type)
    mi @2.4..3.6 rtpengine_show()
    mi teardown(callid)
    mi @4.0+ enable reload rtpengine:enable rtpengine:reload rtpengine:show rtpengine:teardown show
    module rtpproxy
    needs abort tm
    needs silent dialog rtp_relay
    asks db_url=sqldb
    fn rtpproxy_all_stats(ai?v?)qfrbl 2.4=(1/2/3)
    fn rtpproxy_answer(s?s?i?v?v?v?)qfrbl 2.4=(0/1/2/3/4/5) 4.0=(s?s?i?v?v?v?v?)
    fn rtpproxy_engage(s?s?i?v?v?)qfrbl 2.4=(0/1/2/3/4/5)qfbl
    fn rtpproxy_offer(s?s?i?v?v?v?)qfrbl 2.4=(0/1/2/3/4/5) 4.0=(s?s?i?v?v?v?v?)
    fn rtpproxy_start_recording(i?v?s?s?i?)qfrb 2.4=(0/1/2/3/4/5)
    fn rtpproxy_stats(vvvvi?v?)qfrbl 2.4=(4/5/6)
    fn rtpproxy_stop_stream2uac(i?v?)qrl 2.4=(0/1/2)qr
    fn rtpproxy_stop_stream2uas(i?v?)qrl 2.4=(0/1/2)qr
    fn rtpproxy_stream2uac(sii?v?)qrl 2.4=(2/3/4)qr
    fn rtpproxy_stream2uas(sii?v?)qrl 2.4=(2/3/4)qr
    fn rtpproxy_unforce(i?v?)qfrbl 2.4=(0/1/2)
    param func:string rtpp_notify_socket rtpproxy_sock
    param int default_set rtpproxy_autobridge rtpproxy_disable_tout rtpproxy_retr
    param int @3.4+ generated_sdp_port_max generated_sdp_port_min
    param string db_table db_url nortpproxy_str rtpp_socket_col rtpproxy_timeout set_id_col
    param string @3.4+ generated_sdp_media_ip
    param untyped @2.4 rtpproxy_tout
    event E_RTPPROXY_DTMF(digit,duration,volume,id,is_callid,stream) @3.4+
    event E_RTPPROXY_STATUS(socket,status)
    mi @2.4..3.6 rtpproxy_enable(url,enable;url,enable,setid)
    mi @2.4..3.6 rtpproxy_reload()
    mi @2.4..3.6 rtpproxy_show()
    mi @4.0+ enable reload rtpproxy:enable rtpproxy:reload rtpproxy:show show
    module script_helper
    needs abort rr sl tm
    asks use_dialog=by_value
    param func:string create_dialog_flags
    param int use_dialog
    param string sequential_route
    module seas @2.4
    fn as_relay_sl(1)q
    fn as_relay_t(1)q
    param untyped clusters jain_ping listen_sockets servlet_ping stats_socket
    module signaling
    needs silent tm sl
    fn send_reply(is)qfe 2.4=(2)
    var @3.4+ sig_local_totag
    module sip_i
    fn add_isup_part(s?s?)qfrbl 2.4=(0/1/2)
    param string country_code default_part_headers isup_mime_str param_subfield_separator
    var isup_msg_type isup_param(?)[]= isup_param_str(?)
    tr isup.param(LL?) isup.param.str(LL?)
    module sipcapture
    needs abort any:sqldb
    asks hep_capture_on=by_value
    fn hep_del(s)qfrbl 2.4=(1)
    fn hep_get(ssv?v?)qfrbl 2.4=(3/4)
    fn hep_relay()qfrbl 2.4=(0)
    fn hep_resume_sip()q 2.4=(0)
    fn hep_set(sss?s?)qfrbl 2.4=(2/4)
    fn report_capture(ss?i?)qfrbl 2.4=(1/2/3)
    fn sip_capture(s?s?s?s?)qfrbl 2.4=(0/1/2/3/4)
    async report_capture(ss?i?) 2.4=(1/2/3)
    async sip_capture(s?s?s?s?) 2.4=(0/1/2/3/4)
    param func:int raw_ipip_capture_on raw_moni_capture_on
    param int capture_on hep_capture_on max_async_queries promiscious_on raw_moni_bpf_on raw_sock_children
    param string auth_user_column authorization_column callid_aleg_column callid_column capture_node
    param string contact_ip_column contact_port_column contact_user_column content_type_column cseq_column
    param string date_column db_url destination_ip_column destination_port_column diversion_column
    param string family_column from_tag_column from_user_column hep_route id_column method_column
    param string micro_ts_column msg_column node_column originator_ip_column originator_port_column
    param string pid_user_column proto_column raw_interface raw_socket_listen reason_column
    param string reply_reason_column rtcp_table_name rtp_stat_column ruri_column ruri_user_column
    param string source_ip_column source_port_column table_name to_tag_column to_user_column type_column
    param string user_agent_column via_1_branch_column via_1_column
    var HEPVERSION hep_net(?)
    mi sip_capture(;capture_mode)
    mi @4.0+ capture sipcapture:capture
    stat captured_replies captured_requests
    module sipmsgops
    fn add_body_part(sss?)qfrbl 2.4=(2/3)
    fn append_body_to_reply(s)qfbe @3.6+
    fn append_hf(ss?)qfrbl 2.4=(1/2)
    fn append_time()qfbl 2.4=(0)
    fn append_to_reply(s)qfbe 2.4=(1)
    fn append_urihf(ss)qfb 2.4=(2)
    fn change_reply_status(is)r 2.4=(2)
    fn codec_delete(ss?)qfrbl 2.4=(1/2)
    fn codec_delete_except_re(r)qfrbl 2.4=(1)
    fn codec_delete_re(r)qfrbl 2.4=(1)
    fn codec_exists(ss?)qfrbl 2.4=(1/2)
    fn codec_exists_re(r)qfrbl 2.4=(1)
    fn codec_move_down(ss?)qfrbl 2.4=(1/2)
    fn codec_move_down_re(r)qfrbl 2.4=(1)
    fn codec_move_up(ss?)qfrbl 2.4=(1/2)
    fn codec_move_up_re(r)qfrbl 2.4=(1)
    fn get_glob_headers_values(svv)qfrbl @3.4+
    fn get_updated_body_part(s?v)qfrbl @3.4+
    fn has_body(s?)qfrbl 2.4=(0/1)
    fn has_body_part(s?)qfrbl 2.4=(0/1)
    fn has_totag()qfrbl @3.4+
    fn insert_hf(ss?)qfrbl 2.4=(1/2)
    fn is_audio_on_hold()qfrbl 2.4=(0)
    fn is_method(s)qfrbl 2.4=(1)
    fn is_present_hf(s)qfrbl 2.4=(1)
    fn is_privacy(s)qfrbl 2.4=(1)
    fn is_uri_user_e164(s)qfl @3.4+
    fn list_hdr_add_option(ss)qfrbl 2.4=(2)
    fn list_hdr_has_option(ss)qfrbl 2.4=(2)
    fn list_hdr_remove_option(ss)qfrbl 2.4=(2)
    fn remove_body_part(s?s?)qfrbl 2.4=(0/1/2)
    fn remove_hf(s)qfrbl 2.4=(1/2)
    fn remove_hf_glob(s)qfrbl @3.4+
    fn remove_hf_re(r)qfrbl @3.4+
    fn ruri_add_param(s)qfbl @3.4+
    fn ruri_del_param(s)qfbl @3.4+
    fn ruri_has_param(ss?)qfbl @3.4+
    fn ruri_tel2sip()qfbl @3.4+
    fn sip_to_json(v)qfrbl @3.6+
    fn sipmsg_validate(s?v?)qfrb 2.4=(0/1/2)
    fn stream_delete(rr?)qfrbl 2.4=(1)
    fn stream_exists(rr?)qfrbl 2.4=(1)
    module siprec
    needs abort tm dialog b2b_entities rtp_relay
    asks db_url=sqldb
    fn siprec_pause_recording(s?)* @3.4+ 3.4=()
    fn siprec_resume_recording(s?)* @3.4+ 3.4=()
    fn siprec_send_indialog(s?s?s?)* @3.6+
    fn siprec_start_recording(ss?)qr 2.4=(1/2/3/4/5/6)q 3.4=(s)
    fn siprec_stop_recording(s?)* @3.6+
    param string skip_failover_codes
    param untyped @2.4 media_port_max media_port_min
    var @3.4+ siprec(?)[]=
    event E_SIPREC_START(dlg_id,callid,dlg_callid,session_id,server,instance) @3.6+
    event E_SIPREC_STOP(dlg_id,callid,dlg_callid,session_id,server,instance) @3.6+
    module siptrace @2.4
    fn sip_trace(1/2/3/4)qfrbl
    param untyped callid_column date_column direction_column fromip_column fromport_column fromproto_column
    param untyped fromtag_column method_column msg_column status_column toip_column toport_column
    param untyped toproto_column trace_attrs_column trace_id trace_local_ip trace_on
    mi sip_trace
    stat traced_replies traced_requests
    module sl
    fn sl_reply_error()q 2.4=(0)
    fn sl_send_reply(is)qe 2.4=(2)
    param int enable_stats
    stat 1xx_replies 2xx_replies 3xx_replies 4xx_replies 5xx_replies 6xx_replies received_ACKs
    stat sent_err_replies sent_replies
    module sms @2.4
    fn sms_send_msg(0)q
    fn sms_send_msg_to_net(1)q
    param untyped default_net domain links max_sms_parts modems networks sms_report_type use_contact
    module sngtc
    needs abort dialog
    fn sngtc_callee_answer(ss)qr 2.4=(0/1/2)
    fn sngtc_caller_answer()qr 2.4=(0)
    fn sngtc_offer()qr 2.4=(0)
    module snmpstats
    needs silent usrloc dialog
    param func:int MsgQueueMajorThreshold MsgQueueMinorThreshold dlg_major_threshold dlg_minor_threshold
    param func:string sipEntityType snmpCommunity snmpgetPath
    module sockets_mgm @3.6+
    param func:int processes
    param int max_sockets
    param string advertised_column db_url flags_column socket_column table_name tag_column tos_column
    mi sockets_list()
    mi sockets_reload()
    mi @4.0+ list reload sockets_mgm:list sockets_mgm:reload
    module speeddial
    needs abort any:sqldb
    fn sd_lookup(ss?)q 2.4=(1/2)
    param int use_domain
    param string db_url domain_column domain_prefix new_uri_column sd_domain_column sd_user_column
    param string user_column
    module sql_cacher
    needs abort any:sqldb any:cachedb
    fn sql_cache_dump(sss^)* @3.6+
    param func:string cache_table
    param int full_caching_expire reload_interval sql_fetch_nr_rows
    param int @3.6+ bigint_to_str
    param string columns_delimiter pvar_delimiter spec_delimiter
    var sql_cached_value(?)
    mi sql_cacher_reload(id;id,key)
    mi @4.0+ reload sql_cacher:reload
    module sqlops @3.6+
    asks db_url=sqldb
    fn sql_avp_delete(s^s^i?)*
    fn sql_avp_load(s^s^i?s?)*
    fn sql_avp_store(s^s^i?)*
    fn sql_delete(ss?i?)*
    fn sql_insert(ssi?)*
    fn sql_query(ss^?i?)*
    fn sql_query_one(ss=^?i?)*
    fn sql_replace(ssi?)*
    fn sql_select(s?ss?s?s^?i?)*
    fn sql_select_one(s?s?ss?s=^i?)*
    fn sql_update(sss?i?)*
    async sql_query(ss^?i?)
    async sql_query_one(ss=^?i?)
    param func:string db_scheme db_url
    param int bigint_to_str ps_id_max_buf_len use_domain
    param string attribute_column domain_column type_column username_column usr_table uuid_column
    param string value_column
    module sst
    needs abort signaling dialog
    needs silent pua_dialoginfo
    fn sstCheckMin(i?)qr 2.4=(1)
    param int enable_stats min_se reject_to_small sst_interval
    param string 2.4=string|int sst_flag
    stat expired_sst
    module statistics
    fn reset_stat(s)qfrblstv 2.4=(1)
    fn stat_iter_init(ss)qfrblstv 2.4=(2)
    fn stat_iter_next(vvs)qfrblstv 2.4=(3)
    fn update_stat(si)qfrblstv 2.4=(2)
    fn update_stat_series(ssi)* @3.4+
    param func:string stat_groups variable
    param func:string @3.4+ stat_series_profile
    var stat(?)=
    module status_report @3.4+
    fn sr_add_report(ss)*
    fn sr_set_status(sis?)*
    param func:string script_sr_group
    module stir_shaken @3.4+
    fn stir_shaken_auth(ssssss?s?s^?)q
    fn stir_shaken_check()q
    fn stir_shaken_check_cert(s)q
    fn stir_shaken_disengagement(s)q @3.6+
    fn stir_shaken_verify(sv=v=s?s?)q
    param int auth_date_freshness e164_max_length e164_strict_mode require_date_hdr verify_date_freshness
    param string ca_dir ca_list crl_dir crl_list
    var identity(?)
    mi @3.6+ stir_shaken_ca_reload()
    mi @3.6+ stir_shaken_crl_reload()
    mi @4.0+ ca_reload crl_reload stir_shaken:ca_reload stir_shaken:crl_reload
    module stun
    param func:string alternate_ip alternate_port primary_ip primary_port
    param int @3.4+ use_listeners_as_primary
    module tcp_mgm @3.4+
    needs abort any:sqldb
    param string alias_mode_col attrs_col con_lifetime_col connect_timeout_col db_table db_url direction_col
    param string id_col keepalive_col keepcount_col keepidle_col keepinterval_col local_addr_col
    param string local_port_col msg_read_timeout_col no_new_conn_col priority_col proto_col remote_addr_col
    param string remote_port_col send_threshold_col
    param string @3.4..3.6 parallel_read_col
    mi tcp_reload()
    mi @4.0+ reload tcp_mgm:reload
    module textops
    fn replace(rs)qfrbl 2.4=(2)
    fn replace_all(rs)qfrbl 2.4=(2)
    fn replace_body(rs)qfrbl 2.4=(2)
    fn replace_body_all(rs)qfrbl 2.4=(2)
    fn replace_body_atonce(rs)qfrbl 2.4=(2)
    fn search(r)qfrbl 2.4=(1)
    fn search_append(rs)qfrbl 2.4=(2)
    fn search_append_body(rs)qfrbl 2.4=(2)
    fn search_body(r)qfrbl 2.4=(1)
    fn subst(s^)qfrbl 2.4=(1)
    fn subst_body(s^)qfrbl 2.4=(1)
    fn subst_uri(s^)qfrb 2.4=(1)
    fn subst_user(s^)qfrb 2.4=(1)
    module tls_mgm
    needs silent tls_openssl tls_wolfssl
    fn is_peer_verified()q 2.4=(0)
    fn load_tls_mgm()* @3.4+ +internal
    param func:string ca_dir ca_list certificate ciphers_list client_domain crl_check_all crl_dir dh_params
    param func:string ec_curve private_key require_cert server_domain tls_method verify_cert
    param func:string @3.4+ match_ip_address match_sip_domain
    param string ca_dir_col ca_list_col certificate_col ciphers_list_col crl_check_all_col crl_dir_col
    param string db_table db_url dh_params_col domain_col ec_curve_col private_key_col require_cert_col
    param string tls_method_col verify_cert_col
    param string @3.4+ client_sip_domain_avp client_tls_domain_avp match_ip_address_col match_sip_domain_col
    param string @3.4+ tls_library
    param untyped @2.4 address_col client_domain_avp tls_handshake_timeout tls_send_timeout
    var tls_cipher_bits tls_cipher_info tls_description tls_my_issuer tls_my_issuer_cn tls_my_issuer_country
    var tls_my_issuer_locality tls_my_issuer_organization! tls_my_issuer_state tls_my_issuer_unit
    var tls_my_san_email tls_my_san_hostname tls_my_san_ip tls_my_san_uri tls_my_serial tls_my_subject
    var tls_my_subject_cn tls_my_subject_country tls_my_subject_locality tls_my_subject_organization!
    var tls_my_subject_serial tls_my_subject_state tls_my_subject_unit tls_my_version tls_peer_expired
    var tls_peer_issuer tls_peer_issuer_cn tls_peer_issuer_country tls_peer_issuer_locality
    var tls_peer_issuer_organization! tls_peer_issuer_state tls_peer_issuer_unit tls_peer_notAfter!
    var tls_peer_notBefore! tls_peer_revoked tls_peer_san_email tls_peer_san_hostname tls_peer_san_ip
    var tls_peer_san_uri tls_peer_selfsigned tls_peer_serial tls_peer_subject tls_peer_subject_cn
    var tls_peer_subject_country tls_peer_subject_locality tls_peer_subject_organization!
    var tls_peer_subject_serial tls_peer_subject_state tls_peer_subject_unit tls_peer_verified
    var tls_peer_version tls_version
    mi tls_list()
    mi tls_reload()
    mi @4.0+ list reload tls_mgm:list tls_mgm:reload
    module tls_openssl @3.4+
    fn load_tls_openssl()* +internal
    module tls_wolfssl @3.4+
    fn load_tls_wolfssl()* +internal
    param untyped @4.0+ try_use_ktls
    module tm
    asks tm_replication_cluster=by_value
    context reply request
    fn t_add_cancel_reason(s)q 2.4=(1)
    fn t_add_hdrs(s)q 2.4=(1)
    fn t_anycast_replicate()q 2.4=(0)
    fn t_cancel_branch(s?)r 2.4=(0/1)
    fn t_check_status(r)qfrb 2.4=(1)
    fn t_check_trans()qb 2.4=(0)
    fn t_flush_flags()qb 2.4=(0)
    fn t_get_branch_idx_by_attr(ss?i?v?i?)frb @3.6+
    fn t_inject_branches(ss?)qr 2.4=(1/2)q
    fn t_local_replied(s)qfrb 2.4=(1)
    fn t_new_request(sssss?s?)* 2.4=(4/5/6)qfrbl
    fn t_newtran()q 2.4=(0)
    fn t_on_branch(s<b>)qfrb 2.4=(1)
    fn t_on_failure(s<f>)qfrbl 2.4=(1)
    fn t_on_reply(s<r>)qfrbl 2.4=(1)
    fn t_relay(s?s?)qf 2.4=(0/1/2)
    fn t_replicate(ss?)qf 2.4=(1/2)q
    fn t_reply(is)qf 2.4=(2)
    fn t_reply_by_callid(iss?s?)q @3.4+
    fn t_reply_with_body(iss)qf 2.4=(3)q
    fn t_wait_for_new_branches(i?)q 2.4=(0)
    fn t_wait_no_more_branches()qfrb @3.4+
    fn t_was_cancelled()qfrb 2.4=(0)fr
    fn t_write_req(ss)qfb 2.4=(2)
    fn t_write_unix(ss)qfb 2.4=(2)
    param func:string tw_append
    param int T1_timer T2_timer auto_100trying cluster_auto_cancel delete_timer disable_6xx_block
    param int enable_stats fr_inv_timeout fr_timeout onreply_avp_mode pass_provisional_replies
    param int restart_fr_on_each_reply ruri_matching syn_branch timer_partitions tm_replication_cluster
    param int unix_tx_timeout via1_matching wt_timer
    param string cluster_param
    param string 2.4=string|int minor_branch_flag
    param string @3.6+ local_reply_route local_request_route
    param untyped @2.4 fr_inv_timer fr_timer
    var T_branch_idx T_fr_inv_timeout= T_fr_timeout= T_id T_reply_code T_ruri bavp(?)[]=
    var @3.6+ T_branch_last_reply_code[] tm.branch.attr(?)[]= tm.branch.duri[] tm.branch.flag(?)[]=
    var @3.6+ tm.branch.flags[] tm.branch.last_received[] tm.branch.path[] tm.branch.q[] tm.branch.socket[]
    var @3.6+ tm.branch.type[] tm.branch.uri[]
    mi t_hash()
    mi t_reply(code,reason,trans_id,to_tag;code,reason,trans_id,to_tag,new_headers)
    mi t_reply(code,reason,trans_id,to_tag,body;code,reason,trans_id,to_tag,new_headers,body)
    mi t_uac_cancel(callid,cseq)
    mi t_uac_dlg(method,ruri,headers;method,ruri,headers,next_hop;method,ruri,headers,socket)
    mi t_uac_dlg(method,ruri,headers,body;method,ruri,headers,next_hop,socket)
    mi t_uac_dlg(method,ruri,headers,next_hop,body;method,ruri,headers,socket,body)
    mi t_uac_dlg(method,ruri,headers,next_hop,socket,body)
    mi @4.0+ hash reply tm:hash tm:reply tm:uac_cancel tm:uac_dlg uac_cancel uac_dlg
    stat 2xx_transactions 3xx_transactions 4xx_transactions 5xx_transactions 6xx_transactions
    stat UAC_transactions UAS_transactions inuse_transactions local_replies received_replies relayed_replies
    stat @3.4+ cluster_cancel_recv cluster_cancel_sent cluster_reply_recv cluster_reply_sent
    stat @3.4+ cluster_request_recv cluster_request_sent retransmission_req_T1_1 retransmission_req_T1_2
    stat @3.4+ retransmission_req_T1_3 retransmission_req_T2 retransmission_rpl_T2 timeout_finalresponse
    stat @3.4+ timeout_finalresponse_inv
    module topology_hiding
    needs abort tm
    needs silent dialog
    asks force_dialog=by_value
    fn topology_hiding(s?s?)q 2.4=(0/1) 3.4=(s?)
    fn topology_hiding_match(s?)q 2.4=(0/1)
    param int force_dialog
    param string th_callid_passwd th_callid_prefix th_contact_encode_param th_contact_encode_passwd
    param string th_passed_contact_params th_passed_contact_uri_params
    param string @3.4+ th_contact_encode_scheme
    param string @3.6+ th_contact_callee_username_var th_contact_caller_username_var
    param untyped @4.0+ th_callid_loop_protection
    var TH_callee_callid
    module tracer @3.4+
    asks trace_id=by_value
    fn trace(ss?s?s?s?s?)qfrbl
    param func:string syslog_default_facility trace_id
    param int file_mode syslog_default_level trace_on
    param string callid_column date_column direction_column fromip_column fromport_column fromproto_column
    param string fromtag_column method_column msg_column status_column toip_column toport_column
    param string toproto_column trace_attrs_column trace_local_ip
    mi trace(;id;mode;id,mode)
    mi trace_start(id,uri;id,uri,filter;id,uri,filter,scope,type)
    mi trace_stop(id)
    mi @4.0+ start stop tracer:start tracer:stop tracer:trace
    stat traced_replies traced_requests
    module trie @3.6+
    needs abort any:sqldb
    fn trie_search(ss?v?v?s?)qfrbl
    param int no_concurrent_reload use_partitions
    param string db_partitions_table db_partitions_url db_url extra_prefix_chars trie_table
    mi trie_number_delete(partition_name,number)
    mi trie_number_upsert(partition_name,number,attrs)
    mi trie_reload(;partition_name)
    mi trie_reload_status(;partition_name)
    mi trie_search(number;partition_name,number)
    mi @4.0+ number_delete number_upsert reload reload_status search trie:number_delete trie:number_upsert
    mi @4.0+ trie:reload trie:reload_status trie:search
    module uac
    needs abort tm
    needs silent dialog uac_auth
    asks restore_mode=by_value
    fn uac_auth(s?)qfb 2.4=(0)f
    fn uac_inc_cseq(i)qfb @3.6+
    fn uac_replace_from(s?s)qfb 2.4=(1/2)
    fn uac_replace_to(s?s)qfb 2.4=(1/2)
    fn uac_restore_from()qfb 2.4=(0)
    fn uac_restore_to()qfb 2.4=(0)
    param int force_dialog
    param string restore_mode restore_passwd rr_from_store_param rr_to_store_param
    module uac_auth
    param func:string credential
    param string auth_password_avp auth_realm_avp auth_username_avp
    module uac_redirect
    needs abort tm
    needs silent acc
    fn get_redirects(i?i?)f 2.4=(1/2)
    fn set_accept_filter(rs)f 2.4=(2)
    fn set_deny_filter(rs)f 2.4=(2)
    param string accept_filter default_filter deny_filter
    param untyped @2.4 acc_db_table acc_function
    module uac_registrant
    needs abort tm uac_auth
    asks enable_clustering=by_value
    param int default_expires hash_size timer_interval
    param int @3.4+ enable_clustering
    param int @3.6+ failure_retry_interval
    param string aor_column binding_URI_column binding_params_column db_url expiry_column
    param string forced_socket_column password_column proxy_column registrar_column table_name
    param string third_party_registrant_column username_column
    param string @3.4+ cluster_shtag_column state_column
    param untyped @4.0+ reregister_expiry_percentage
    event E_REGISTRANT_AUTHENTICATING @4.0+
    event E_REGISTRANT_AUTHENTICATING_UNREGISTER @4.0+
    event E_REGISTRANT_INTERNAL_ERROR @4.0+
    event E_REGISTRANT_REGISTERED @4.0+
    event E_REGISTRANT_REGISTERING @4.0+
    event E_REGISTRANT_REGISTER_TIMEOUT @4.0+
    event E_REGISTRANT_REGISTRAR_ERROR @4.0+
    event E_REGISTRANT_UNREGISTERING @4.0+
    event E_REGISTRANT_WRONG_CREDENTIALS @4.0+
    mi @3.4+ reg_disable(aor,contact,registrar)
    mi @3.4+ reg_enable(aor,contact,registrar)
    mi @3.6+ reg_force_register(aor,contact,registrar)
    mi reg_list(;aor,contact,registrar)
    mi reg_reload(;aor,contact,registrar)
    mi @4.0+ delete disable enable force_register list reg_delete reg_upsert reload uac_registrant:delete
    mi @4.0+ uac_registrant:disable uac_registrant:enable uac_registrant:force_register uac_registrant:list
    mi @4.0+ uac_registrant:reload uac_registrant:upsert upsert
    module uri @2.4
    fn aaa_does_uri_exist(0/1)ql
    fn aaa_does_uri_user_exist(0/1)ql
    fn add_uri_param(1)q
    fn check_from(0)q
    fn check_to(0)q
    fn db_check_from(0)q
    fn db_check_to(0)q
    fn db_does_uri_exist(0)qfbl
    fn db_get_auth_id(3)ql
    fn del_uri_param(1)qfbl
    fn does_uri_exist(0/1)ql
    fn does_uri_user_exist(0/1)ql
    fn get_auth_id(3)ql
    fn has_totag(0)qfrbl
    fn is_uri_user_e164(1)qfbl
    fn is_user(1)ql
    fn tel2sip(0)qfbl
    fn uri_param(1/2)qfbl
    param untyped aaa_url db_table db_url domain_column service_type uriuser_column use_domain
    param untyped use_sip_uri_host use_uri_table user_column
    stat negative_checks positive%20checks
    module userblacklist
    needs abort any:sqldb
    fn check_blacklist(s)qf 2.4=(1)
    fn check_user_blacklist(sss?s?)qf 2.4=(2/3/4)
    param int use_domain
    param string db_table db_url
    mi reload_blacklist()
    mi @4.0+ reload userblacklist:reload
    module usrloc
    asks cachedb_url=cachedb cluster_mode=by_value db_mode=by_value location_cluster=by_value
    asks restart_persistency=by_value working_mode_preset=by_value
    fn ul_add_key(s!sss?)* @3.6+
    fn ul_del_key(s!ss)* @3.6+
    fn ul_get_key(s!ssv)* @3.6+
    param func:int @2.4..3.6 shared_pinging
    param int cseq_delay desc_time_order hash_size latency_event_min_us latency_event_min_us_delta
    param int location_cluster matching_mode max_contact_delete mi_dump_kv_store regen_broken_contactid
    param int skip_replicated_db_ops timer_interval use_domain
    param int @2.4..3.6 db_mode
    param int @3.4+ contact_refresh_timer
    param int @3.6+ ha_cluster
    param string attr_column cachedb_url callid_column cflags_column cluster_mode contact_column
    param string contact_id_column cseq_column db_url domain_column expires_column flags_column
    param string kv_store_column methods_column path_column q_column received_column restart_persistency
    param string sip_instance_column socket_column sql_write_mode user_agent_column user_column
    param string working_mode_preset
    param string 2.4=string|int nat_bflag
    param string @3.4+ pinging_mode
    param string @3.6+ ha_shtag
    event E_UL_AOR_DELETE(domain,aor)
    event E_UL_AOR_INSERT(domain,aor)
    event E_UL_CONTACT_DELETE(domain,aor,uri,received,path,#qval,user_agent,socket,#bflags,#expires,callid,#cseq,attr,#latency,shtag)
    event E_UL_CONTACT_INSERT(domain,aor,uri,received,path,#qval,user_agent,socket,#bflags,#expires,callid,#cseq,attr,#latency,shtag)
    event E_UL_CONTACT_REFRESH(domain,aor,uri,received,user_agent,socket,#bflags,#expires,callid,attr,shtag,reason,req_callid) @3.4+
    event E_UL_CONTACT_UPDATE(domain,aor,uri,received,path,#qval,user_agent,socket,#bflags,#expires,callid,#cseq,attr,#latency,shtag)
    event E_UL_LATENCY_UPDATE(domain,aor,uri,received,path,#qval,user_agent,socket,#bflags,#expires,callid,#cseq,attr,#latency,shtag)
    mi ul_add(table_name,aor,contact,expires,q,flags,cflags,methods)
    mi ul_cluster_sync()
    mi ul_dump(;brief)
    mi ul_flush()
    mi ul_rm(table_name,aor)
    mi ul_rm_contact(table_name,aor,contact)
    mi ul_show_contact(table_name,aor)
    mi ul_sync(table_name;table_name,aor)
    mi @4.0+ add cluster_sync dump flush rm rm_contact show_contact sync usrloc:add usrloc:cluster_sync
    mi @4.0+ usrloc:dump usrloc:flush usrloc:rm usrloc:rm_contact usrloc:show_contact usrloc:sync
    stat registered_users
    module uuid @3.4+
    fn uuid(v=i?s?s?)*
    var uuid
    module xcap
    needs abort any:sqldb
    param int integrated_xcap_server
    param string db_url xcap_table
    module xcap_client
    needs abort xcap
    needs silent any:sqldb
    param int periodical_query query_period
    mi refreshXcapDoc(doc_uri,port)
    mi @4.0+ xcap_client:refreshXcapDoc
    module xml
    var xml(?)=
    module xmpp
    needs abort tm
    fn bind_xmpp()* @3.4+ +internal
    fn xmpp_send_message()q 2.4=(0)
    param int xmpp_port
    param string backend outbound_proxy sip_domain xmpp_domain xmpp_host xmpp_password
    """#
