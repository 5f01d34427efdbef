/// The words that the grammar itself knows. Names of functions, parameters and options are not among them.
enum Keyword: UInt8 {
    case none
    case ifWord, elseWord, whileWord, forWord, inWord, switchWord, caseWord, defaultWord, breakWord, esac
    case exit, drop, returnWord, route, async, launch, assert, log, error, xdbg, xlog
    case failureRoute, onreplyRoute, branchRoute, errorRoute, localRoute, startupRoute, timerRoute, eventRoute
    case loadmodule, modparam, includeFile, importFile
    case null

    /// The keyword between `start` and `end`; `.none` for every other word.
    static func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Keyword {
        func like(_ word: StaticString, _ keyword: Keyword) -> Keyword? {
            text.has(word, at: start) ? keyword : nil
        }
        return switch end - start {
        case 2: like("if", .ifWord) ?? like("in", .inWord) ?? .none
        case 3: like("for", .forWord) ?? like("log", .log) ?? .none
        case 4:
            switch text[start] {
            case UInt8(ascii: "e"): like("exit", .exit) ?? like("else", .elseWord) ?? like("esac", .esac) ?? .none
            case UInt8(ascii: "x"): like("xlog", .xlog) ?? like("xdbg", .xdbg) ?? .none
            case UInt8(ascii: "N"): like("NULL", .null) ?? .none
            default: like("case", .caseWord) ?? like("drop", .drop) ?? like("null", .null) ?? .none
            }
        case 5:
            switch text[start] {
            case UInt8(ascii: "r"): like("route", .route) ?? .none
            case UInt8(ascii: "w"): like("while", .whileWord) ?? .none
            case UInt8(ascii: "b"): like("break", .breakWord) ?? .none
            default: like("async", .async) ?? like("error", .error) ?? .none
            }
        case 6:
            like("return", .returnWord) ?? like("switch", .switchWord) ?? like("launch", .launch)
                ?? like("assert", .assert) ?? .none
        case 7: like("default", .defaultWord) ?? .none
        case 8: like("modparam", .modparam) ?? .none
        case 10: like("loadmodule", .loadmodule) ?? .none
        case 11:
            like("event_route", .eventRoute) ?? like("error_route", .errorRoute) ?? like("local_route", .localRoute)
                ?? like("timer_route", .timerRoute) ?? like("import_file", .importFile) ?? .none
        case 12: like("branch_route", .branchRoute) ?? like("include_file", .includeFile) ?? .none
        case 13:
            like("failure_route", .failureRoute) ?? like("onreply_route", .onreplyRoute)
                ?? like("startup_route", .startupRoute) ?? .none
        default: .none
        }
    }

    /// The kind of block that this word opens at the top level.
    var routeKind: RouteKind? {
        switch self {
        case .route: .request
        case .failureRoute: .failure
        case .onreplyRoute: .onreply
        case .branchRoute: .branch
        case .errorRoute: .error
        case .localRoute: .local
        case .startupRoute: .startup
        case .timerRoute: .timer
        case .eventRoute: .event
        default: nil
        }
    }

    /// Opens a statement, so a token in front of it that needs a semicolon lacks one.
    var startsStatement: Bool {
        switch self {
        case .none, .elseWord, .inWord, .caseWord, .defaultWord, .null, .includeFile, .importFile: false
        default: true
        }
    }
}

/// Words that OpenSIPS reserves everywhere, so that they cannot name a route without quotes.
enum ReservedWords {
    static func contains(_ word: String) -> Bool { words.contains(word) }

    private static let words = Set(
        """
        ACCEPT_SUBDOMAIN ANYCAST FRAG NULL REUSE_PORT abort_on_assert accept_subdomain advertised_address \
        advertised_port alias and any anycast assert async auto_aliases auto_scaling_cycle auto_scaling_profile \
        branch_route break case check_via chroot db_default_url db_max_async_connections db_version_table debug_mode \
        default disable_503_translation disable_core_dump disable_dns_blacklist disable_dns_failover \
        disable_stateless_fwd dns dns_retr_no dns_retr_time dns_servers_no dns_try_ipv6 dns_try_naptr \
        dns_use_search_list drop dst_blacklist else enable_asserts error error_route event_pkg_threshold event_route \
        event_shm_threshold exec_dns_threshold exec_msg_threshold execdnsthreshold execmsgthreshold exit expire \
        failure_route for frag if in launch listen loadmodule local_route log log_event_enabled \
        log_event_level_filter log_facility log_json_buf_size log_level log_msg_buf_size log_name log_prefix \
        log_stderror log_stdout max_while_loops maxbuffer mcast_loopback mcast_ttl mem_dump mem_log mem_warming \
        mem_warming_enabled mem_warming_pattern_file mem_warming_percentage memdump memlog mhomed modparam mpath not \
        null onreply_route open_files_limit or poll_method pv_print_buf_size query_buffer_size query_flush_time \
        readonly restart_persistency_cache_file restart_persistency_size return reuse_port rev_dns route \
        server_header server_signature shm_hash_split_percentage shm_memlog_size shm_secondary_hash_size sip_warning \
        socket startup_route stderror_enabled stderror_level_filter stderror_log_format switch sync syslog_enabled \
        syslog_facility syslog_level_filter syslog_log_format syslog_name tag tcp_accept_aliases \
        tcp_connect_timeout tcp_connection_lifetime tcp_keepalive tcp_keepcount tcp_keepidle tcp_keepinterval \
        tcp_max_connections tcp_max_msg_time tcp_no_new_conn_bflag tcp_no_new_conn_rplflag \
        tcp_parallel_read_on_workers tcp_socket_backlog tcp_threshold tcp_workers tcpthreshold timer_route \
        timer_workers tos udp_workers user_agent_header wdir while workdir xdbg xlog xlog_buf_size \
        xlog_force_color xlog_level xlog_print_level
        """.split(separator: " ").map(String.init))
}
