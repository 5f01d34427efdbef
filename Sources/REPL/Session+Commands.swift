import Events
import Node
import Script
import Simulation
import Syntax

/// What the commands do.
extension Session {
    private func current() -> SessionNode? {
        if node == nil { complain("there is no node; write :add NAME [FILE]") }
        return node
    }

    // MARK: Scripts

    func load(_ words: [String]) {
        guard let file = words.first else { return complain("write :load FILE") }
        guard let node = current(), let (source, found) = read(file) else { return }
        guard !found.hasErrors else { return show(found, in: source) }
        let (whole, diagnostics) = node.load(file, source)
        show(diagnostics, in: whole)
        if !diagnostics.hasErrors { notice("\(file) is loaded") }
    }

    func reload() {
        guard let node = current() else { return }
        if node.files.isEmpty { return complain("\(node.name) has no files") }
        for file in node.files { load([file]) }
    }

    func restart() {
        guard let node = current() else { return }
        let (name, files) = (node.name, node.files)
        remove(node)
        guard add(name, file: files.first), let new = nodes.last else { return }
        use(new)
        for file in files.dropFirst() { load([file]) }
        notice("\(name) is started anew")
    }

    func listRoutes() {
        guard let node = current(), let source = node.machine?.program.source else { return }
        for route in node.routes {
            let place = source.location(of: route.span.start)
            result("\(route.label.padded(to: 28)) \(place.file):\(place.line)")
        }
    }

    // MARK: State

    func listVariables() {
        guard let node = current() else { return }
        let shared = node.sharedVariables
        if node.variables().isEmpty && shared.isEmpty { return notice("there are none") }
        for (name, value) in node.variables() + shared { result("\(name) = \(value)") }
    }

    func listAVPs() {
        guard let node = current() else { return }
        if node.avps().isEmpty { return notice("there are none") }
        for (name, values) in node.avps() { result("\(name) = \(values.joined(separator: ", "))") }
    }

    func listWaits() {
        guard let node = current() else { return }
        let waits = node.waits()
        if waits.isEmpty { return notice("nothing waits") }
        for wait in waits { result(wait) }
    }

    func listEvents() {
        guard let node = current() else { return }
        for name in node.node.events.names.all { result(String(decoding: name, as: UTF8.self)) }
    }

    func listSubscriptions() {
        guard let node = current() else { return }
        let lines = node.subscriptions()
        if lines.isEmpty { return notice("nobody hears of any event") }
        for line in lines { result(line) }
    }

    func showClusters() {
        let pictures = nodes.flatMap { ClusterPicture.all(of: $0.node) }
        if pictures.isEmpty { return notice("no node is in a cluster") }
        for picture in pictures { for line in picture.lines(isColoured: isColoured) { result(line) } }
    }

    func manage(_ words: [String]) {
        guard let node = current() else { return }
        guard let name = words.first else {
            return result(node.node.management.names.joined(separator: " "))
        }
        let arguments = words.dropFirst().map { word in
            Int64(word).map { JSON.integer($0) } ?? .string(Array(word.utf8))
        }
        do throws(CommandError) {
            let answer = try node.node.management.run(name, arguments.isEmpty ? .none : .positional(arguments))
            let bytes = JSONPrinter.print(answer, .pretty, escapesSlash: false, limit: 1 << 20) ?? []
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") { result(String(line)) }
        } catch {
            complain("\(error.code) \(error.message)" + (error.detail.map { ": \($0)" } ?? ""))
        }
    }

    // MARK: Nodes

    func listNodes() {
        for other in nodes {
            let sign = other === node ? "*" : " "
            let files = other.files.isEmpty ? "no file" : other.files.joined(separator: ", ")
            result("\(sign) \(other.name.padded(to: 16)) \(files)")
        }
    }

    func goTo(_ words: [String]) {
        guard let name = words.first, let other = find(name) else { return }
        use(other)
    }

    func addNode(_ words: [String]) {
        guard let name = words.first else { return complain("write :add NAME [FILE]") }
        // A file alone gives the node its name, as with siskin run.
        if words.count == 1, name.hasSuffix(".cfg") { return addNode([Session.nodeName(of: name), name]) }
        if add(name, file: words.dropFirst().first) { notice("\(name) runs") }
    }

    /// `asker` of `examples/find-user/asker.cfg`
    package static func nodeName(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.hasSuffix(".cfg") ? String(last.dropLast(4)) : last
    }

    func stopNode(_ words: [String]) {
        guard let name = words.first else { return complain("write :stop NAME") }
        guard let other = find(name) else { return }
        remove(other)
        notice("\(name) is stopped")
    }

    func link(_ words: [String], isCut: Bool) {
        guard let simulation = world.simulation else { return complain("only simulated links can be cut") }
        if words.isEmpty, !isCut {
            simulation.healAll()
            return notice("no link is cut")
        }
        guard words.count == 2 else { return complain("write :\(isCut ? "cut" : "heal") NODE NODE") }
        guard let one = find(words[0])?.host as? SimulatedHost, let other = find(words[1])?.host as? SimulatedHost
        else {
            return
        }
        simulation.link(one, other) { $0.isCut = isCut }
        notice("the link between \(words[0]) and \(words[1]) is \(isCut ? "cut" : "healed")")
    }

    func advance(_ words: [String]) {
        guard let simulation = world.simulation else { return complain("real time passes by itself") }
        guard let word = words.first, let time = Double(word), time >= 0, time < 1e8 else {
            return complain("write :advance SECONDS")
        }
        simulation.advance(by: Nanoseconds(time * 1e9))
        notice("it is \(seconds(simulation.now)) s")
    }

    func send(_ words: [String]) {
        guard let node = current() else { return }
        guard let first = words.first else {
            return complain("write :send FILE.sip, or :send OPTIONS sip:bob@example.org")
        }
        guard first.hasSuffix(".sip") else { return send(words.joined(separator: " "), to: node) }
        guard let bytes = world.readFile(first) else { return complain("\(first): cannot be read") }
        send(String(decoding: bytes, as: UTF8.self), to: node)
    }

    // MARK: Tracing and debugging

    func trace(_ words: [String]) {
        switch words.first {
        case "off":
            tracer = nil
            notice("nothing is traced")
        case "on", nil:
            var filter = Tracer.Filter()
            if words.count > 1 {
                if words[1].hasSuffix(".cfg") { filter.file = words[1] } else { filter.route = words[1] }
            }
            tracer = Tracer(filter) { [unowned self] in trace($0) }
            notice("statements are traced\(words.count > 1 ? " in \(words[1])" : "")")
        default: complain("write :trace on, :trace on ROUTE, or :trace off")
        }
    }

    func breakAt(_ words: [String]) {
        guard let word = words.first else {
            if debugger.breakpoints.isEmpty { return notice("there are no breakpoints") }
            for breakpoint in debugger.breakpoints { result("\(breakpoint.number)  \(breakpoint.text)") }
            return
        }
        let parts = word.split(separator: ":").map(String.init)
        let place: Debugger.Breakpoint.Place
        if let line = Int(parts.last ?? ""), line > 0 {
            place = .line(line, file: parts.count > 1 ? parts.dropLast().joined(separator: ":") : nil)
        } else {
            place = .route(word)
        }
        let isThere = nodes.contains { other in
            other.machine.map { !debugger.resolve(place, in: $0.program).isEmpty } ?? false
        }
        guard isThere else { return complain("no statement stands at \(word)") }
        let breakpoint = debugger.add(place)
        notice("breakpoint \(breakpoint.number) at \(breakpoint.text)")
    }

    func deleteBreakpoint(_ words: [String]) {
        let number = words.first.map { Int($0) ?? 0 }
        guard debugger.remove(number) else { return complain("there is no such breakpoint") }
        notice(number.map { "breakpoint \($0) is removed" } ?? "there are no breakpoints any more")
    }

    func move(_ motion: Debugger.Motion) {
        guard let stop = debugger.current else { return complain("no script is stopped") }
        use(stop.node)
        debugger.proceed(motion)
        // Another one may have stopped meanwhile.
        if let next = debugger.current, next.fiber !== stop.fiber { showPlace(of: next) }
        if debugger.current == nil, debugger.hasNotArrived { notice("the script goes on") }
    }

    func moveNext() {
        guard let stop = debugger.current else { return complain("no script is stopped") }
        move(.next(depth: stop.fiber.routes.count))
    }

    func moveOut() {
        guard let stop = debugger.current else { return complain("no script is stopped") }
        move(.next(depth: stop.fiber.routes.count - 1))
    }

    func showBacktrace() {
        guard let stop = debugger.current, let machine = stop.node.machine else {
            return complain("no script is stopped")
        }
        showPlace(of: stop, around: 4)
        for (route, span) in machine.backtrace(of: stop.fiber).dropLast().reversed() {
            let place = machine.program.source.location(of: span.start)
            result("  called at \(place.file):\(place.line) in \(machine.program.routes[route].label)")
        }
    }
}
