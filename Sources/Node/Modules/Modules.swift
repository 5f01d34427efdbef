/// Every module that Siskin implements; all others are known by the catalogue only.
enum Modules {
    private static var all: [any Module.Type] {
        [
            CfgUtils.self, ClustererModule.self, Core.self, EventDatagram.self, EventFlatstore.self, EventRouting.self,
            EventVirtual.self, ProtoBIN.self, ProtoUDP.self,
        ]
    }

    /// By the name that `loadmodule` uses.
    static func type(named name: String) -> (any Module.Type)? { all.first { $0.name == name } }
}
