/// Every module that Siskin implements; all others are known by the catalogue only.
enum Modules {
    private static var all: [any Module.Type] {
        [
            Signaling.self, Sl.self, Tm.self, SipMsgOps.self, TextOps.self, MaxForwardsModule.self,
            CachedbLocal.self, CfgUtils.self, ClustererModule.self, Core.self, EventRouting.self, JSONModule.self,
            MQueue.self, MathOps.self, ProtoBIN.self, ProtoUDP.self, RateLimit.self, Statistics.self, UUIDModule.self,
        ]
    }

    /// By the name that `loadmodule` uses.
    static func type(named name: String) -> (any Module.Type)? { all.first { $0.name == name } }
}
