import Events
import SIP
import Script
import Syntax

/// Headers, bodies and URIs of messages.
///
/// Differs from OpenSIPS: a header line without a line end gets one; `has_body` is false for an empty body;
/// `ruri_add_param` and `ruri_tel2sip` answer 1 when they did it; `ruri_add_param` leaves the headers of the URI where
/// they were; `list_hdr_add_option` does not repeat an option; `codec_exists` heeds the clock rate of static codecs.
final class SipMsgOps: Module {
    static let name = "sipmsgops"

    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        var functions: [String: Function.Body] = [:]
        for group in [
            HeaderFunctions.all(), HeaderLists.all(), ReplyFunctions.all(node), RequestURIParameters.all(),
            BodyFunctions.all(), CodecFunctions.all(), ChecksOfMessages.all(),
        ] {
            functions.merge(group) { $1 }
        }
        return ModuleImplementation(functions: functions)
    }
}
