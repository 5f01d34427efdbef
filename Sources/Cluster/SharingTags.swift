/// A sharing tag: at most one node of the cluster should be active for it.
struct SharingTag: Equatable, Sendable {
    let name: [UInt8]
    var isActive: Bool
    /// Whether also nodes that were told are told again when they become reachable: always when it was configured as
    /// active, else when somebody could not be told at once.
    var isToldToComers: Bool
    /// When each node was last told.
    var announced: [NodeID: Nanoseconds] = [:]
    /// Nodes that were told on becoming reachable, when the way to them was so young that they may not have heard.
    var comers: Set<NodeID> = []
    /// When an announcement of anybody was last heard.
    var heard: Nanoseconds?
    /// When to announce it again, because others may have thought the same.
    var confirmation: Nanoseconds?
    /// When to see whether its new holder has confirmed it, and since when that could have been.
    var doubt: (due: Nanoseconds, since: Nanoseconds)?

    init(name: [UInt8], isActive: Bool, isToldToComers: Bool = false) {
        self.name = name
        self.isActive = isActive
        self.isToldToComers = isToldToComers
    }

    /// Whether the node is to be told when it becomes reachable.
    func isDue(to node: NodeID) -> Bool {
        isActive && (isToldToComers || announced[node] == nil)
    }

    var deadline: Nanoseconds? {
        [confirmation, doubt?.due].compactMap(\.self).min()
    }

    static func == (a: SharingTag, b: SharingTag) -> Bool {
        a.name == b.name && a.isActive == b.isActive && a.isToldToComers == b.isToldToComers
    }
}

/// Who holds the sharing tags.
///
/// The wire knows one word, "I am active", and it holds no clock: the last to arrive wins. When two nodes say it at
/// the same time, nodes of OpenSIPS both step down. A node of siskin knows that this may have happened: it had spoken
/// itself within `crossingWindow`. The one with the lower number then stays and says so again. The other steps down,
/// and takes the tag back if nobody confirms it (the other one was an OpenSIPS and stepped down, too).
extension ClusterNode {
    /// The state of a tag; a name heard of for the first time exists from then on, as a backup.
    mutating func sharingTag(named name: [UInt8]) -> Int? {
        if let index = sharingTags.firstIndex(where: { $0.name == name }) { return index }
        guard sharingTags.count < Limit.sharingTags, name.count <= Limit.name else { return nil }
        sharingTags.append(SharingTag(name: name, isActive: false))
        return sharingTags.count - 1
    }

    /// Takes the tag and tells everybody, also if it was held already.
    mutating func activateSharingTag(_ name: [UInt8], reason: String, at moment: Moment) throws(ManagementError) {
        guard let index = sharingTag(named: name) else { throw .tooManySharingTags }
        if !sharingTags[index].isActive { setSharingTag(index, isActive: true, reason: reason) }
        sharingTags[index].doubt = nil
        let isContested = sharingTags[index].heard.map { !moment.now.isPast($0, by: timings.crossingWindow) } ?? false
        sharingTags[index].isToldToComers = false
        sharingTags[index].announced = [:]
        guard own.isEnabled else {
            sharingTags[index].isToldToComers = true
            return
        }
        for slot in peers.indices {
            let isTold = peers[slot].isEnabled && announceSharingTag(index, to: slot, at: moment)
            if !isTold { sharingTags[index].isToldToComers = true }
        }
        if isContested { confirmLater(index, at: moment) }
    }

    mutating func onSharingTagActive(_ name: [UInt8], from source: NodeID, at moment: Moment) {
        guard let index = sharingTag(named: name) else { return drop(.limit) }
        let tag = sharingTags[index]
        sharingTags[index].heard = moment.now
        guard tag.isActive else {
            sharingTags[index].isToldToComers = false
            return
        }
        let crossed = tag.announced[source].map { !moment.now.isPast($0, by: timings.crossingWindow) } ?? false
        let isContested = tag.announced.values.contains { !moment.now.isPast($0, by: timings.crossingWindow) }
        if crossed, own.node < source, let slot = slots[source] {
            _ = announceSharingTag(index, to: slot, at: moment)
            // Whatever comes after this is no crossing any more.
            sharingTags[index].announced[source] = nil
            return confirmLater(index, at: moment)
        }
        sharingTags[index].isToldToComers = false
        sharingTags[index].confirmation = nil
        setSharingTag(index, isActive: false, reason: "cluster broadcast from \(source)")
        if isContested { doubt(index, at: moment) }
    }

    /// Tells a node that became reachable what it may have missed. OpenSIPS does not tell a node that was not known at
    /// the activation; it can be the former holder, if this node had just restarted and knew nobody.
    mutating func announceSharingTags(to slot: Int, at moment: Moment) {
        let node = peers[slot].id
        for index in sharingTags.indices where sharingTags[index].isDue(to: node) {
            _ = announceSharingTag(index, to: slot, at: moment)
            sharingTags[index].comers.insert(node)
        }
    }

    /// Tells those once more who became reachable a while ago.
    mutating func repeatSharingTags(at moment: Moment) {
        for index in sharingTags.indices {
            let comers = sharingTags[index].comers
            sharingTags[index].comers = []
            guard sharingTags[index].isActive else { continue }
            for slot in peers.indices where comers.contains(peers[slot].id) && peers[slot].nextHop != nil {
                _ = announceSharingTag(index, to: slot, at: moment)
            }
        }
    }

    /// A node was disabled here, so it was told nothing meanwhile.
    mutating func tellSharingTagsLater(to node: NodeID, at moment: Moment) {
        for index in sharingTags.indices where sharingTags[index].isDue(to: node) {
            sharingTags[index].comers.insert(node)
        }
        refreshLater(at: moment)
    }

    /// A node is out of reach: what it was told while that was not yet noticed may be lost.
    mutating func doubtAnnouncements(to node: NodeID, at moment: Moment) {
        let unnoticed = timings.pingInterval &+ 2 &* timings.pingTimeout
        for index in sharingTags.indices where sharingTags[index].isActive {
            guard let told = sharingTags[index].announced[node], !moment.now.isPast(told, by: unnoticed) else {
                continue
            }
            sharingTags[index].isToldToComers = true
        }
    }

    mutating func onSharingTagTimer(at moment: Moment) {
        for index in sharingTags.indices {
            if let due = sharingTags[index].confirmation, moment.now >= due {
                sharingTags[index].confirmation = nil
                for slot in peers.indices where peers[slot].isEnabled && peers[slot].nextHop != nil {
                    _ = announceSharingTag(index, to: slot, at: moment)
                }
            }
            if let doubt = sharingTags[index].doubt, moment.now >= doubt.due {
                sharingTags[index].doubt = nil
                let isConfirmed = sharingTags[index].heard.map { $0 >= doubt.since } ?? false
                if !isConfirmed, !sharingTags[index].isActive {
                    try? activateSharingTag(sharingTags[index].name, reason: "no other holder", at: moment)
                }
            }
        }
    }

    private mutating func announceSharingTag(_ index: Int, to slot: Int, at moment: Moment) -> Bool {
        let node = peers[slot].id
        guard let bytes = packet(.sharingTagActive(name: sharingTags[index].name, to: node)).encode() else {
            return false
        }
        guard transmit(bytes, .sharingTagActive, toward: slot, at: moment) == .sent else { return false }
        sharingTags[index].announced[node] = moment.now
        return true
    }

    private mutating func setSharingTag(_ index: Int, isActive: Bool, reason: String) {
        sharingTags[index].isActive = isActive
        let name = sharingTags[index].name
        effects.append(.raise(.sharingTagChanged(name: name, cluster: id, isActive: isActive, reason: reason)))
        let text = String(decoding: name, as: UTF8.self)
        log(.sharingTag(text, isActive: isActive, reason: reason), about: own.node)
    }

    private mutating func confirmLater(_ index: Int, at moment: Moment) {
        let due = moment.now &+ timings.confirmationDelay
        sharingTags[index].confirmation = due
        wake(by: due)
    }

    /// The lower the own number, the earlier the tag is taken back, so that one of several does it.
    private mutating func doubt(_ index: Int, at moment: Moment) {
        let rank = Nanoseconds(peers.count { $0.id < own.node })
        let due = moment.now &+ timings.confirmationDelay &* 2 &+ timings.crossingWindow &* rank
        sharingTags[index].doubt = (due, since: moment.now &+ timings.confirmationDelay / 2)
        wake(by: due)
    }
}
