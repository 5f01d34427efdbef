import Testing

@testable import Node

/// What statements make of the request URI; recorded from OpenSIPS 3.6.8 but where a comment says otherwise.
@Suite struct RequestURITests {
    struct Step: CustomTestStringConvertible {
        var start: String
        var statement: String
        var code: Int
        var uri: String
        var testDescription: String { "\(start): \(statement)" }

        init(_ start: String, _ statement: String, _ code: Int, _ uri: String) {
            self.start = start
            self.statement = statement
            self.code = code
            self.uri = uri
        }
    }

    static let whole = "sip:u:p@h.example:5070;a=b?X=y"

    static let steps: [Step] = [
        Step(whole, "$rU = \"new\"", 1, "sip:new:p@h.example:5070;a=b?X=y"),
        Step(whole, "$rd = \"dom\"", 1, "sip:u:p@dom:5070;a=b?X=y"),
        Step(whole, "$rp = 1234", 1, "sip:u:p@h.example:1234;a=b?X=y"),
        Step(whole, "$rp = \"1234\"", 1, "sip:u:p@h.example:1234;a=b?X=y"),
        Step(whole, "$rp = NULL", 1, "sip:u:p@h.example;a=b?X=y"),
        Step(whole, "$rp = \"abc\"", -1, whole),
        Step(whole, "$rU = 5", -1, whole),
        Step(whole, "$rd = NULL", -1, whole),
        Step(whole, "$ru = NULL", -1, whole),
        Step(whole, "$ru = 5", -1, whole),
        Step("sip:a@b", "$ru = \"\"", 1, "sip:bob@10.0.0.1"),
        Step("sip:z@q:1", "$rU = \"\"", 1, "sip:q:1"),
        Step("sip:a@b", "seturi(\"bad\")", 1, "<null>"),
        Step("sip:bob@h", "setuserpass(\"x:y\")", 1, "sip:x:y@h"),
        Step("sip:bob@h", "setuser(\"\")", 1, "sip:h"),
        Step("sip:u:p@h:5", "sethostport(\"hh:77\")", 1, "sip:u:p@hh:77"),
        Step("sip:u@h:5;p", "setport(\"\")", 1, "sip:u@h;p"),
        Step("sip:u@h:5", "sethost(\"only\")", 1, "sip:u@only:5"),
        Step("sip:u@h:5", "sethost(\"[2001:db8::1]\")", 1, "sip:u@[2001:db8::1]:5"),
        Step("sip:u@h:5", "sethost(\"hh:77\")", 1, "sip:u@hh:77"),
        Step("sip:12345@h;p=1?h=2", "strip(2)", 1, "sip:345@h;p=1?h=2"),
        Step("sip:345@h;p=1", "strip(9)", 1, "sip:h;p=1"),
        Step("sip:12345@h", "strip_tail(2)", 1, "sip:123@h"),
        Step("sip:123@h", "strip_tail(9)", 1, "sip:h"),
        Step("sip:h", "prefix(\"1\")", 1, "sip:1@h"),
        Step("sip:1@h", "strip(0)", 1, "sip:1@h"),
        // OpenSIPS makes a broken URI of these.
        Step("tel:123", "prefix(\"0\")", 1, "tel:0123"),
        Step("sip:a:b@h:5;p", "$rU = NULL", 1, "sip:h:5;p"),
        Step("sip:a@b?h=1", "ruri_add_param(\"q=1\")", 1, "sip:a@b;q=1?h=1"),
        Step("sips:a@h", "setport(\"70\")", 1, "sips:a@h:70"),
        Step("sip:a@b;x=1;z;y=2", "ruri_del_param(\"z\")", 1, "sip:a@b;x=1;y=2"),
        Step("sip:a@b", "ruri_del_param(\"z\")", -1, "sip:a@b"),
        Step("tel:+1-23.4;ext=3", "ruri_tel2sip()", 1, "sip:+1-23.4;ext=3@example.org;user=phone"),
        Step("sip:bob@h", "subst_user(\"/b(o)b/r\\1b/\")", 1, "sip:rob@h"),
        Step("sip:bob@h", "subst_uri(\"/sip:(.*)@(.*)/sip:\\2@\\1/\")", 1, "sip:h@bob"),
        Step("sip:bob@h", "subst_uri(\"/nomatch/x/\")", -1, "sip:bob@h"),
    ]

    @Test(arguments: steps)
    func aStatementChangesTheRequestURI(_ step: Step) throws {
        let story = try SIPStory(
            """
            route { seturi("\(step.start)"); \(step.statement); xlog("@ $rc $ru\\n"); }
            """, modules: ["textops"])
        story.send(request())
        #expect(story.said == ["\(step.code) \(step.uri)"])
    }

    @Test func theDestinationHasParts() throws {
        let story = try SIPStory(
            """
            route {
              $dd = "host"; xlog("@ $rc [$du]\\n");
              $du = "sip:192.0.2.9:5061;transport=tcp"; xlog("@ $dd $dp $dP\\n");
              $dd = "x"; $dp = 7; xlog("@ $du\\n");
              $dp = NULL; xlog("@ $du\\n");
              $du = NULL; xlog("@ [$du]\\n");
            }
            """)
        story.send(request())
        #expect(
            story.said == [
                "-1 [<null>]", "192.0.2.9 5061 tcp", "sip:x:7;transport=tcp", "sip:x;transport=tcp", "[<null>]",
            ])
    }

    @Test func branchesAreOrderedByPreference() throws {
        let story = try SIPStory(
            """
            route {
              append_msg_branch("sip:b0@h0"); append_msg_branch("sip:b1@h1", "0.4"); append_msg_branch("sip:b2@h2", "0.7");
              $(msg.branch.q[1]) = 300;
              xlog("@ $msg.branch.last_idx [$(msg.branch.uri[*])] $ds\\n");
              swap_msg_branches(0, 1); xlog("@ [$(msg.branch.uri[*])]\\n");
              remove_msg_branch(1); xlog("@ [$(branch(uri)[*])]\\n");
              serialize_branches(0);
              next_branches(); xlog("@ $rc $ru $msg.branch.last_idx\\n");
              next_branches(); xlog("@ $rc $ru\\n");
              next_branches(); xlog("@ $rc $ru\\n");
              next_branches(); xlog("@ $rc\\n");
            }
            """)
        story.send(request("INVITE"))
        #expect(
            story.said == [
                "3 [sip:bob@10.0.0.1, sip:b0@h0, sip:b1@h1, sip:b2@h2] Contact: <sip:b0@h0>;q=0.3, <sip:b1@h1>;q=0.4, <sip:b2@h2>;q=0.7",
                "[sip:bob@10.0.0.1, sip:b1@h1, sip:b0@h0, sip:b2@h2]",
                "[sip:b1@h1, sip:b2@h2]", "1 sip:b2@h2 0", "1 sip:b1@h1", "2 sip:bob@10.0.0.1", "-1",
            ])
    }

    /// As recorded from OpenSIPS 3.6.8.
    @Test func branchesBeginWithTheFlagsOfTheMessage() throws {
        let story = try SIPStory(
            """
            route {
              xlog("@ [$(branch(uri)[*])] [$(msg.branch.duri[*])] $ds\\n");
              setbflag("x"); setbflag("y"); append_msg_branch("sip:b1@h1"); $msg.branch = "sip:b2@h2";
              resetbflag("x"); append_msg_branch("sip:b3@h3");
              $(msg.branch.duri[2]) = "sip:d@h"; $(msg.branch.path[3]) = "<sip:p@h;lr>, <sip:q@h>";
              xlog("@ $(msg.branch.flags[*]) | $(msg.branch.duri[*]) | $(branch(path)[*])\\n");
              serialize_branches(0, 1);
              next_branches(); xlog("@ $ru $du $ds\\n"); next_branches(); next_branches(); next_branches();
              xlog("@ $ru $du $path\\n");
            }
            """)
        story.send(request("INVITE"))
        #expect(
            story.said == [
                "[<null>] [] <null>", "y, y x, y x, y | , , sip:d@h,  | , , <sip:p@h;lr>, <sip:q@h>",
                "sip:bob@10.0.0.1 <null> Contact: <sip:bob@10.0.0.1>", "sip:b3@h3 sip:p@h;lr <sip:p@h;lr>, <sip:q@h>",
            ])
    }
}
