" Highlighting of opensips.cfg; ../../opensips-cfg.ebnf is the grammar.
if exists('b:current_syntax')
  finish
endif

syn case match
syn iskeyword @,48-57,_

" Names of routes, and whatever else is a word, stay plain; functions are words before a parenthesis.
syn match opensipsFunction "\<\a\w*\ze\s*("
syn match opensipsOperator "[-+*/%&|^~=!<>:]"
syn match opensipsSemicolon ";"

syn keyword opensipsConditional if else switch case default
syn keyword opensipsRepeat while for in break
syn keyword opensipsFlow return exit drop
syn keyword opensipsCommand async launch assert log xlog xdbg error
syn keyword opensipsInclude loadmodule modparam
syn match opensipsInclude "^\s*\zs\%(include_file\|import_file\)\>"
syn keyword opensipsWordOperator and or not
syn keyword opensipsBoolean yes no on off true false enable disable
syn keyword opensipsNull NULL null
syn keyword opensipsOption as tag use_workers use_auto_scaling_profile anycast frag reuse_port accept_subdomain
syn keyword opensipsOld esac use_children sync

" `route(` calls a route, every other one of these words opens a block.
syn match opensipsCommand "\<route\ze\s*("
syn match opensipsRoute "\<route\>\ze\s*\%([[{#]\|/\*\|$\)"
syn keyword opensipsRoute failure_route onreply_route branch_route error_route local_route startup_route
syn keyword opensipsRoute timer_route event_route

syn keyword opensipsGlobal abort_on_assert advertised_address advertised_port alias auto_aliases auto_scaling_cycle
syn keyword opensipsGlobal auto_scaling_profile check_via chroot db_default_url db_max_async_connections db_version_table
syn keyword opensipsGlobal debug_mode disable_503_translation disable_core_dump disable_dns_blacklist disable_dns_failover
syn keyword opensipsGlobal disable_stateless_fwd dns dns_retr_no dns_retr_time dns_servers_no dns_try_ipv6 dns_try_naptr
syn keyword opensipsGlobal dns_use_search_list dst_blacklist enable_asserts event_pkg_threshold event_shm_threshold
syn keyword opensipsGlobal exec_dns_threshold exec_msg_threshold execdnsthreshold execmsgthreshold log_event_enabled
syn keyword opensipsGlobal log_event_level_filter log_json_buf_size log_level log_msg_buf_size log_prefix log_stdout
syn keyword opensipsGlobal max_while_loops maxbuffer mcast_loopback mcast_ttl mem_dump mem_log mem_warming mem_warming_enabled
syn keyword opensipsGlobal mem_warming_pattern_file mem_warming_percentage memdump memlog mhomed mpath open_files_limit
syn keyword opensipsGlobal poll_method pv_print_buf_size query_buffer_size query_flush_time restart_persistency_cache_file
syn keyword opensipsGlobal restart_persistency_size rev_dns server_header server_signature shm_hash_split_percentage
syn keyword opensipsGlobal shm_memlog_size shm_secondary_hash_size sip_warning socket stderror_enabled stderror_level_filter
syn keyword opensipsGlobal stderror_log_format syslog_enabled syslog_facility syslog_level_filter syslog_log_format syslog_name
syn keyword opensipsGlobal tcp_accept_aliases tcp_connect_timeout tcp_connection_lifetime tcp_keepalive tcp_keepcount
syn keyword opensipsGlobal tcp_keepidle tcp_keepinterval tcp_max_connections tcp_max_msg_time tcp_no_new_conn_bflag
syn keyword opensipsGlobal tcp_no_new_conn_rplflag tcp_parallel_read_on_workers tcp_socket_backlog tcp_threshold tcp_workers
syn keyword opensipsGlobal tcpthreshold timer_workers tos udp_workers user_agent_header wdir workdir xlog_buf_size
syn keyword opensipsGlobal xlog_force_color xlog_level xlog_print_level
syn match opensipsGlobal "\<mem-group\>"
syn keyword opensipsOld children debug fork listen log_facility log_name log_stderror tcp_children tcp_listen_backlog
syn keyword opensipsOld xlog_default_level

syn match opensipsNumber "\<\%(0x\x\+\|\d\+\)\>"
syn match opensipsAddress "\<\d\{1,3}\%(\.\d\{1,3}\)\{3}\%(/[0-9.]\+\)\?\>"
syn match opensipsAddress "\%(\w\|:\)\@<!\%(\x\{1,4}:\)\{2,7}\%(\x\{1,4}\)\?\%(/\d\+\)\?\%(\w\|:\)\@!"
syn match opensipsAddress "\%(\w\|:\)\@<!\%(\x\{1,4}\%(:\x\{1,4}\)*\)\?::\%(\x\{1,4}\%(:\x\{1,4}\)*\)\?\%(/\d\+\)\?\%(\w\|:\)\@!"
syn match opensipsProtocol "\c\<\%(udp\|tcp\|tls\|sctp\|wss\?\|bins\?\|hep_udp\|hep_tcp\|hep_tls\|smpp\|msrps\?\|ipsec\)\ze\s*:=\@!"

" Variables: $name, $name(sub), $(name(sub)[index]{class.function,argument}); the same in strings.
syn cluster opensipsVariables contains=opensipsVariable,opensipsVariableSub,opensipsVariableLong,opensipsDollar
syn match opensipsVariable "\$\a[0-9A-Za-z_.]*"
syn region opensipsVariableSub matchgroup=opensipsVariable start="\$\a[0-9A-Za-z_.]*(" end=")" end="\ze\"" oneline contains=opensipsParens,@opensipsVariables
syn region opensipsVariableLong matchgroup=opensipsVariable start="\$(\%(<\w\+>\)\?\a[0-9A-Za-z_.]*" end=")" end="\ze\"" oneline contains=opensipsParens,opensipsIndex,opensipsChange,@opensipsVariables
syn region opensipsParens start="(" end=")" end="\ze\"" oneline contained contains=opensipsParens,@opensipsVariables
syn region opensipsIndex matchgroup=opensipsDelimiter start="\[" end="\]" oneline contained contains=opensipsNumber,@opensipsVariables
syn region opensipsChange matchgroup=opensipsChangeName start="{\s*\a\w*\.\s*[0-9A-Za-z_.-]\+" skip="\\}" end="}" end="\ze\"" oneline contained contains=@opensipsVariables
syn match opensipsDollar "\$\$\|\$(\$)"

syn match opensipsEscape "\\\%([nrta\"\\]\|x\x\{1,2}\|\o\{2,3}\)" contained
syn region opensipsString start=+"+ skip=+\\.+ end=+"+ contains=opensipsEscape,@opensipsVariables
syn region opensipsString start=+'+ end=+'+ contains=@opensipsVariables

syn match opensipsRouteName "\%(\%(_route\|\<route\)\s*\[\s*\)\@<=\%(\w\+\|\"[^\"]*\"\|'[^']*'\)"

syn match opensipsComment "#.*$" contains=opensipsTodo,@Spell
syn region opensipsComment start="/\*" end="\*/" contains=opensipsComment,opensipsTodo,@Spell
syn keyword opensipsTodo TODO FIXME XXX contained

syn sync minlines=200

hi def link opensipsConditional Conditional
hi def link opensipsRepeat Repeat
hi def link opensipsFlow Statement
hi def link opensipsCommand Keyword
hi def link opensipsInclude Include
hi def link opensipsOperator Operator
hi def link opensipsWordOperator Operator
hi def link opensipsSemicolon Delimiter
hi def link opensipsDelimiter Delimiter
hi def link opensipsBoolean Boolean
hi def link opensipsNull Constant
hi def link opensipsOption Type
hi def link opensipsProtocol Type
hi def link opensipsOld WarningMsg
hi def link opensipsRoute Structure
hi def link opensipsRouteName Label
hi def link opensipsGlobal PreProc
hi def link opensipsFunction Function
hi def link opensipsNumber Number
hi def link opensipsAddress Number
hi def link opensipsVariable Identifier
hi def link opensipsVariableSub Identifier
hi def link opensipsVariableLong Identifier
hi def link opensipsParens Identifier
hi def link opensipsChange String
hi def link opensipsChangeName Special
hi def link opensipsDollar SpecialChar
hi def link opensipsEscape SpecialChar
hi def link opensipsString String
hi def link opensipsComment Comment
hi def link opensipsTodo Todo

let b:current_syntax = 'opensips'
