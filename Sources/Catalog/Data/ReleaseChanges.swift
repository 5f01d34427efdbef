// Renames and syntax differences between the releases: data, not code.
// Generated from the facts of OpenSIPS's export tables (2.4.11, 3.4.18, 3.6.8, 4.0.1). The format is
// described in FactLine.swift, so that the text can also be maintained by hand.

let historyFacts: StaticString = #"""
    rename function 3.4 core add_rport core force_rport
    rename function 3.4 core add_tcp_alias core force_tcp_alias
    rename function 3.4 core avp_printf core pv_printf
    rename function 3.4 core force_local_rport core add_local_rport
    rename function 3.4 core isbranchflagset core isbflagset
    rename function 3.4 core isduriset core isdsturiset
    rename function 3.4 core resetbranchflag core resetbflag
    rename function 3.4 core resetduri core resetdsturi
    rename function 3.4 core rewritehost core sethost
    rename function 3.4 core rewritehostport core sethostport
    rename function 3.4 core rewriteport core setport
    rename function 3.4 core rewriteuri core seturi
    rename function 3.4 core rewriteuser core setuser
    rename function 3.4 core rewriteuserpass core setuserpass
    rename function 3.4 core setbranchflag core setbflag
    rename function 3.4 core setduri core setdsturi
    rename function 3.4 core seth core sethost
    rename function 3.4 core sethp core sethostport
    rename function 3.4 core setp core setport
    rename function 3.4 core setu core setuser
    rename function 3.4 core setup core setuserpass
    rename function 3.6 avpops avp_db_delete sqlops sql_avp_delete
    rename function 3.6 avpops avp_db_load sqlops sql_avp_load
    rename function 3.6 avpops avp_db_query sqlops sql_query
    rename function 3.6 avpops avp_db_store sqlops sql_avp_store
    rename function 3.6 avpops avp_print core avp_print
    rename function 3.6 avpops avp_shuffle cfgutils shuffle_avps
    rename function 3.6 core append_branch core append_msg_branch
    rename function 3.6 core remove_branch core remove_msg_branch
    rename function 3.4 drouting next_routing drouting use_next_gw
    rename function 3.4 enum enum_pv_query enum enum_query
    rename function 3.4 exec exec_avp exec exec
    rename function 3.4 exec exec_dset exec exec
    rename function 3.4 exec exec_msg exec exec
    rename function 3.4 group get_user_group group db_get_user_group
    rename function 3.4 group is_user_in group db_is_user_in
    rename function 3.6 rabbitmq rabbitmq_publish event_rabbitmq rabbitmq_publish
    rename function 3.4 siptrace sip_trace tracer trace
    rename function 3.4 uri aaa_does_uri_exist auth_aaa aaa_does_uri_exist
    rename function 3.4 uri aaa_does_uri_user_exist auth_aaa aaa_does_uri_user_exist
    rename function 3.4 uri add_uri_param sipmsgops ruri_add_param
    rename function 3.4 uri db_check_from auth_db db_is_from_authorized
    rename function 3.4 uri db_check_to auth_db db_is_to_authorized
    rename function 3.4 uri db_does_uri_exist auth_db db_does_uri_exist
    rename function 3.4 uri db_get_auth_id auth_db db_get_auth_id
    rename function 3.4 uri del_uri_param sipmsgops ruri_del_param
    rename function 3.4 uri has_totag sipmsgops has_totag
    rename function 3.4 uri is_uri_user_e164 sipmsgops is_uri_user_e164
    rename function 3.4 uri tel2sip sipmsgops ruri_tel2sip
    rename function 3.4 uri uri_param sipmsgops ruri_has_param
    rename parameter 3.4 auth_aaa service_type auth_aaa auth_service_type
    rename parameter 3.6 avpops avp_table sqlops usr_table
    rename parameter 3.4 cachedb_mongodb exec_treshold cachedb_mongodb exec_threshold
    rename parameter 3.4 clusterer current_id clusterer my_node_id
    rename parameter 3.4 clusterer current_info clusterer my_node_info
    rename parameter 3.4 clusterer neighbor_info clusterer neighbor_node_info
    rename parameter 3.4 dialog dlg_sharing_tag clusterer sharing_tag value
    rename parameter 3.4 drouting status_replication_cluster drouting cluster_id
    rename parameter 3.4 event_jsonrpc sync_mode event_stream reliable_mode
    rename parameter 3.4 load_balancer status_replication_cluster load_balancer cluster_id
    rename parameter 3.4 mi_http mi_http_method mi_html http_method
    rename parameter 3.4 mi_http mi_http_root mi_html root
    rename parameter 3.4 mi_json mi_json_root mi_http root
    rename parameter 3.4 presence cluster_sharing_tags clusterer sharing_tag value
    rename parameter 3.4 rtpproxy rtpproxy_tout rtpproxy rtpproxy_timeout value
    rename parameter 3.4 tls_mgm address_col tls_mgm match_ip_address_col value
    rename parameter 3.4 tls_mgm client_domain_avp tls_mgm client_tls_domain_avp
    rename parameter 3.4 tls_mgm tls_handshake_timeout proto_tls tls_handshake_timeout
    rename parameter 3.4 tls_mgm tls_send_timeout proto_tls tls_send_timeout
    rename parameter 3.4 tm fr_inv_timer tm fr_inv_timeout
    rename parameter 3.4 tm fr_timer tm fr_timeout
    rename parameter 3.4 uri domain_column auth_db uri_domain_column
    rename parameter 3.4 uri service_type auth_aaa check_service_type
    rename parameter 3.4 uri uriuser_column auth_db uri_uriuser_column
    rename parameter 3.4 uri user_column auth_db uri_user_column
    rename parameter 4.0 usrloc db_mode usrloc working_mode_preset value
    rename global 3.4 core children core udp_workers
    rename global 3.4 core debug core log_level
    rename global 3.4 core listen core socket
    rename global 3.4 core log_facility core syslog_facility
    rename global 3.4 core log_name core syslog_name
    rename global 3.4 core log_stderror core stderror_enabled
    rename global 3.4 core tcp_children core tcp_workers
    rename global 3.4 core tcp_listen_backlog core tcp_socket_backlog
    rename global 3.4 core xlog_default_level core xlog_print_level
    rename option 3.4 core use_children core use_workers
    rename variable 3.4 core Ri core socket_in(ip)
    rename variable 3.4 core Rp core socket_in(port)
    rename variable 3.4 core af core socket_in(af)
    rename variable 3.6 core branch core msg.branch
    rename variable 3.6 core branch(duri) core msg.branch.duri
    rename variable 3.6 core branch(flags) core msg.branch.flags
    rename variable 3.6 core branch(path) core msg.branch.path
    rename variable 3.6 core branch(q) core msg.branch.q
    rename variable 3.6 core branch(socket) core msg.branch.socket
    rename variable 3.6 core branch(uri) core msg.branch.uri
    rename variable 3.6 core branch.flag core msg.branch.flag
    rename variable 3.4 core fs core socket_out
    rename variable 3.4 core pr core socket_in(proto)
    rename variable 3.4 core proto core socket_in(proto)
    rename variable 3.4 core rT core route.type
    rename module 3.6 avpops avpops sqlops sqlops
    rename module 3.4 event_jsonrpc event_jsonrpc event_stream event_stream
    rename module 3.4 mi_json mi_json mi_http mi_http
    rename module 4.0 mi_xmlrpc_ng mi_xmlrpc_ng mi_xmlrpc mi_xmlrpc
    rename module 3.6 rabbitmq rabbitmq event_rabbitmq event_rabbitmq
    rename module 3.4 siptrace siptrace tracer tracer
    dropped 2.4 xlog core
    dropped 3.6 event_route core
    dropped 3.4 seas none
    dropped 3.4 sms none
    dropped 3.4 uri split
    reused 3.4 mi_http mi_html
    syntax int_argument_quoted
    is 2.4 ok for module functions
    is 3.4+ error
    example strip("1")
    fix strip(1)
    syntax string_argument_unquoted_number
    is 2.4 ok for module functions
    is 3.4+ error
    example append_hf(1)
    fix append_hf("1")
    syntax output_variable_quoted
    is 2.4 ok only form
    is 3.4+ error where the argument kind is var
    example f("$avp(x)")
    fix f($avp(x))
    syntax variable_argument_bare
    is 2.4 error for module functions
    is 3.4+ ok
    example f($avp(x))
    syntax flag_number
    is 2.4 ok
    is 3.4+ error
    example setflag(1)
    fix setflag("NAME")
    syntax flag_bare_name
    is 2.4 ok
    is 3.4+ error
    example setflag(NAME)
    fix setflag("NAME")
    syntax flag_modparam_number
    is 2.4 ok
    is 3.4+ error where the parameter is string
    example modparam("tm","minor_branch_flag",3)
    fix modparam("tm","minor_branch_flag","NAME")
    syntax flag_global_number
    is 2.4 ok
    is 3.4+ error
    example tcp_no_new_conn_bflag = 7
    fix tcp_no_new_conn_bflag = NAME
    syntax core_call_without_parentheses
    is 2.4 ok for append_branch force_rport revert_uri resetdsturi isdsturiset add_local_rport force_tcp_alias
    is 3.4+ error
    example force_rport;
    fix force_rport();
    syntax core_function_alias_spelling
    is 2.4 ok
    is 3.4+ error
    example rewritehost("h")
    fix sethost("h")
    syntax if_while_without_parentheses
    is 2.4 ok
    is 3.4+ error
    example if $var(x) == 1 { }
    fix if ($var(x) == 1) { }
    syntax break_only_in_switch
    is 2.4 error
    is 3.4+ ok
    example while (1) { break; }
    syntax esac_keyword
    is 2.4 ok same as break
    is 3.4+ error
    example esac;
    fix break;
    syntax event_route_mode
    is 2.4 ok
    is 3.4+ error
    example event_route[E_X, sync] { }
    fix event_route[E_X] { }
    syntax event_route_module
    is 2.4 ok needed
    is 3.4 ok needed
    is 3.6+ warning skipped
    example loadmodule "event_route.so"
    syntax fetch_event_params
    is 2.4 ok
    is 3.4+ error
    example fetch_event_params("a=$avp(a)")
    fix $param(a)
    syntax force_send_socket_unquoted
    is 2.4 ok only form
    is 3.4+ error
    example force_send_socket(udp:1.2.3.4:5060)
    fix force_send_socket("udp:1.2.3.4:5060")
    syntax set_advertised_address_unquoted
    is 2.4 ok
    is 3.4+ error
    example set_advertised_address(1.2.3.4)
    fix set_advertised_address("1.2.3.4")
    syntax set_advertised_port_number
    is 2.4 ok
    is 3.4+ error
    example set_advertised_port(5060)
    fix set_advertised_port("5060")
    syntax append_branch_no_argument
    is 2.4 ok
    is 3.4 ok
    is 3.6+ error
    example append_branch();
    fix append_msg_branch($ru)
    syntax listen_as_children
    is 2.4 ok
    is 3.4+ error
    example listen = udp:1.2.3.4:5060 use_children 4
    fix socket = udp:1.2.3.4:5060 use_workers 4
    syntax socket_option_order
    is 2.4 ok fixed order
    is 3.4+ ok any order
    example socket = udp:1.2.3.4 use_workers 4 as 5.6.7.8
    syntax socket_port_list
    is 2.4 error
    is 3.4 error
    is 3.6+ ok
    example socket = udp:1.2.3.4:5060-5065,5080
    syntax modparam_string_concatenation
    is 2.4 error
    is 3.4+ ok
    example modparam("m","p","a" "b")
    syntax include_anywhere
    is 2.4 ok lexer
    is 3.4+ error must start the line
    example xlog("a"); include_file "x"
    syntax import_missing_file
    is 2.4 ok ignored
    is 3.4+ error
    example import_file "absent.cfg"
    syntax avp_name_prefix
    is 2.4 warning
    is 3.4+ warning
    example $avp(s:name)
    fix $avp(name)
    syntax route_name_variable
    is 2.4 error
    is 3.4+ ok
    example route($var(r))
    syntax route_name_format
    is 2.4 ok literal name
    is 3.4+ ok evaluated at run time
    example route("r-$var(x)")
    syntax return_values
    is 2.4 error
    is 3.4 error
    is 3.6+ ok
    example return(1, "a", $var(x))
    syntax return_bare_value
    is 2.4 error
    is 3.4+ ok
    example return -1;
    syntax assert_without_message
    is 2.4 error
    is 3.4 error
    is 3.6+ ok
    example assert($var(x) == 1)
    syntax async_timeout
    is 2.4 error
    is 3.4+ ok
    example async(f(), resume, 5)
    syntax launch_parameter
    is 2.4 error
    is 3.4+ ok
    example launch(f(), resume, "p")
    syntax negative_argument
    is 2.4 error for module functions
    is 3.4+ ok
    example f(-1)
    syntax proto_udp_loadmodule
    is 2.4 ok needed
    is 3.4+ ok needed (built in, still has to be loaded)
    example loadmodule "proto_udp.so"
    syntax socket_in_string
    is 2.4 error
    is 3.4+ error
    example socket = "udp:1.2.3.4:5060"
    fix socket = udp:1.2.3.4:5060
    """#
