// What the modules m to q export, release by release: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let moduleFactsMToQ: StaticString = #"""
    module mangler
    fn decode_contact()q 2.4=(0)
    fn decode_contact_header()qr 2.4=(0)
    fn encode_contact(ss)qr 2.4=(2)
    fn sdp_mangle_ip(ss)qr 2.4=(2)
    fn sdp_mangle_port(i)qr 2.4=(1)
    param string contact_flds_separator
    module mathops
    fn math_ceil(sv)* 2.4=(2)
    fn math_compare(ssv)* @3.4+
    fn math_eval(sv)* 2.4=(2)
    fn math_floor(sv)* 2.4=(2)
    fn math_round(svi?)* 2.4=(2/3)
    fn math_round_sf(svi?)* 2.4=(3)
    fn math_rpn(sv)* 2.4=(2)
    fn math_trunc(sv)* 2.4=(2)
    param int decimal_digits
    module maxfwd
    fn is_maxfwd_lt(i)qfb 2.4=(1)
    fn mf_process_maxfwd_header(i)q 2.4=(1)
    param int max_limit
    module media_exchange @3.4+
    needs abort tm dialog b2b_entities
    needs silent rtpproxy
    fn media_exchange_from_uri(ss?s?s?i?)*
    fn media_exchange_to_call(ssi?)qfrb
    fn media_fork_from_call(ss?i?s?)qfrb 3.4=(ss?i?)
    fn media_fork_pause(s?i?s?)* 3.4=(s?i?)
    fn media_fork_resume(s?i?s?)* 3.4=(s?i?)
    fn media_fork_to_uri(ss?s?i?s?)* 3.4=(ss?s?i?)
    fn media_handle_indialog()qrb
    fn media_terminate(s?i?s?)* 3.4=(s?i?)
    mi media_exchange_from_call_to_uri(callid,uri,leg;callid,uri,leg,headers;callid,uri,leg,nohold)
    mi media_exchange_from_call_to_uri(callid,uri,leg,headers,nohold)
    mi media_exchange_from_call_to_uri_body(callid,uri,leg,body;callid,uri,leg,body,headers)
    mi media_exchange_from_call_to_uri_body(callid,uri,leg,body,nohold;callid,uri,leg,body,headers,nohold)
    mi media_fork_from_call_to_uri(callid,uri;callid,uri,leg;callid,uri,headers;callid,uri,leg,headers)
    mi media_fork_from_call_to_uri(callid,uri,leg,instance;callid,uri,headers,instance)
    mi media_fork_from_call_to_uri(callid,uri,leg,headers,instance)
    mi media_terminate(callid;callid,leg;callid,nohold;callid,leg,nohold;callid,leg,instance)
    mi media_terminate(callid,nohold,instance;callid,leg,nohold,instance)
    mi @4.0+ fork_from_call_to_uri from_call_to_uri from_call_to_uri_body
    mi @4.0+ media_exchange:fork_from_call_to_uri media_exchange:from_call_to_uri
    mi @4.0+ media_exchange:from_call_to_uri_body media_exchange:terminate terminate
    module mediaproxy
    needs silent tm dialog
    fn end_media_session()qfrbl 2.4=(0)
    fn engage_media_proxy()q 2.4=(0)
    fn use_media_proxy()qfrbl 2.4=(0)
    param int disable mediaproxy_timeout
    param string ice_candidate ice_candidate_avp media_relay_avp mediaproxy_socket signaling_ip_avp
    module mi_datagram
    param int children_count socket_timeout unix_socket_mode
    param int @3.4+ pretty_printing
    param string socket_name trace_bwlist trace_destination
    param string|int unix_socket_group unix_socket_user
    param untyped @2.4 reply_indent
    param untyped @4.0+ socket_buf_size
    module mi_fifo
    param int fifo_mode
    param int @3.4+ pretty_printing
    param string fifo_name reply_dir trace_bwlist trace_destination
    param string|int fifo_group fifo_user
    param untyped @2.4 reply_indent
    module mi_html @3.4+
    needs abort httpd
    param int http_method
    param string root trace_bwlist trace_destination
    module mi_http
    needs abort httpd
    param int @3.4+ pretty_printing
    param string trace_bwlist trace_destination
    param string @3.4+ root
    param untyped @2.4 mi_http_method mi_http_root
    module mi_json @2.4
    param untyped mi_json_root trace_bwlist trace_destination
    module mi_script @3.4+
    fn mi(sv?a?a?)*
    async mi(sv?a?a?)
    param int pretty_printing
    param string trace_bwlist trace_destination
    module mi_xmlrpc @4.0+
    param untyped http_root trace_bwlist trace_destination
    module mi_xmlrpc_ng @2.4..3.6
    needs abort httpd
    param string http_root trace_bwlist trace_destination
    param untyped @2.4 format_version
    module mid_registrar
    needs abort usrloc signaling tm
    asks pn_enable=by_value
    fn mid_registrar_lookup(s!s?s?)q 2.4=(1/2/3)
    fn mid_registrar_save(s!s?s?i?s?)q 2.4=(1/2/3/4)
    async pn_process_purr(s!) @3.4+
    param int case_sensitive default_expires default_q disable_gruu max_contacts max_expires min_expires
    param int mode outgoing_expires retry_after
    param int @3.4+ allow_dup_cseq expires_max_deviation max_aor_len max_contact_len max_domain_len
    param int @3.4+ max_username_len pn_enable pn_enable_purr pn_pnsreg_interval pn_refresh_timeout
    param int @3.4+ pn_skip_pn_interval pn_trigger_interval
    param string contact_id_insertion contact_id_param extra_contact_params_avp gruu_secret realm_prefix
    param string received_avp received_param
    param string 2.4=string|int tcp_persistent_flag
    param string @3.4+ at_escape_str attr_avp pn_ct_match_params pn_providers
    module mmgeoip
    fn mmg_lookup(s?sa)* 2.4=(2/3)
    param func:string cache_type
    param string mmgeoip_city_db_path
    module mqueue @3.6+
    asks db_url=sqldb
    fn mq_add(sss)*
    fn mq_fetch(s)*
    fn mq_pv_free(s)*
    fn mq_size(s)*
    param func:string mqueue
    param string db_url
    var mq_size(?) mqk(?) mqv(?)
    mi mq_fetch(name;name,limit)
    mi mq_get_size(name)
    mi mq_get_sizes()
    mi @4.0+ fetch get_size get_sizes mqueue:fetch mqueue:get_size mqueue:get_sizes
    module msilo
    needs abort tm any:sqldb
    fn m_dump(s?i?)qstv 2.4=(0/1/2)
    fn m_store(s?)qf 2.4=(0/1)
    param int add_date check_time clean_period expire_time max_messages send_time use_contact
    param string contact_hdr content_type_hdr db_table db_url from_address offline_message outbound_proxy
    param string reminder sc_body sc_ctype sc_exp_time sc_from sc_inc_time sc_mid sc_snd_time sc_to
    param string sc_uri_host sc_uri_user snd_time_avp
    stat dumped_messages dumped_reminders failed_messages failed_reminders stored_messages
    module msrp_gateway @3.4+
    needs abort msrp_ua tm
    fn msg_to_msrp(ss)q
    fn msrp_gw_answer(sssss)q
    param int cleanup_interval hash_size message_timeout session_timeout
    event E_MSRP_GW_SETUP_FAILED(key,from_uri,to_uri,ruri,#code,reason)
    mi msrp_gw_end_session(key)
    mi msrp_gw_list_sessions()
    mi @4.0+ end_session list_sessions msrp_gateway:end_session msrp_gateway:list_sessions
    module msrp_relay @3.4+
    param func:string my_uri
    param int auth_expires auth_max_expires auth_min_expires calculate_ha1 cleanup_interval hash_size
    param int nonce_expire
    param string auth_realm auth_route dst_host_var dst_schema_var password_var realm_var socket_route
    param string username_var
    module msrp_ua @3.4+
    needs abort proto_msrp b2b_entities
    asks relay_uri=by_value
    fn msrp_ua_answer(s)q
    param int cleanup_interval hash_size max_duration
    param string advertised_contact my_uri relay_uri
    event E_MSRP_MSG_RECEIVED(session_id,content_type,body)
    event E_MSRP_REPORT_RECEIVED(session_id,message_id,status,byte_range)
    event E_MSRP_SESSION_END(from_uri,to_uri,ruri,session_id,content_types)
    event E_MSRP_SESSION_NEW(from_uri,to_uri,ruri,session_id,content_types)
    mi msrp_ua_end_session(session_id)
    mi msrp_ua_list_sessions()
    mi msrp_ua_send_message(session_id;session_id,failure_report;session_id,success_report)
    mi msrp_ua_send_message(session_id,failure_report,success_report;session_id,mime,body)
    mi msrp_ua_send_message(session_id,mime,body,failure_report;session_id,mime,body,success_report)
    mi msrp_ua_send_message(session_id,mime,body,failure_report,success_report)
    mi msrp_ua_start_session(content_types,from_uri,to_uri,ruri)
    mi @4.0+ end_session list_sessions msrp_ua:end_session msrp_ua:list_sessions msrp_ua:send_message
    mi @4.0+ msrp_ua:start_session send_message start_session
    module nat_traversal
    needs abort sl tm
    needs silent dialog
    fn client_nat_test(i)qfrbl 2.4=(1)
    fn fix_contact()qrbl 2.4=(0)
    fn nat_keepalive()q 2.4=(0)
    param int keepalive_interval
    param int @3.4+ cluster_id
    param string keepalive_extra_headers keepalive_from keepalive_method keepalive_state_file
    param string @3.4+ cluster_sharing_tag
    var keepalive.socket(?) nat_traversal.track_dialog= source_uri
    module nathelper
    asks natping_interval=by_value
    fn add_rcv_param(i?)q 2.4=(0/1)
    fn fix_nated_contact(s?)qrbl 2.4=(0/1) 4.0=(s?s?)
    fn fix_nated_register()q 2.4=(0)
    fn fix_nated_sdp(ss?s?)qfrbl 2.4=(1/2/3)
    fn nat_uac_test(s)qfrbl 2.4=(1)
    fn restore_nated_ruri @4.0+
    param func:string oldip_skip
    param int max_pings_lost natping_interval natping_partitions natping_tcp ping_nated_only ping_threshold
    param int @3.4+ cluster_id
    param string force_socket natping_socket nortpproxy_str received_avp sipping_from
    param string sipping_ignore_rpl_codes sipping_method
    param string 2.4=string|int remove_on_timeout_bflag sipping_bflag sipping_latency_flag
    param string @3.4+ cluster_sharing_tag
    mi @2.4..3.6 nh_enable_ping(;status)
    mi @4.0+ enable_ping nathelper:enable_ping
    module opentelemetry @4.0+
    param untyped enable exporter_endpoint log_level proc_profiling service_name use_batch
    mi enable opentelemetry:enable otel_enable
    module options
    needs abort signaling
    fn options_reply()q 2.4=(0)
    param string accept accept_encoding accept_language support
    module osp
    needs abort auth rr signaling tm
    fn checkcallingtranslation()b 2.4=(0)
    fn checkospheader()q 2.4=(0)
    fn checkosproute()q 2.4=(0)
    fn getlocaladdress()r 2.4=(0)
    fn prepareallosproutes()q 2.4=(0)
    fn prepareospresponse()q 2.4=(0)
    fn prepareosproute()b 2.4=(0)
    fn processsubscribe(s)q 2.4=(1)
    fn reportospusage(i)q 2.4=(1)
    fn requestosprouting()q 2.4=(0)
    fn setrequestdate()q 2.4=(0)
    fn validateospheader()q 2.4=(0)
    param int append_userphone enable_crypto_hardware_support export_npparameter_order max_destinations
    param int networkid_location parameterstring_location persistence report_networkid retry_delay
    param int retry_limit service_type sp10_weight sp11_weight sp12_weight sp13_weight sp14_weight
    param int sp15_weight sp16_weight sp1_weight sp2_weight sp3_weight sp4_weight sp5_weight sp6_weight
    param int sp7_weight sp8_weight sp9_weight ssl_lifetime support_nonsip_protocol switchid_location
    param int timeout token_format use_number_portability use_security_features validate_callid work_mode
    param string ca_certificates cnam_avp custom_info_avp destination_avp destination_media_avp device_ip
    param string extraheaders_value identity_avp local_certificate networkid_parameter parameterstring_value
    param string private_key reason_cause_avp reason_text_avp reason_type_avp request_date_avp
    param string sdp_fingerprint_avp service_provider_avp source_device_avp source_media_avp
    param string source_networkid_avp source_switchid_avp sp10_uri sp11_uri sp12_uri sp13_uri sp14_uri
    param string sp15_uri sp16_uri sp1_uri sp2_uri sp3_uri sp4_uri sp5_uri sp6_uri sp7_uri sp8_uri sp9_uri
    param string switchid_parameter user_group_avp user_id_avp
    module path
    asks use_received=by_value
    fn add_path(s?)q 2.4=(0/1)
    fn add_path_received(s?)q 2.4=(0/1)
    param int enable_double_path use_received
    module peering
    needs warn any:aaa
    fn verify_destination()qfbl 2.4=(0)
    fn verify_source()qfbl 2.4=(0)
    param int verify_destination_service_type verify_source_service_type
    param string aaa_url
    module perl
    needs abort signaling
    fn perl_exec(ss?)qfrb 2.4=(1/2)
    fn perl_exec_simple(ss?)* 2.4=(1/2)qfrb
    param string filename modpath
    param untyped @2.4 unsafemodfnc
    module permissions
    fn allow_register(s)qfl 2.4=(1/2)qf
    fn allow_routing(s?)qfl 2.4=(0/1/2)
    fn allow_uri(ss)qfblstv 2.4=(2)qfl
    fn check_address(isisv?s?s?)qfblstv 2.4=(4/5/6)qflstv
    fn check_source_address(iv?s?s?)qfbl 2.4=(1/2/3)qfl
    fn get_source_group(vs?)qfbl 2.4=(1)qfl
    param func:string partition
    param int check_all_branches
    param string address_table allow_suffix db_url default_allow_file default_deny_file deny_suffix grp_col
    param string info_col ip_col mask_col pattern_col port_col proto_col
    mi address_dump(;partition)
    mi address_reload(;partition)
    mi allow_uri(basename,uri,contact)
    mi subnet_dump(;partition)
    mi @4.0+ permissions:address_dump permissions:address_reload permissions:allow_uri
    mi @4.0+ permissions:subnet_dump
    module pi_http
    needs abort httpd
    param int pi_http_method
    param string framework pi_http_root
    mi pi_reload_tbls_and_cmds()
    mi @4.0+ pi_http:reload_tbls_and_cmds reload_tbls_and_cmds
    module pike
    fn pike_check_req()q 2.4=(0)
    param int pike_log_level remove_latency reqs_density_per_unit sampling_time_unit
    param string check_route
    event E_PIKE_BLOCKED(ip)
    mi @2.4..3.6 pike_list()
    mi @2.4..3.6 pike_rm(ip)
    mi @4.0+ list pike:list pike:rm rm
    module presence
    needs abort tm signaling
    asks cluster_id=by_value db_url=sqldb
    fn handle_publish(s?)q 2.4=(0/1)
    fn handle_subscribe(i?s?)q 2.4=(0/1/2)
    param int bla_fix_remote_target clean_period cluster_id db_update_period enable_sphere_check
    param int end_sub_on_timeout expires_offset fallback2db max_expires_publish max_expires_subscribe
    param int mix_dialog_presence notify_offline_body pres_htable_size subs_htable_size waiting_subs_daysno
    param string active_watchers_table bla_presentity_spec cluster_pres_events db_url presentity_table
    param string watchers_table
    param string 2.4=int cluster_federation_mode
    param string @3.4+ cluster_be_active_shtag contact_user
    param untyped @2.4 cluster_sharing_tags server_address
    event E_PRESENCE_EXPOSED(user,domain,event,#expires,old_etag,etag,body)
    event E_PRESENCE_PUBLISH(user,domain,event,#expires,old_etag,etag,body)
    mi cleanup()
    mi pres_expose(event;event,filter)
    mi pres_phtable_list()
    mi @2.4..3.6 refreshWatchers(presentity_uri,event,refresh_type)
    mi @3.4+ refresh_watchers(presentity_uri,event,refresh_type)
    mi subs_phtable_list(;from,to)
    mi @4.0+ expose phtable_list presence:cleanup presence:expose presence:phtable_list
    mi @4.0+ presence:refresh_watchers presence:subs_phtable_list
    mi @2.4 pres_list_sharing_tags pres_set_sharing_tag_active
    module presence_callinfo
    needs abort presence
    asks disable_dialog_support_for_sca=by_value
    fn sca_engage @4.0+
    fn sca_mute_branch @4.0+
    fn sca_set_called_line(s?)q 2.4=(0/1) 4.0=(s)qb
    fn sca_set_calling_line(s?)q @2.4..3.6 2.4=(0/1)
    fn sca_validate_invite_out @4.0+
    param int call_info_timeout_notification disable_dialog_support_for_sca line_hash_size
    param int line_seize_timeout_notification
    param untyped @4.0+ callee_spec_param caller_spec_param log_level
    mi @4.0+ list_lines presence_callinfo:list_lines presence_callinfo:release_line
    mi @4.0+ presence_callinfo:set_log_level release_line sca_list_lines sca_release_line sca_set_log_level
    mi @4.0+ set_log_level
    module presence_dfks @3.4+
    needs abort presence
    param string get_route set_route
    var dfks(?)=
    mi dfks_set_feature(presentity,feature,status;presentity,feature,status,values)
    mi dfks_set_feature(presentity,feature,status,route_param;presentity,feature,status,route_param,values)
    mi @4.0+ presence_dfks:set_feature set_feature
    module presence_dialoginfo
    needs abort presence
    param int force_single_dialog
    module presence_mwi
    needs abort presence
    module presence_reginfo @3.6+
    needs abort presence
    param int aggregate_presentities default_expires
    module presence_xcapdiff
    needs silent presence pua
    module presence_xml
    needs abort xcap signaling presence
    param func:string xcap_server
    param int force_active generate_offline_body pidf_manipulation
    param string pres_rules_auid pres_rules_filename
    module prometheus @3.4+
    needs abort httpd
    fn prometheus_declare_stat(ss?s?)q @3.6+
    fn prometheus_push_stat(is?s?)q @3.6+
    param func:string labels statistics
    param int group_mode
    param string delimiter group_label group_prefix prefix root
    param string @3.6+ script_route
    module proto_bin
    param int bin_async bin_async_local_write_timeout bin_async_max_postponed_chunks bin_max_msg_chunks
    param int bin_port bin_send_timeout
    param int @2.4..3.6 bin_async_local_connect_timeout
    module proto_bins @3.4+
    needs abort tls_mgm
    needs silent proto_hep
    param int bins_async bins_async_max_postponed_chunks bins_handshake_timeout bins_max_msg_chunks
    param int bins_port bins_send_timeout trace_on
    param int @3.4..3.6 bins_async_handshake_timeout bins_async_local_connect_timeout
    param string trace_destination
    mi tls_trace(;trace_mode)
    mi @4.0+ proto_bins:trace trace
    module proto_hep
    asks compressed_payload=by_value
    fn correlate(sssss)qfrbl 2.4=(5)
    param func:string hep_id
    param int compressed_payload hep_async hep_async_local_write_timeout hep_async_max_postponed_chunks
    param int hep_capture_id hep_max_msg_chunks hep_port hep_send_timeout homer5_on
    param int @2.4..3.6 hep_async_local_connect_timeout
    param int @3.6+ hep_max_retries hep_retry_cooldown
    param string homer5_delim
    module proto_ipsec @3.6+
    needs abort tm usrloc proto_udp proto_tcp
    fn ipsec_create(i?i?s?)r
    param int default_client_port default_server_port disable_deprecated_algorithms max_spi min_spi port
    param int temporary_timeout
    param string allowed_algorithms
    var ipsec(?) ipsec_ue(?)
    module proto_msrp @3.4+
    needs silent proto_hep
    param int cert_check_on_conn_reusage max_msg_chunks send_timeout tls_handshake_timeout trace_on
    param string trace_destination trace_filter_route
    mi msrp_trace(;trace_mode)
    mi @4.0+ proto_msrp:trace trace
    module proto_sctp
    param int sctp_port
    module proto_smpp @3.4+
    fn proto_init()q +internal
    fn send_smpp_message(ss?s?s?i?i?)qfb
    param int smpp_max_msg_chunks smpp_port smpp_send_timeout
    param string db_url dst_npi_col dst_ton_col ip_col name_col outbound_uri password_col port_col
    param string session_type_col smpp_table src_npi_col src_ton_col system_id_col system_type_col
    module proto_tcp builtin
    needs silent proto_hep
    param int tcp_async tcp_async_local_write_timeout tcp_async_max_postponed_chunks tcp_crlf_drop
    param int tcp_crlf_pingpong tcp_max_msg_chunks tcp_port tcp_send_timeout trace_on
    param int @2.4..3.6 tcp_async_local_connect_timeout
    param int @3.4..3.6 tcp_parallel_handling
    param string trace_destination trace_filter_route
    mi tcp_trace(;trace_mode)
    mi @4.0+ proto_tcp:trace trace
    module proto_tls
    needs abort tls_mgm
    needs silent proto_hep
    param int cert_check_on_conn_reusage tls_crlf_drop tls_crlf_pingpong tls_max_msg_chunks tls_port
    param int trace_on
    param int @3.4+ tls_async tls_async_max_postponed_chunks tls_handshake_timeout tls_send_timeout
    param int @3.4..3.6 tls_async_handshake_timeout tls_async_local_connect_timeout
    param string trace_destination trace_filter_route
    mi tls_trace(;trace_mode)
    mi @4.0+ proto_tls:trace trace
    module proto_udp builtin
    param int udp_port
    module proto_ws
    needs silent proto_hep
    param int trace_on ws_handshake_timeout ws_max_msg_chunks ws_port ws_send_timeout
    param int @3.4+ require_origin
    param string trace_destination trace_filter_route ws_resource
    mi ws_trace(;trace_mode)
    mi @4.0+ proto_ws:trace trace
    module proto_wss
    needs silent proto_hep
    param int cert_check_on_conn_reusage trace_on wss_handshake_timeout wss_max_msg_chunks wss_port
    param int @3.4+ require_origin wss_send_timeout wss_tls_handshake_timeout
    param string trace_destination trace_filter_route wss_resource
    mi wss_trace(;trace_mode)
    mi @4.0+ proto_wss:trace trace
    module pua
    needs abort any:sqldb
    fn pua_update_contact()q 2.4=(0)
    param int default_expires hash_size min_expires update_period
    param int @3.4+ cluster_id
    param string db_table db_url
    param string @3.4+ cluster_sharing_tag
    module pua_bla
    needs abort pua usrloc
    fn bla_handle_notify()q 2.4=(0)
    fn bla_set_flag()q 2.4=(0)
    param string default_domain header_name outbound_proxy presence_server server_address
    module pua_dialoginfo
    needs abort pua dialog tm
    fn dialoginfo_mute_branch(s?)b @3.4+
    fn dialoginfo_set(s?)q 2.4=(0/1)
    fn dialoginfo_set_branch_callee(s)b @3.4+
    param int caller_confirmed include_callid include_localremote include_tags osips_ps publish_on_trying
    param string callee_spec_param caller_spec_param nopublish_flag presence_server
    module pua_mi
    needs abort pua
    param string presence_server
    mi pua_publish(presentity_uri,expires,event_package;presentity_uri,expires,event_package,etag)
    mi pua_publish(presentity_uri,expires,event_package,extra_headers)
    mi pua_publish(presentity_uri,expires,event_package,content_type,body)
    mi pua_publish(presentity_uri,expires,event_package,etag,extra_headers)
    mi pua_publish(presentity_uri,expires,event_package,etag,content_type,body)
    mi pua_publish(presentity_uri,expires,event_package,extra_headers,content_type,body)
    mi pua_publish(presentity_uri,expires,event_package,etag,extra_headers,content_type,body)
    mi pua_subscribe(presentity_uri,watcher_uri,event_package,expires)
    mi @4.0+ pua_mi:publish pua_mi:subscribe publish subscribe
    module pua_reginfo @3.6+
    needs abort presence pua usrloc
    fn reginfo_handle_notify(s!)q
    fn reginfo_subscribe(si?)qr
    fn reginfo_update(s)qr
    param int publish_reginfo
    param string default_domain outbound_proxy server_address ul_domain ul_identities_key
    module pua_usrloc
    needs abort pua usrloc
    fn pua_set_publish()q 2.4=(0)
    param string default_domain entity_prefix presence_server
    module pua_xmpp
    needs abort tm xmpp pua
    fn pua_xmpp_notify()q 2.4=(0)
    fn pua_xmpp_req_winfo(si)q 2.4=(2)
    param string presence_server server_address
    module python
    fn python_exec(ss?)qfrb 2.4=(1/2)
    param string child_init_method mod_init_function script_name
    module qos
    needs abort dialog
    param string 2.4=string|int qos_flag
    module qrouting @3.4+
    needs abort any:sqldb tm dialog
    needs silent drouting
    fn qr_disable_dst(iss?)qfrbeltv
    fn qr_enable_dst(iss?)qfrbeltv
    fn qr_set_xstat(issss?i?)qfrbeltv
    param int decimal_digits history_span min_samples_acd min_samples_asr min_samples_ast min_samples_ccr
    param int min_samples_pdd sampling_interval
    param string algorithm db_url event_bad_dst_threshold extra_stats table_name
    event E_QROUTING_BAD_DST(partition,#rule_id,dst_name)
    mi qr_disable_dst(rule_id,dst_name;partition,rule_id,dst_name)
    mi qr_enable_dst(rule_id,dst_name;partition,rule_id,dst_name)
    mi qr_reload()
    mi qr_status(;partition;partition,rule_id;partition,rule_id,dst_name)
    mi @4.0+ disable_dst enable_dst qrouting:disable_dst qrouting:enable_dst qrouting:reload qrouting:status
    mi @4.0+ reload status
    """#
