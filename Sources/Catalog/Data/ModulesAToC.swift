// What the modules a to c export, release by release: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let moduleFactsAToC: StaticString = #"""
    module aaa_diameter @3.4+ aaa
    fn dm_send_answer(si?)v @3.6+
    fn dm_send_request(iisv?)*
    async dm_send_request(iisv?) @3.6+
    param int answer_timeout fd_log_level
    param string aaa_url peer_identity realm
    param untyped @4.0+ max_json_log_size
    event E_DM_REQUEST(sess_id,#app_id,#cmd_code,avps_json,_fdmsg_) @3.6+
    mi @4.0+ aaa_diameter:fd_log_level
    mi fd_log_level
    module aaa_radius aaa
    fn radius_send_acct(s)* 2.4=(1)
    fn radius_send_auth(ss)* 2.4=(2)
    async radius_send_acct(s) ?RADIUS_ASYNC_SUPPORT 2.4=(1)
    async radius_send_auth(ss) ?RADIUS_ASYNC_SUPPORT 2.4=(2)
    param func:string sets
    param int fetch_all_values
    param string radius_config syslog_name
    module acc
    needs abort tm
    needs silent dialog
    asks aaa_url=by_value db_url=sqldb detect_direction=by_value
    fn acc_aaa_request(s)qfbl 2.4=(1)
    fn acc_db_request(ss)qfbl 2.4=(2)
    fn acc_evi_request(s)qfbl 2.4=(1)
    fn acc_load_ctx_from_dlg()* @3.4+
    fn acc_log_request(s)qfbl 2.4=(1)
    fn acc_new_leg()qfbl 2.4=(0)
    fn acc_unload_ctx_from_dlg()* @3.4+
    fn do_accounting(ss?s?)qfbl 2.4=(1/2/3)
    fn drop_accounting(s?s?)qfbl 2.4=(0/1/2)
    param func:string extra_fields leg_fields
    param int detect_direction early_media log_level report_cancels service_type
    param string aaa_url acc_callid_column acc_from_tag_column acc_method_column acc_sip_code_column
    param string acc_sip_reason_column acc_time_column acc_to_tag_column db_table_acc db_table_avp
    param string db_table_missed_calls db_url log_facility
    param untyped @2.4 acc_created_avp_name
    var acc_current_leg acc_extra(?)= acc_leg(?)[]=
    event E_ACC_CDR(method,from_tag,to_tag,callid,sip_code,sip_reason,#time,#duration,#ms_duration,#setuptime,#created,...)
    event E_ACC_EVENT(method,from_tag,to_tag,callid,sip_code,sip_reason,#time,...)
    event E_ACC_MISSED_EVENT(method,from_tag,to_tag,callid,sip_code,sip_reason,#time,#setuptime,#created,...)
    module aka_av_diameter @3.6+
    needs abort auth_aka aaa_diameter
    param string aaa_url realm server_uri
    module alias_db
    needs abort any:sqldb
    fn alias_db_find(ssv=s?)qfrbls 2.4=(3/4)
    fn alias_db_lookup(ss?)qf 2.4=(1/2)
    param int append_branches
    param string alias_domain_column alias_user_column db_url domain_column domain_prefix user_column
    module auth
    needs abort signaling
    fn append_rpid_hf(s?s?)qfb 2.4=(0/2)
    fn consume_credentials()q 2.4=(0)
    fn is_rpid_user_e164()q 2.4=(0)
    fn proxy_challenge(ss?s?)q 2.4=(2)
    fn pv_proxy_authorize(s)q 2.4=(1)
    fn pv_www_authorize(s)q 2.4=(1)
    fn www_challenge(ss?s?)q 2.4=(2)
    param int calculate_ha1 disable_nonce_check nonce_expire
    param string password_spec realm_prefix rpid_avp rpid_prefix rpid_suffix secret username_spec
    module auth_aaa
    needs warn any:aaa
    asks aaa_url=by_value
    fn aaa_does_uri_exist(s?)ql @3.4+
    fn aaa_does_uri_user_exist(s?)ql @3.4+
    fn aaa_proxy_authorize(ss?)q 2.4=(1/2)
    fn aaa_www_authorize(ss?)q 2.4=(1/2)
    param int @3.4+ auth_service_type check_service_type
    param string aaa_url
    param string 2.4=string|int use_ruri_flag
    param string @3.6+ digest_qop_name
    param untyped @2.4 service_type
    module auth_aka @3.6+
    needs abort auth
    fn aka_av_add(sssssss?)*
    fn aka_av_drop(sss)*
    fn aka_av_drop_all(ssv=?)*
    fn aka_av_fail(ssi?)*
    fn aka_proxy_authorize(s?)q
    fn aka_proxy_challenge(s?s?s?s?)q
    fn aka_www_authorize(s?)q
    fn aka_www_challenge(s?s?s?s?)q
    async aka_proxy_challenge(s?s?s?s?)
    async aka_www_challenge(s?s?s?s?)
    param int async_timeout hash_size sync_timeout
    param string default_algorithm default_av_mgm default_qop
    mi aka_av_add(public_identity,private_identity,authenticate,authorize,confidentiality-key,integrity-key)
    mi aka_av_add(public_identity,private_identity,authenticate,authorize,confidentiality-key,integrity-key,algorithms)
    mi aka_av_drop(public_identity,private_identity,authenticate)
    mi aka_av_drop_all(public_identity,private_identity)
    mi aka_av_fail(public_identity,private_identity;public_identity,private_identity,count)
    mi @4.0+ auth_aka:av_add auth_aka:av_drop auth_aka:av_drop_all auth_aka:av_fail av_add av_drop
    mi @4.0+ av_drop_all av_fail
    module auth_db
    needs abort auth
    asks db_url=sqldb
    fn db_does_uri_exist(ss)qfl @3.4+
    fn db_get_auth_id(ssv=v=)qfl @3.4+
    fn db_is_from_authorized(s)q @3.4+
    fn db_is_to_authorized(s)q @3.4+
    fn proxy_authorize(ss)q 2.4=(2)
    fn www_authorize(ss)q 2.4=(2)
    param int calculate_ha1 skip_version_check use_domain
    param string db_url domain_column load_credentials password_column user_column
    param string @3.4+ hash_column_sha256 hash_column_sha512t256 uri_domain_column uri_uriuser_column
    param string @3.4+ uri_user_column
    param untyped @2.4 password_column_2
    module auth_jwt @3.4+
    asks db_url=sqldb
    fn extract_pub_key_from_cert(sv=)q
    fn extract_pub_key_from_exp_mod @4.0+
    fn jwt_db_authorize(sv=v=)q
    fn jwt_script_authorize(ssv=)q
    param int db_mode
    param string db_url end_ts_column load_credentials profiles_table secret_column secret_tag_column
    param string secrets_table start_ts_column tag_claim tag_column username_column
    module auth_web3 @4.0+
    fn web3_proxy_authenticate
    fn web3_www_authenticate
    param untyped authentication_contract_address authentication_rpc_url contract_debug_mode
    param untyped ens_registry_address ens_rpc_url rpc_timeout
    module avpops @2.4..3.4
    fn avp_check(s^s^)qfrblstv 2.4=(2)
    fn avp_copy(s^s^)qfrblstv 2.4=(2)
    fn avp_db_delete(ssi?)qfrblstv 2.4=(2/3)
    fn avp_db_load(ssi?s?)qfrblstv 2.4=(2/3/4)
    fn avp_db_query(ss?i?)qfrblstv 2.4=(1/2/3)
    fn avp_db_store(ssi?)qfrblstv 2.4=(2/3)
    fn avp_delete(s^)qfrblstv 2.4=(1)
    fn avp_insert(s^s^s^)qfrblstv @2.4
    fn avp_op(s^s^)qfrblstv 2.4=(2)
    fn avp_print()qfrblstv 2.4=(0)
    fn avp_pushto(s^s^)qfrblstv 2.4=(2)
    fn avp_shuffle(s^)qfrblstv @3.4
    fn avp_subst(s^s^)qfrblstv 2.4=(2)
    fn is_avp_set(s^)qfrblstv 2.4=(1)
    async avp_db_query(ss?i?) 2.4=(1/2/3)
    param untyped attribute_column avp_table db_scheme db_url domain_column type_column use_domain
    param untyped username_column uuid_column value_column
    param untyped @2.4 buf_size
    module b2b_entities
    needs abort tm
    needs warn uac_auth
    asks cluster_id=by_value db_url=sqldb
    fn ua_session_reply(ssis?s?s?s?)qv @3.4+
    fn ua_session_server_init(v?s?s?)q @3.4+ 3.4=(v?s?)
    fn ua_session_terminate(ss?)q @3.4+
    fn ua_session_update(sss?s?s?)qv @3.4+
    param int client_hsize db_mode server_hsize update_period
    param int @3.4+ cluster_id passthru_prack ua_default_timeout
    param string b2b_key_prefix db_table db_url script_reply_route script_req_route
    param string @3.4+ advertised_contact cachedb_key_prefix cachedb_url
    param untyped @2.4 replication_mode
    event E_UA_SESSION(key,event_type,entity_type,#status,reason,method,body,headers,extra_params) @3.4+
    mi b2be_list()
    mi @3.4+ ua_session_client_start(ruri,to,from;ruri,to,from,proxy;ruri,to,from,body)
    mi @3.4+ ua_session_client_start(ruri,to,from,extra_headers;ruri,to,from,flags;ruri,to,from,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body;ruri,to,from,proxy,extra_headers)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,flags;ruri,to,from,proxy,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type;ruri,to,from,body,extra_headers)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,flags;ruri,to,from,body,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,extra_headers,flags;ruri,to,from,extra_headers,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,flags,socket;ruri,to,from,proxy,body,content_type)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,extra_headers;ruri,to,from,proxy,body,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,socket;ruri,to,from,proxy,extra_headers,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,extra_headers,socket;ruri,to,from,proxy,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,extra_headers)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,extra_headers,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,extra_headers,socket;ruri,to,from,body,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,extra_headers,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,extra_headers)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,extra_headers,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,extra_headers,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,extra_headers,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,extra_headers,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,extra_headers,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,extra_headers,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,extra_headers,flags)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,extra_headers,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,extra_headers,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,body,content_type,extra_headers,flags,socket)
    mi @3.4+ ua_session_client_start(ruri,to,from,proxy,body,content_type,extra_headers,flags,socket)
    mi @3.4+ ua_session_list(;key)
    mi @3.4+ ua_session_reply(key,method,code,reason;key,method,code,reason,body)
    mi @3.4+ ua_session_reply(key,method,code,reason,extra_headers;key,method,code,reason,body,content_type)
    mi @3.4+ ua_session_reply(key,method,code,reason,body,extra_headers)
    mi @3.4+ ua_session_reply(key,method,code,reason,body,content_type,extra_headers)
    mi @3.4+ ua_session_terminate(key;key,extra_headers)
    mi @3.4+ ua_session_update(key,method;key,method,body;key,method,extra_headers)
    mi @3.4+ ua_session_update(key,method,body,content_type;key,method,body,extra_headers)
    mi @3.4+ ua_session_update(key,method,body,content_type,extra_headers)
    mi @4.0+ b2b_entities:list b2b_entities:ua_session_client_start b2b_entities:ua_session_list
    mi @4.0+ b2b_entities:ua_session_reply b2b_entities:ua_session_terminate b2b_entities:ua_session_update
    mi @4.0+ list
    module b2b_logic
    needs abort b2b_entities
    asks db_url=sqldb
    fn b2b_bridge(sss?s?)q @3.4+
    fn b2b_bridge_request(sis?s?)q 2.4=(2) 3.4=(sis?)
    fn b2b_bridge_retry(s)q @3.4+
    fn b2b_client_new(sss?s?s?a?a?)q @3.4+ 4.0=(sss?s?s?v?v?s?)
    fn b2b_delete_entity()q @3.4+
    fn b2b_end_dlg_leg()q @3.4+
    fn b2b_handle_reply(s?)q @3.4+ 3.4=()
    fn b2b_init_request(ss?s<q>?s<q>?)q 2.4=(0/1/2/3/4/5)
    fn b2b_pass_request()q @3.4+
    fn b2b_send_reply(iss?s?)q @3.4+
    fn b2b_server_new(ss?a?a?)q @3.4+
    fn b2b_trigger_scenario(ss?sa?a?sa?a?)q @3.4+
    param int b2bl_th_init_timeout cleanup_period db_mode hash_size max_duration update_period
    param int @3.4+ b2bl_early_update contact_user
    param int @3.6+ old_entity_term_delay
    param string b2bl_from_spec_param custom_headers custom_headers_regexp db_table db_url init_callid_hdr
    param string server_address
    param string @3.4+ cachedb_key_prefix cachedb_url script_reply_route script_req_route
    param untyped @2.4 extern_scenario script_scenario use_init_sdp
    param untyped @4.0+ custom_contact_header_params
    var @3.4+ b2b_logic.ctx(?)= b2b_logic.entity(?callid|fromtag|id|key|totag)[] b2b_logic.key
    var @3.4+ b2b_logic.scenario
    var @4.0+ b2b_logic.peer*
    mi b2b_bridge(dialog_id,new_uri;dialog_id,new_uri,flag;dialog_id,new_uri,prov_media_uri)
    mi b2b_bridge(dialog_id,new_uri,flag,prov_media_uri)
    mi b2b_list()
    mi b2b_terminate_call(key)
    mi b2b_trigger_scenario(scenario_id,entity1,entity2;scenario_id,entity1,entity2,context)
    mi @4.0+ b2b_logic:bridge b2b_logic:list b2b_logic:terminate_call b2b_logic:trigger_scenario bridge list
    mi @4.0+ terminate_call trigger_scenario
    module b2b_sca
    needs abort pua b2b_logic any:sqldb
    fn sca_bridge_request(s)q 2.4=(1)
    fn sca_init_request(i)q 2.4=(1)
    param int db_mode hash_size
    param string app10_b2bl_key_column app10_call_info_appearance_uri_column app10_call_info_uri_column
    param string app10_call_state_column app10_shared_entity_column app1_b2bl_key_column
    param string app1_call_info_appearance_uri_column app1_call_info_uri_column app1_call_state_column
    param string app1_shared_entity_column app2_b2bl_key_column app2_call_info_appearance_uri_column
    param string app2_call_info_uri_column app2_call_state_column app2_shared_entity_column
    param string app3_b2bl_key_column app3_call_info_appearance_uri_column app3_call_info_uri_column
    param string app3_call_state_column app3_shared_entity_column app4_b2bl_key_column
    param string app4_call_info_appearance_uri_column app4_call_info_uri_column app4_call_state_column
    param string app4_shared_entity_column app5_b2bl_key_column app5_call_info_appearance_uri_column
    param string app5_call_info_uri_column app5_call_state_column app5_shared_entity_column
    param string app6_b2bl_key_column app6_call_info_appearance_uri_column app6_call_info_uri_column
    param string app6_call_state_column app6_shared_entity_column app7_b2bl_key_column
    param string app7_call_info_appearance_uri_column app7_call_info_uri_column app7_call_state_column
    param string app7_shared_entity_column app8_b2bl_key_column app8_call_info_appearance_uri_column
    param string app8_call_info_uri_column app8_call_state_column app8_shared_entity_column
    param string app9_b2bl_key_column app9_call_info_appearance_uri_column app9_call_info_uri_column
    param string app9_call_state_column app9_shared_entity_column appearance_name_addr_spec_param db_url
    param string presence_server shared_line_column shared_line_spec_param table_name watchers_avp_spec
    param string watchers_column
    mi sca_list()
    mi @4.0+ b2b_sca:list list
    module b2b_sdp_demux @3.4+
    needs abort b2b_entities
    fn b2b_sdp_demux(sa?a?)q
    param func:string client_bye_mode
    module benchmark
    fn bm_log_timer(s)qfrblstv 2.4=(1)
    fn bm_start_timer(s)qfrblstv 2.4=(1)
    param int enable granularity loglevel
    var BM_time_diff
    mi bm_enable_global(enable)
    mi bm_enable_timer(timer,enable)
    mi bm_granularity(granularity)
    mi bm_loglevel(log_level)
    mi bm_poll_results()
    mi @4.0+ benchmark:enable_global benchmark:enable_timer benchmark:granularity benchmark:loglevel
    mi @4.0+ benchmark:poll_results enable_global enable_timer granularity loglevel poll_results
    module cachedb_cassandra cachedb
    param func:string cachedb_url
    param int connect_timeout exec_threshold query_retries query_timeout
    param string rd_consistency_level wr_consistency_level
    module cachedb_couchbase cachedb
    param func:string cachedb_url
    param int exec_threshold lazy_connect timeout
    module cachedb_dynamodb @3.6+
    param func:string cachedb_url
    module cachedb_local cachedb
    asks cluster_id=by_value
    fn cache_remove_chunk(s?s)qfrbls 2.4=(1)
    param func:string cache_collections cachedb_url
    param int cache_clean_period exec_threshold
    param int @3.4+ cluster_id enable_restart_persistency
    param string @3.4+ cluster_persistency
    mi @3.6+ cache_fetch_chunk(glob;glob,collection)
    mi cache_remove_chunk(glob;glob,collection)
    mi @4.0+ cachedb_local:fetch_chunk cachedb_local:remove_chunk fetch_chunk remove_chunk
    module cachedb_memcached cachedb
    param func:string cachedb_url
    param int exec_threshold
    module cachedb_mongodb cachedb
    needs silent tls_openssl
    param func:string cachedb_url
    param int compat_mode_2.4 compat_mode_3.0 exec_threshold
    param untyped @2.4 exec_treshold
    module cachedb_redis cachedb
    asks use_tls=by_value
    param func:string cachedb_url
    param int connect_timeout query_timeout shutdown_on_error
    param int @3.4+ use_tls
    param int @3.6+ ftsearch_json_mset_expire ftsearch_max_results
    param string @3.6+ ftsearch_index_name ftsearch_json_prefix
    param untyped @4.0+ lazy_connect redis_keepalive
    mi @4.0+ cachedb_redis:redis_cluster_info cachedb_redis:redis_cluster_refresh
    mi @4.0+ cachedb_redis:redis_ping_nodes redis_cluster_info redis_cluster_refresh redis_ping_nodes
    stat @4.0+ redis_moved redis_queries redis_queries_failed redis_topology_refreshes
    module cachedb_sql cachedb
    param func:string cachedb_url
    param int cache_clean_period
    param string counter_column db_table expires_column key_column value_column
    module call_center
    needs abort b2b_logic any:sqldb
    fn cc_agent_login(si)q 2.4=(2)
    fn cc_handle_call(ss?s?)q 2.4=(1)
    param int wrapup_time
    param int @3.4+ internal_call_dispatching reject_on_no_agents
    param string acc_db_url db_url queue_pos_param
    param string @3.4+ b2b_logic_ctx_param cc_agents_table cc_flows_table cca_agentid_column
    param string @3.4+ cca_location_column cca_logstate_column cca_msrp_location_column
    param string @3.4+ cca_msrp_max_sessions_column cca_skills_column cca_wrapupend_column
    param string @3.4+ cca_wrapuptime_column ccf_cid_column ccf_dissuading_ewt_th_column
    param string @3.4+ ccf_dissuading_hangup_column ccf_dissuading_onhold_th_column
    param string @3.4+ ccf_dissuading_qsize_th_column ccf_flowid_column ccf_m_dissuading_column
    param string @3.4+ ccf_m_flow_id_column ccf_m_queue_column ccf_m_welcome_column ccf_max_wrapup_column
    param string @3.4+ ccf_priority_column ccf_skill_column chat_dispatch_policy rt_db_url
    param untyped @2.4 b2b_scenario
    var @3.4+ cc_state
    event E_CALLCENTER_AGENT_REPORT(agent_id,status,#wrapup_ends,flow_id,#ongoing_sessions) @3.4+
    mi cc_agent_login(agent_id,state)
    mi @3.4+ cc_dispatch_call_to_agent(call_id,agent_id)
    mi @3.4+ cc_internal_call_dispatching(;dispatching)
    mi cc_list_agents()
    mi cc_list_calls()
    mi cc_list_flows()
    mi cc_list_queue()
    mi cc_reload()
    mi cc_reset_stats()
    mi @4.0+ agent_login call_center:agent_login call_center:dispatch_call_to_agent
    mi @4.0+ call_center:internal_call_dispatching call_center:list_agents call_center:list_calls
    mi @4.0+ call_center:list_flows call_center:list_queue call_center:reload call_center:reset_stats
    mi @4.0+ dispatch_call_to_agent internal_call_dispatching list_agents list_calls list_flows list_queue
    mi @4.0+ reload reset_stats
    stat ccg_abandonned_incalls ccg_answered_incalls ccg_awt ccg_distributed_incalls ccg_free_agents
    stat ccg_incalls ccg_load ccg_onhold_calls
    stat @3.4+ ccg_answered_inchats ccg_onhold_chats
    module call_control
    needs abort dialog
    fn call_control()q 2.4=(0)
    param func:string init start stop
    param int disable socket_timeout
    param string call_limit_avp call_token_avp canonical_uri_avp diverter_avp signaling_ip_avp socket_name
    param string 2.4=string|int prepaid_account_flag
    module callops @3.4+
    needs abort dialog
    fn call_blind_replace(ss?)q
    fn call_transfer(ss)*
    fn call_transfer(ssss?)* +shadowed
    fn call_transfer_notify()qfl
    param func:string|int mode
    param string match_param
    event E_CALL_HOLD(callid,leg,action,state)
    event E_CALL_TRANSFER(callid,leg,transfer_callid,destination,state,status)
    mi call_hold(callid)
    mi call_transfer(callid,leg,destination;callid,leg,transfer_callid,transfer_leg)
    mi call_transfer(callid,leg,transfer_callid,transfer_leg,destination)
    mi call_transfer(callid,leg,transfer_callid,transfer_fromtag,transfer_totag,transfer_destination)
    mi call_unhold(callid)
    mi @4.0+ callops:hold callops:transfer callops:unhold hold transfer unhold
    module carrierroute
    needs abort any:sqldb
    fn cr_next_domain(sssssa)qf 2.4=(6)
    fn cr_prime_route(sssssa?)qf 2.4=(5/6)
    fn cr_route(sssssa?)qf 2.4=(5/6)
    fn cr_user_carrier(ssa)qf 2.4=(3)
    param int fallback_default use_domain
    param string carrier_column carrier_id_col carrier_name_col carrier_table comment_column config_file
    param string config_source db_failure_table db_table db_url default_tree domain_column
    param string failure_carrier_column failure_comment_column failure_domain_column failure_flags_column
    param string failure_host_name_column failure_id_column failure_mask_column failure_next_domain_column
    param string failure_reply_code_column failure_scan_prefix_column flags_column id_column mask_column
    param string prob_column rewrite_host_column rewrite_prefix_column rewrite_suffix_column
    param string scan_prefix_column strip_column subscriber_carrier_col subscriber_domain_col
    param string subscriber_table subscriber_user_col
    mi cr_activate_host(options)
    mi cr_add_host(options)
    mi cr_deactivate_host(options)
    mi cr_delete_host(options)
    mi cr_dump_routes()
    mi cr_reload_routes()
    mi cr_replace_host(options)
    mi @4.0+ activate_host add_host carrierroute:activate_host carrierroute:add_host
    mi @4.0+ carrierroute:deactivate_host carrierroute:delete_host carrierroute:dump_routes
    mi @4.0+ carrierroute:reload_routes carrierroute:replace_host deactivate_host delete_host dump_routes
    mi @4.0+ reload_routes replace_host
    module cfgutils
    fn abort()qfrblstv 2.4=(0)
    fn check_time_rec(si?)* 2.4=(1)qfrblstv
    fn get_accurate_time(vvv?)qfrblstv @3.4+
    fn get_dynamic_lock(s)qfrblstv 2.4=(1)
    fn get_static_lock(s)qfrblstv 2.4=(1)
    fn pkg_status()qfrblstv 2.4=(0)
    fn rand_event(i?)qfrblstv 2.4=(0/1)
    fn rand_get_prob()qfrblstv 2.4=(0)
    fn rand_reset_prob()qfrblstv 2.4=(0)
    fn rand_set_prob(i)qfrblstv 2.4=(1)
    fn release_dynamic_lock(s)qfrblstv 2.4=(1)
    fn release_static_lock(s)qfrblstv 2.4=(1)
    fn set_count(vv)qfrblstv 2.4=(2)
    fn set_select_weight(v)qfrblstv 2.4=(1)
    fn shm_status()qfrblstv 2.4=(0)
    fn shuffle_avps(a)* @3.6+
    fn sleep(i)qfrblstv 2.4=(1)
    fn strings_share_lock(s)qfrblstv 2.4=(2)
    fn ts_usec_delta(iiiiv=?v=?)qfrblstv 2.4=(5)
    fn usleep(i)qfrblstv 2.4=(1)
    async sleep(i) ?HAVE_TIMER_FD 2.4=(1)
    async usleep(i) ?HAVE_TIMER_FD 2.4=(1)
    param func:string shvset varset
    param int initial_probability lock_pool_size
    param int @3.4+ shv_hash_size
    param string hash_file
    var RANDOM ctime(?hour|isdst|mday|min|mon|sec|wday|yday|year) env(?) shv(?)=
    mi check_config_hash()
    mi get_config_hash()
    mi rand_get_prob()
    mi rand_reset_prob()
    mi rand_set_prob(prob_proc)
    mi shv_get(;name)
    mi shv_set(name,type,value)
    mi @4.0+ cfgutils:check_config_hash cfgutils:get_config_hash cfgutils:rand_get_prob
    mi @4.0+ cfgutils:rand_reset_prob cfgutils:rand_set_prob cfgutils:shv_get cfgutils:shv_set
    module cgrates
    needs abort dialog
    fn cgrates_acc(s?s?s?s?)qfbl 2.4=(0/1/2/3/4)
    fn cgrates_auth(s?s?s?)qfbl 2.4=(0/1/2/3)
    fn cgrates_cmd(ss?)* 2.4=(1/2)
    async cgrates_auth(s?s?s?) 2.4=(0/1/2/3)
    async cgrates_cmd(ss?) 2.4=(1)
    param func:string cgrates_engine
    param int compat_mode max_async_connections retry_timeout
    param string bind_ip
    var cgr(?)[]= cgr_opt(?)[]= cgr_ret(?)
    var @2.4 cgrret*
    module clusterer
    needs silent proto_bin proto_bins
    asks db_mode=by_value
    fn cluster_broadcast_req(isv?i?)qfrblv 2.4=(2/3) 3.4=(isv?)
    fn cluster_check_addr(iss?)qfrblv 2.4=(2/3)
    fn cluster_send_req(iisv?)qfrblv 2.4=(3/4)
    fn cluster_send_rpl(iisv)qfrblv 2.4=(4)
    param func:string @3.4+ my_node_info neighbor_node_info sharing_tag
    param int db_mode node_timeout ping_interval ping_timeout seed_fallback_interval sync_packet_size
    param int @3.4+ dispatch_jobs enable_stats my_node_id sync_timeout
    param int @3.6+ enable_rerouting
    param string cluster_id_col db_table db_url description_col flags_col id_col no_ping_retries_col
    param string node_id_col priority_col sip_addr_col state_col url_col
    param untyped @2.4 current_id current_info neighbor_info
    param untyped @4.0+ db_bridges_table
    var @3.4+ cluster.sh_tag(?)=
    event E_CLUSTERER_NODE_STATE_CHANGED(#cluster_id,#node_id,#new_state) @3.4+
    event E_CLUSTERER_REQ_RECEIVED(#cluster_id,#src_id,msg,tag)
    event E_CLUSTERER_RPL_RECEIVED(#cluster_id,#src_id,msg,tag)
    event E_CLUSTERER_SHARING_TAG_CHANGED(name,#cluster,state,reason) @3.4+
    mi cluster_broadcast_mi(cluster_id,cmd_name;cluster_id,cmd_name,cmd_params)
    mi cluster_send_mi(cluster_id,destination,cmd_name;cluster_id,destination,cmd_name,cmd_params)
    mi clusterer_list()
    mi clusterer_list_cap()
    mi @3.4+ clusterer_list_shtags()
    mi clusterer_list_topology()
    mi clusterer_reload()
    mi @3.4+ clusterer_remove_node(cluster_id,node_id)
    mi @3.4+ clusterer_set_cap_status(cluster_id,capability,status)
    mi clusterer_set_status(cluster_id,status;cluster_id,node_id,status)
    mi @3.4+ clusterer_shtag_set_active(tag)
    mi @4.0+ broadcast_mi clusterer:broadcast_mi clusterer:list clusterer:list_cap clusterer:list_shtags
    mi @4.0+ clusterer:list_topology clusterer:reload clusterer:remove_node clusterer:send_mi
    mi @4.0+ clusterer:set_cap_status clusterer:set_status clusterer:shtag_set_active list list_cap
    mi @4.0+ list_shtags list_topology reload remove_node send_mi set_cap_status set_status shtag_set_active
    stat @3.4+ clusterer_nodes clusterer_nodes_down clusterer_nodes_up
    module compression
    fn mc_compact(s?s?)qfrl 2.4=(0/1)
    fn mc_compress(i?ss?)qfrl 2.4=(3)
    fn mc_decompress()qfl 2.4=(0)
    param int compression_level
    module config @3.6+
    param int enable_restart_persistency hash_size
    param string db_url description_column name_column table_name value_column
    var config(?)= config.description(?)
    mi config_flush(;name)
    mi config_list(;description)
    mi config_push(name;name,value;name,value,description)
    mi config_push_bulk(configs)
    mi config_reload()
    mi @4.0+ config:flush config:list config:push config:push_bulk config:reload flush list push push_bulk
    mi @4.0+ reload
    module cpl_c
    needs abort tm signaling any:sqldb
    asks lookup_domain=by_value
    fn cpl_process_register()q 2.4=(0)
    fn cpl_process_register_norpl()q 2.4=(0)
    fn cpl_run_script(ss)q 2.4=(2)
    param int case_sensitive lookup_append_branches proxy_recurse use_domain
    param string cpl_bin_column cpl_dtd_file cpl_xml_column db_table db_url domain_column log_dir
    param string lookup_domain proxy_route realm_prefix username_column
    mi GET_CPL(username)
    mi LOAD_CPL(username,cpl_filename)
    mi REMOVE_CPL(username)
    mi @4.0+ cpl_c:get cpl_c:load cpl_c:remove get load remove
    """#
