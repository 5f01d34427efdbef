/// Every module that Siskin implements; all others are known by the catalogue only.
enum Modules {
    private static var all: [any Module.Type] {
        [
            AVPOps.self, CachedbLocal.self, CfgUtils.self, ClustererModule.self, Core.self, Diversion.self,
            EventDatagram.self, EventFlatstore.self, EventRabbitMQ.self, EventRoute.self, EventRouting.self,
            EventStream.self, EventVirtual.self, EventXMLRPC.self, JSONModule.self, MIDatagram.self, MIFIFO.self,
            MQueue.self, Mangler.self, MathOps.self, MaxForwardsModule.self, Nathelper.self, Options.self, Path.self,
            ProtoBIN.self, ProtoTCP.self,
            ProtoUDP.self, RateLimit.self, Signaling.self, SipMsgOps.self, Sl.self, Statistics.self, TextOps.self,
            Tm.self, UUIDModule.self, Uri.self,
        ]
    }

    /// By the name that `loadmodule` uses.
    static func type(named name: String) -> (any Module.Type)? { all.first { $0.name == name } }
}

extension Node {
    /// Whether Siskin runs a module, or only knows it.
    package static func implements(_ module: String) -> Bool { Modules.type(named: module) != nil }
}
