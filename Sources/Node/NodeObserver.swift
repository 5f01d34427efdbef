import Events
import Script

/// Looks over the shoulder of a node, such as a test of its script.
package protocol NodeObserver: AnyObject {
    /// What the script gets for a module that it loads; `own` is what Siskin implements of it, if anything.
    func implementation(of module: String, _ own: ModuleImplementation?) -> ModuleImplementation?
    /// An event was raised, whether anybody subscribed to it or not.
    func raised(_ event: Event)
    /// Scripts are to end, as nobody waits for them any longer.
    var isOverdue: Bool { get }
    /// A script came to its end; the fiber is given back behind this call.
    func scriptEnded(_ fiber: Fiber)
}

extension NodeObserver {
    package var isOverdue: Bool { false }
}
