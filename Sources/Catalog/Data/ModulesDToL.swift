// What the modules d to l export, release by release: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let moduleFactsDToL: StaticString = #"""
    module db_berkeley sqldb
    param int auto_reload journal_roll_interval log_enable
    mi @2.4..3.6 bdb_reload(table_path)
    mi @4.0+ db_berkeley:reload reload
    module db_cachedb sqldb
    needs silent any:cachedb
    param func:string cachedb_url
    module db_flatstore sqldb
    param int flush single_file
    param string delimiter prefix suffix
    mi @2.4..3.6 flat_rotate()
    mi @4.0+ db_flatstore:rotate rotate
    module db_http sqldb
    param func:string field_delimiter quote_delimiter row_delimiter value_delimiter
    param int SSL cap_insert_update cap_last_inserted_id cap_raw_query cap_replace timeout
    param int @3.4+ disable_expect
    module db_mysql sqldb
    asks use_tls=by_value
    param int exec_query_threshold max_db_queries max_db_retries timeout_interval
    param int @3.4+ ps_max_col_size use_tls
    param untyped @2.4 tls_client_domain
    event E_MYSQL_CONNECTION(url,status)
    module db_oracle sqldb
    param func:string reconnect timeout
    module db_perlvdb sqldb
    needs abort perl
    module db_postgres sqldb
    asks use_tls=by_value
    param int exec_query_threshold max_db_queries timeout
    param int @3.4+ use_tls
    module db_sqlite sqldb
    param func:string load_extension
    param func:string @3.6+ exec_pragma
    param int alloc_limit
    param int @3.6+ busy_timeout
    module db_text sqldb
    param int db_mode
    param int @3.6+ buffer_size
    mi dbt_dump()
    mi dbt_reload(;db_name;db_name,table_name)
    mi @4.0+ db_text:dump db_text:reload dump reload
    module db_unixodbc sqldb
    param int auto_reconnect use_escape_common
    module db_virtual sqldb
    needs silent any:sqldb
    param func:string db_urls
    param int db_max_consec_retrys db_probe_time
    mi db_get()
    mi db_set(set_index,db_url_index,may_use_db_flag;set_index,db_url_index,may_use_db_flag,ingore_retries)
    mi @4.0+ db_virtual:get db_virtual:set get set
    module dialog
    needs abort tm
    asks cachedb_url=cachedb db_mode=by_value dialog_replication_cluster=by_value
    asks profile_replication_cluster=by_value
    fn create_dialog(s?)q 2.4=(0/1)
    fn dlg_inc_cseq(s?i?)qfrbl @3.6+
    fn dlg_on_answer(s<q>?)qfrb @3.4+
    fn dlg_on_hangup(s<q>?)qfrb @3.4+
    fn dlg_on_timeout(s<q>?)qfrb @3.4+
    fn dlg_send_sequential(sss?s?s?)* @3.4+
    fn fetch_dlg_value(sv=)qfrbl 2.4=(2)
    fn fix_route_dialog()q 2.4=(0)
    fn get_dialog_info(sasvv=)* 2.4=(4)qfrbl
    fn get_dialog_vals(aas)* 2.4=(3)qfrbltv
    fn get_dialogs_by_profile(ss?av=)* @3.4+
    fn get_dialogs_by_val(svav=)* @3.4+
    fn get_profile_size(ss?v=)* 2.4=(2/3)qfrbl
    fn is_dlg_flag_set(s!)qfrbl 2.4=(1)
    fn is_in_profile(ss?)qfrb 2.4=(1/2)qfrbl
    fn load_dialog_ctx(ss?)* @3.4+ 4.0=(ss?i?)
    fn match_dialog(s?)q 2.4=(0/1)
    fn reset_dlg_flag(s!)qfrbl 2.4=(1)
    fn set_dlg_flag(s!)qfrbl 2.4=(1)
    fn set_dlg_profile(ss?i?)qfrb 2.4=(1/2)
    fn set_dlg_sharing_tag(s)q 2.4=(1)
    fn store_dlg_value(sv)qfrbl 2.4=(2)
    fn test_and_set_dlg_flag(s!i)qfrbl 2.4=(2)
    fn unload_dialog_ctx()* @3.4+
    fn unset_dlg_profile(ss?)qfrb 2.4=(1/2)
    fn validate_dialog()q 2.4=(0)
    param int db_flush_vals_profiles db_mode db_update_period default_timeout dialog_replication_cluster
    param int dlg_match_mode enable_stats hash_size log_profile_hash_size options_ping_interval
    param int profile_replication_cluster profile_timeout reinvite_ping_interval replicate_profiles_buffer
    param int replicate_profiles_check replicate_profiles_expire replicate_profiles_timer timer_bulk_del_no
    param int @3.4+ cluster_auto_sync delete_delay race_condition_timeout
    param string cachedb_url call_id_column db_url dlg_extra_hdrs dlg_id_column flags_column
    param string from_contact_column from_cseq_column from_route_column from_sock_column from_tag_column
    param string from_uri_column mflags_column profile_no_value_prefix profile_size_prefix
    param string profile_value_prefix profiles_column profiles_no_value profiles_with_value rr_param
    param string sflags_column start_time_column state_column table_name timeout_column to_contact_column
    param string to_cseq_column to_route_column to_sock_column to_tag_column to_uri_column vars_column
    param untyped @2.4 dlg_sharing_tag
    param untyped @4.0+ auto_prack_fr_timeout auto_prack_hangup_on_failure
    var DLG_count DLG_did DLG_dir DLG_end_reason DLG_flags= DLG_lifetime DLG_status DLG_timeout= dlg_val(?)=
    var @3.4+ DLG_ctx_json DLG_del_delay= DLG_json
    event E_DLG_STATE_CHANGED(id,db_id,callid,from_tag,to_tag,#old_state,#new_state)
    mi dlg_cluster_sync(;sharing_tag)
    mi dlg_db_sync()
    mi dlg_end_dlg(dialog_id;dialog_id,extra_hdrs)
    mi dlg_list(;callid;callid,from_tag;index,counter)
    mi dlg_list_ctx(;callid;callid,from_tag;index,counter)
    mi @3.4+ dlg_push_var(dlg_val_name,dlg_val_value,DID)
    mi dlg_restore_db()
    mi @3.4+ dlg_send_sequential(callid;callid,mode;callid,method;callid,body;callid,mode,method)
    mi @3.4+ dlg_send_sequential(callid,mode,body;callid,method,body;callid,method,body,mode)
    mi @3.4+ dlg_send_sequential(callid,method,body,mode,headers)
    mi @3.6+ dlg_set_profile(dlg_id,profile;dlg_id,profile,value;dlg_id,profile,value,clear_values)
    mi @3.6+ dlg_unset_profile(dlg_id,profile;dlg_id,profile,value)
    mi list_all_profiles()
    mi profile_end_dlgs(profile;profile,value)
    mi profile_get_size(profile;profile,value)
    mi profile_get_values(profile)
    mi profile_list_dlgs(profile;profile,value)
    mi @4.0+ cluster_sync db_sync dialog:cluster_sync dialog:db_sync dialog:end_dlg dialog:list
    mi @4.0+ dialog:list_all_profiles dialog:list_ctx dialog:profile_end_dlgs dialog:profile_get_size
    mi @4.0+ dialog:profile_get_values dialog:profile_list_dlgs dialog:push_var dialog:restore_db
    mi @4.0+ dialog:send_sequential dialog:set_profile dialog:unset_profile end_dlg list list_ctx push_var
    mi @4.0+ restore_db send_sequential set_profile unset_profile
    mi @2.4 dlg_list_sharing_tags dlg_set_sharing_tag_active
    stat active_dialogs create_recv create_sent delete_recv delete_sent early_dialogs expired_dialogs
    stat failed_dialogs processed_dialogs update_recv update_sent
    module dialplan
    needs warn any:sqldb
    fn dp_translate(isv?v?s?)qfblstv 2.4=(1/2/3)
    param func:string partition
    param string attrs_col db_url disabled_col dpid_col match_exp_col match_flags_col match_op_col pr_col
    param string repl_exp_col subst_exp_col table_name timerec_col
    mi dp_reload(;partition)
    mi dp_show_partition(;partition)
    mi dp_translate(dpid,input;dpid,input,partition)
    mi @4.0+ dialplan:reload dialplan:show_partition dialplan:translate reload show_partition translate
    module dispatcher
    needs abort any:sqldb
    asks cluster_id=by_value ds_ping_interval=by_value fetch_freeswitch_stats=by_value
    fn ds_count(isvs?)qfbltv 2.4=(3)
    fn ds_get_script_attrs(sis?v)* @3.4+
    fn ds_is_in_list(sii?s?i?s?)qfrbl 2.4=(2/3/4)
    fn ds_mark_dst(s?s?)qf 2.4=(0/1/2)
    fn ds_next_domain(s?)qf 2.4=(0/1)
    fn ds_next_dst(s?)qf 2.4=(0/1)
    fn ds_push_script_attrs(ssii?s?)* @3.4+
    fn ds_select_domain(iis?s?i?)qfbl 2.4=(2/3)qfb
    fn ds_select_dst(iis?s?i?)qfbl 2.4=(2/3)qfb
    param func:int persistent_state
    param func:string ds_define_blacklist ds_probing_list partition
    param int ds_ping_interval ds_ping_maxfwd ds_probing_mode ds_probing_threshhold fetch_freeswitch_stats
    param int max_freeswitch_weight
    param int @3.4+ cluster_id ds_probing_threshold
    param string attrs_avp attrs_col cnt_avp db_url description_col destination_col ds_ping_from
    param string ds_ping_method ds_probing_sock dst_avp grp_avp hash_pvar options_reply_codes priority_col
    param string pvar_algo_pattern setid_col setid_pvar sock_avp socket_col state_col table_name weight_col
    param string @3.4+ algo_route cluster_probing_mode cluster_sharing_tag probe_mode_col script_attrs_avp
    event E_DISPATCHER_STATUS(partition,#group,address,status,reason)
    mi ds_list(;partition;full;full,partition)
    mi @3.4+ ds_push_script_attrs(attrs,ip,port,set;attrs,ip,port,set,partition)
    mi ds_reload(;inherit_state;partition;partition,inherit_state)
    mi ds_set_state(state,group,address)
    mi @4.0+ dispatcher:list dispatcher:push_script_attrs dispatcher:reload dispatcher:set_state list
    mi @4.0+ push_script_attrs reload set_state
    module diversion
    fn add_diversion(ss?i?)qfl 2.4=(1/2/3)
    param string suffix
    module dns_cache
    needs abort any:cachedb
    param int blacklist_timeout
    param int @3.6+ min_ttl
    param string cachedb_url
    module domain
    fn is_domain_local(sv=?)qfbl 2.4=(1/2)qfblstv
    fn is_from_local(v=?)qfbl 2.4=(0/1)
    fn is_uri_host_local(v=?)qfbl 2.4=(0/1)
    param int db_mode
    param string attrs_col db_url domain_col domain_table
    param string @3.6+ accept_subdomain_col
    mi @2.4..3.6 domain_dump()
    mi @2.4..3.6 domain_reload()
    mi @4.0+ domain:dump domain:reload dump reload
    module domainpolicy
    needs abort any:sqldb
    fn dp_apply_policy()q 2.4=(0)
    fn dp_can_connect()q 2.4=(0)
    param string db_url domain_prefix_avp domain_replacement_avp domain_suffix_avp dp_col_att dp_col_rule
    param string dp_col_type dp_col_val dp_table port_override_avp send_socket_avp transport_override_avp
    module drouting
    needs abort any:sqldb
    asks cluster_id=by_value probing_interval=by_value
    fn do_routing(i?s?s?v?v?v?s?)* 2.4=(0/1/2/3/4/5/6/7)qfl
    fn dr_disable(s?)qfrbl 2.4=(0/1)qfr
    fn dr_is_gw(si?s?v?v?s?)* 2.4=(1/2/3/4/5)qfrblstv
    fn dr_match(is?sv?s?)qfrbl @3.4+
    fn goes_to_gw(i?s?v?v?s?)qfrbl 2.4=(0/1/2/3/4)qfbl
    fn is_from_gw(i?s?v?v?s?)qfrb 2.4=(0/1/2/3/4)qfr
    fn next_routing(0/1/2/3)qfl @2.4
    fn route_to_carrier(sv?v?s?)* 2.4=(1/2/3)qfl
    fn route_to_gw(sv?v?s?)* 2.4=(1/2)qfl
    fn use_next_gw(v?v?v?s?)qfbl 2.4=(0/1/2/3/4)qfl
    param func:string define_blacklist
    param func:string @3.4+ rule_tables_query
    param int default_group force_dns no_concurrent_reload persistent_state probing_interval use_domain
    param int use_partitions
    param int @3.4+ cluster_id enable_restart_persistency
    param int @3.6+ generate_data_checksum
    param string carrier_id_avp db_partitions_table db_partitions_url db_url drc_table drd_table
    param string drg_domain_col drg_grpid_col drg_table drg_user_col drr_table gw_id_avp gw_priprefix_avp
    param string gw_sock_avp partition_id_pvar probing_from probing_method probing_reply_codes rule_id_avp
    param string rule_prefix_avp ruri_avp
    param string @3.4+ cluster_probing_mode cluster_sharing_tag extra_id_chars extra_prefix_chars
    param string @3.4+ gw_socket_filter_mode probing_socket
    param untyped @2.4 status_replication_cluster
    event E_DROUTING_STATUS(partition,gwid,address,status,reason)
    mi dr_carrier_status(;partition_name;carrier_id;carrier_id,status;partition_name,carrier_id)
    mi dr_carrier_status(partition_name,carrier_id,status)
    mi @3.4+ dr_enable_probing(;status)
    mi dr_gw_status(;partition_name;gw_id;gw_id,status;partition_name,gw_id;partition_name,gw_id,status)
    mi dr_number_routing(number;group_id,number;partition_name,number;partition_name,group_id,number)
    mi dr_reload(;inherit_state;partition_name;partition_name,inherit_state)
    mi dr_reload_status(;partition_name)
    mi @4.0+ carrier_status drouting:carrier_status drouting:enable_probing drouting:gw_status
    mi @4.0+ drouting:number_routing drouting:reload drouting:reload_status enable_probing gw_status
    mi @4.0+ number_routing reload reload_status
    module emergency
    needs abort any:sqldb
    fn emergency_call()qb 2.4=(0)
    fn failure()fr 2.4=(0)
    param func:string emergency_codes
    param int call_htable_size proxy_role subs_htable_size timer_interval
    param string callorigin contingency_hostname db_table_provider db_table_report db_table_routing db_url
    param string emergency_call_server url_vpc
    module enum
    fn enum_pv_query(1/2/3)q @2.4
    fn enum_query(s?s?s?)q 2.4=(0/1/2)
    fn i_enum_query(s?s?)q 2.4=(0/1/2)
    fn is_from_user_enum(s?s?)q 2.4=(0/1/2)
    fn isn_query(s?s?)q 2.4=(0/1/2)
    param string bl_algorithm branchlabel domain_suffix i_enum_suffix isn_suffix tel_uri_params
    module event_datagram
    module event_flatstore
    param func:string|int @3.6+ rotate_count rotate_size
    param int max_open_sockets
    param int @3.4+ suppress_event_name
    param int @3.6+ rotate_period
    param string delimiter file_permissions
    param string @3.6+ escape_delimiter suffix
    event E_FLATSTORE_ROTATION(timestamp,reason,filename,old_filename) @3.6+
    mi evi_flat_rotate(path_to_file)
    mi @4.0+ event_flatstore:rotate rotate
    module event_jsonrpc @2.4
    param untyped event_param sync_mode timeout
    module event_kafka @3.4+
    fn kafka_publish(sss?s!<q>?)*
    param func:string broker_id
    module event_rabbitmq
    asks use_tls=by_value
    fn rabbitmq_publish(ssss?a?a?)* @3.6+
    param func:string @3.6+ server_id
    param int connect_timeout heartbeat
    param int @3.4+ use_tls
    param int @3.6+ timeout
    param untyped @2.4 sync_mode
    module event_route @2.4..3.4
    fn fetch_event_params(s^)qv @2.4
    module event_routing
    needs silent tm
    fn notify_on_event(sas<q>i)qfrbv 2.4=(3/4)
    fn wait_for_event @4.0+
    async wait_for_event(sai) 2.4=(3)
    module event_sqs @3.6+
    fn sqs_send_message(ss)*
    param func:string queue_url
    module event_stream @3.4+
    param int reliable_mode timeout
    param string event_param
    module event_virtual
    param int failover_timeout
    module event_xmlrpc
    param int use_struct_param
    param untyped @2.4 sync_mode
    module example @3.6+
    fn example()*
    fn example_int(i?)*
    fn example_str(s?)*
    param int default_int
    param string default_str
    module exec
    fn exec(ss?v=?v=?a?)qfrlstv 2.4=(1/2/3/4/5)
    fn exec_avp(1/2)qfrlstv @2.4
    fn exec_dset(1)qf @2.4
    fn exec_getenv(2)qfrlstv @2.4
    fn exec_msg(1)qfrltv @2.4
    async exec(ss?v=?v=?a?) 2.4=(1/2/3/4/5)
    param int setvars time_to_kill
    module fraud_detection
    needs abort any:sqldb drouting dialog
    fn check_fraud(ssi)qr 2.4=(3)
    param int use_utc_time
    param string calldur_thresh_crit_col calldur_thresh_warn_col concalls_thresh_crit_col
    param string concalls_thresh_warn_col cpm_thresh_crit_col cpm_thresh_warn_col days_col db_url end_h_col
    param string pid_col prefix_col rid_col seqcalls_thresh_crit_col seqcalls_thresh_warn_col start_h_col
    param string table_name totalc_thresh_crit_col totalc_thresh_warn_col
    event E_FRD_CRITICAL(param,#value,#threshold,user,called_number,#rule_id,#profile_id)
    event E_FRD_WARNING(param,#value,#threshold,user,called_number,#rule_id,#profile_id)
    mi fraud_reload()
    mi show_fraud_stats(user,prefix)
    mi @4.0+ fraud_detection:reload fraud_detection:show_stats reload show_stats
    module freeswitch
    param int esl_cmd_polling_itv esl_cmd_timeout esl_connect_timeout event_heartbeat_interval
    module freeswitch_scripting
    needs abort freeswitch
    asks db_url=sqldb
    fn freeswitch_esl(ssv?)* 2.4=(2/3)
    param func:string fs_subscribe
    param string db_col_events db_col_ip db_col_password db_col_port db_col_username db_table db_url
    event E_FREESWITCH(name,sender,body)
    mi fs_list()
    mi fs_reload()
    mi fs_subscribe(freeswitch_url,events)
    mi fs_unsubscribe(freeswitch_url,events)
    mi @4.0+ freeswitch_scripting:list freeswitch_scripting:reload freeswitch_scripting:subscribe
    mi @4.0+ freeswitch_scripting:unsubscribe list reload subscribe unsubscribe
    module gflags
    fn is_gflag(i)* 2.4=(1)qfrblstv
    fn reset_gflag(i)* 2.4=(1)qfrblstv
    fn set_gflag(i)* 2.4=(1)qfrblstv
    param int initial
    mi get_gflags()
    mi is_gflag(bitmask)
    mi reset_gflag(bitmask)
    mi set_gflag(bitmask)
    mi @4.0+ check get gflags:check gflags:get gflags:get_gflags gflags:is_gflag gflags:reset
    mi @4.0+ gflags:reset_gflag gflags:set gflags:set_gflag reset set
    module group
    needs silent any:aaa
    asks db_url=sqldb
    fn aaa_is_user_in(ss)qfbl 2.4=(2)
    fn db_get_user_group(sa)qfbl 2.4=(2)
    fn db_is_user_in(ss)qfbl 2.4=(2)
    fn get_user_group(2)qfbl @2.4
    fn is_user_in(2)qfbl @2.4
    param int multiple_gid use_domain
    param string aaa_url db_url domain_column group_column re_exp_column re_gid_column re_table table
    param string user_column
    module h350
    needs abort ldap
    fn h350_auth_lookup(svv)qfrbl 2.4=(2)
    fn h350_result_call_preferences(s)qfrbl 2.4=(1)
    fn h350_result_service_level(s)qfrbl 2.4=(1)
    fn h350_sipuri_lookup(s)qfrbl 2.4=(1)
    param string base_dn ldap_session search_scope
    module http2d @3.6+
    fn http2_send_response(is?s?)v
    param int max_headers_size port response_timeout
    param string ip tls_cert_path tls_key_path
    event E_HTTP2_REQUEST(method,path,headers,data)
    module httpd
    param int buf_size port post_buf_size
    param int @3.6+ conn_timeout receive_buf_size
    param string ip
    param string @3.4+ tls_cert_file tls_ciphers tls_key_file
    param untyped @4.0+ auth_password auth_realm auth_username
    mi httpd_list_root_path()
    mi @4.0+ httpd:list_root_path list_root_path
    module identity
    fn authservice()qbl 2.4=(0)
    fn verifier()q 2.4=(0)
    param int useCrls
    param string authCert caList certUri crlList privKey verCert
    module imc
    needs abort any:sqldb
    fn imc_manager()q 2.4=(0)
    param int hash_size
    param string db_url imc_cmd_start_char members_table outbound_proxy rooms_table
    mi imc_list_members(room)
    mi imc_list_rooms()
    mi @4.0+ imc:list_members imc:list_rooms list_members list_rooms
    stat active_rooms
    module jabber
    needs abort tm any:sqldb
    fn jab_exit_jconf()q 2.4=(0)
    fn jab_go_offline()q 2.4=(0)
    fn jab_go_online()q 2.4=(0)
    fn jab_join_jconf()q 2.4=(0)
    fn jab_send_message()q 2.4=(0)
    param int cache_time check_time delay_time jport max_jobs sleep_time workers
    param string aliases db_url jaddress jdomain priority proxy registrar
    module janus @3.6+
    asks db_url=sqldb
    fn janus_send_request(ssv?)*
    param int janus_cmd_polling_itv janus_cmd_timeout janus_max_msg_chunks janus_ping_interval
    param int janus_send_timeout
    param string janus_db_table janus_db_url
    event E_JANUS_EVENT(janus_id,janus_url,janus_body)
    module json
    fn json_link(vv)qfrblstv 2.4=(2)
    fn json_merge(ssv)* @3.6+
    param int @3.4+ enable_long_quoting
    var json(?)[]= json_compact(?)= json_pretty(?)=
    var @4.0+ json_compact_noescape*
    module jsonrpc
    fn jsonrpc_notification(sss)* 2.4=(3)
    fn jsonrpc_request(sssv)* 2.4=(4)
    param int connect_timeout read_timeout write_timeout
    module launch_darkly @3.6+
    fn ld_feature_enabled(ssa?i?)*
    param int connect_wait re_init_interval
    param string ld_log_level sdk_key
    module ldap
    fn ldap_filter_url_encode(sv)qfrblstv 2.4=(2)
    fn ldap_result(svs?s?)qfrblstv 2.4=(1/2)
    fn ldap_result_check(sss?)qfrblstv 2.4=(1/2)
    fn ldap_result_next()qfrblstv 2.4=(0)
    fn ldap_search(s)qfrblstv 2.4=(1)
    async ldap_search(s) 2.4=(1)
    param int max_async_connections
    param string config_file
    module load_balancer
    needs abort dialog any:sqldb
    asks cluster_id=by_value fetch_freeswitch_stats=by_value probing_interval=by_value
    fn lb_count_call(siisi?)qfb 2.4=(4/5)
    fn lb_disable_dst()qfb 2.4=(0)qf
    fn lb_is_destination(sii?i?v?)qfrbl 2.4=(2/3/4)
    fn lb_is_started()qfb 2.4=(0)
    fn lb_next(v?)qfb 2.4=(0)
    fn lb_reset()qfb 2.4=(0)
    fn lb_start(iss?v?)qfb 2.4=(2/3)
    fn lb_start_or_next(iss?v?)qfb 2.4=(2/3)
    fn load_balance(iss?v?)qfb 2.4=(2/3)
    param func:string lb_define_blacklist
    param int fetch_freeswitch_stats initial_freeswitch_load probing_interval probing_verbose
    param int @3.4+ cluster_id
    param string db_table db_url probing_from probing_method probing_reply_codes
    param string @3.4+ cluster_sharing_tag
    param untyped @2.4 status_replication_cluster
    event E_LOAD_BALANCER_STATUS(#group,uri,status)
    mi lb_list()
    mi lb_reload()
    mi lb_resize(destination_id,res_name,new_capacity)
    mi lb_status(destination_id;destination_id,new_status)
    mi @4.0+ list load_balancer:list load_balancer:reload load_balancer:resize load_balancer:status reload
    mi @4.0+ resize status
    module lua
    fn lua_exec(ss?)qfrbl 2.4=(1/2)qfrb
    fn lua_meminfo()q 2.4=(0)qfrb
    param int lua_auto_reload
    param string lua_allocator luafilename
    param untyped @2.4 lua_user_debug warn_missing_free_fixup
    mi watch(;action,extension)
    mi @2.4 bla lua_reload
    mi @4.0+ lua:watch
    """#
