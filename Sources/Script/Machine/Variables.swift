/// Variables that are no numbers in slots: texts, AVPs with an index or a computed name, parameters by name, and those
/// of modules.
extension Machine {
    @inline(never)
    func store(_ text: Value, in slot: Int) { setSlot(slot, text) }

    /// A copy of a text that outlives changes of its variable; of what is a number, too, as `{s.int}` makes them, both.
    @inline(never)
    func hold(_ value: Value, _ fiber: Fiber) -> Value {
        let copy = fiber.arena.copy(value.bytes)
        return value.isNumber ? .number(value.number, writtenAs: copy) : copy
    }

    /// The route that stands in the place of one today. For every run: the program is not copied.
    package func current(_ route: Int) -> Int { Program.current(route, in: program.routes) }

    /// Gives the scratch memory of the current frame's statements back.
    @inline(never)
    func resetScratch(_ fiber: Fiber) {
        fiber.arena.reset(to: fiber.frames[Int(fiber.state.pointee.frameCount) - 1].mark)
    }

    /// Assigns in front; null takes the newest value away.
    @inline(never)
    func push(_ value: Value, onto avp: Int, _ fiber: Fiber) {
        if value.isNull { fiber.avps.remove(avp, at: 0) } else { fiber.avps.push(avp, value) }
    }

    /// The value of T[variables][site]; `index` is a running one in place of the site's own.
    @inline(never)
    func read(
        _ site: Int, index: Int32?, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>,
        _ fiber: Fiber
    ) -> Value {
        let site = program.variables[site]
        let name = site.name.map { ($0 < 0 ? statics : frame)[Int($0)] } ?? .null
        let position = index.map { .number($0) } ?? resolve(site.index, statics, frame)
        switch site.kind {
        case .avp(let number): return readAVP(Int(number), position, fiber)
        case .namedAVP:
            guard let number = avpNumber(of: name, fiber) else { return .null }
            return readAVP(number, position, fiber)
        case .parameter: return parameter(name, frame, fiber)
        case .access(let access):
            var context = AccessContext(
                machine: self, fiber: fiber, name: name, index: position, span: site.span,
                inner: values(of: site, statics, frame))
            return access.get(&context)
        }
    }

    /// Assigns to T[variables][site]; false where it fails.
    @inline(never)
    func write(
        _ site: Int, _ value: Value, _ mode: Int32, _ statics: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) -> Bool {
        let site = program.variables[site]
        let mode = WriteMode(rawValue: mode) ?? .set
        let name = site.name.map { ($0 < 0 ? statics : frame)[Int($0)] } ?? .null
        let position = resolve(site.index, statics, frame)
        switch site.kind {
        case .avp(let number): return writeAVP(Int(number), value, mode, position, fiber)
        case .namedAVP:
            guard let number = avpNumber(of: name, fiber) else { return false }
            return writeAVP(number, value, mode, position, fiber)
        case .parameter: return false
        case .access(let access):
            guard let set = access.set else { return false }
            var context = AccessContext(
                machine: self, fiber: fiber, name: name, index: position, span: site.span,
                inner: values(of: site, statics, frame))
            return set(&context, value, mode)
        }
    }

    @inline(__always)
    private func values(
        of site: VariableSite, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>
    ) -> [Value] {
        site.inner.isEmpty ? [] : site.inner.map { ($0 < 0 ? statics : frame)[Int($0)] }
    }

    package func read(_ target: VariableTarget, _ fiber: Fiber) -> Value {
        switch target {
        case .slot(let operand): statics.top[Int(operand)]
        case .site(let site):
            read(Int(site), index: nil, statics.top, fiber.registers + Int(fiber.state.pointee.base), fiber)
        }
    }

    package func write(_ target: VariableTarget, _ value: Value, _ mode: WriteMode, _ fiber: Fiber) -> Bool {
        switch target {
        case .slot(let operand):
            setSlot(Int(operand), value)
            return true
        case .site(let site):
            let frame = fiber.registers + Int(fiber.state.pointee.base)
            return write(Int(site), value, mode.rawValue, statics.top, frame, fiber)
        }
    }

    /// How a target that belongs to a module is reached, for functions that do more than read and write it.
    package func access(
        _ target: VariableTarget, _ fiber: Fiber
    ) -> (access: VariableAccess, context: AccessContext)? {
        guard case .site(let index) = target, case .access(let access) = program.variables[Int(index)].kind else {
            return nil
        }
        let site = program.variables[Int(index)]
        let frame = fiber.registers + Int(fiber.state.pointee.base)
        let name = site.name.map { ($0 < 0 ? statics.top : frame)[Int($0)] } ?? .null
        let context = AccessContext(
            machine: self, fiber: fiber, name: name, index: resolve(site.index, statics.top, frame), span: site.span,
            inner: values(of: site, statics.top, frame))
        return (access, context)
    }

    /// The number of the AVP that a target names, for functions that work on whole stacks.
    package func avpNumber(of target: VariableTarget, _ fiber: Fiber) -> Int? {
        guard case .site(let index) = target else { return nil }
        let site = program.variables[Int(index)]
        switch site.kind {
        case .avp(let number): return Int(number)
        case .namedAVP:
            let frame = fiber.registers + Int(fiber.state.pointee.base)
            let name = site.name.map { ($0 < 0 ? statics.top : frame)[Int($0)] } ?? .null
            return avpNumber(of: name, fiber)
        default: return nil
        }
    }

    /// The number of an AVP name; new names get a new one, up to a limit.
    package func avpNumber(of name: [UInt8]) -> Int? {
        if let number = avpNumbers[name] { return Int(number) }
        guard avpNumbers.count < Machine.maximalAVPNames else { return nil }
        let number = Int32(avpNumbers.count)
        avpNumbers[name] = number
        return Int(number)
    }

    private static var maximalAVPNames: Int { 65_536 }

    private func avpNumber(of name: Value, _ fiber: Fiber) -> Int? {
        guard name.isText || name.isNumber else { return nil }
        return avpNumber(of: Array(name.text(in: fiber.arena)))
    }

    private func resolve(
        _ index: VariableSite.Index, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>
    ) -> AccessContext.Index {
        switch index {
        case .none: return .none
        case .number(let number): return .number(number)
        case .all: return .all
        case .word(let word): return .word(word)
        case .operand(let operand):
            let value = (operand < 0 ? statics : frame)[Int(operand)]
            return value.isNumber ? .number(value.number) : .invalid
        }
    }

    func readAVP(_ name: Int, _ index: AccessContext.Index, _ fiber: Fiber) -> Value {
        switch index {
        case .none: return fiber.avps.newest(name)
        case .number(let number): return fiber.avps.value(name, at: number)
        case .word, .invalid: return .null
        case .all:
            let count = fiber.avps.count(name)
            if count == 0 { return .null }
            var text: [UInt8] = []
            for position in 0..<count {
                if position > 0 { text += [UInt8(ascii: ","), UInt8(ascii: " ")] }
                text += fiber.avps.value(name, at: position).text(in: fiber.arena)
                if text.count > Value.maximalCount { return .null }
            }
            return fiber.arena.copy(text)
        }
    }

    func writeAVP(
        _ name: Int, _ value: Value, _ mode: WriteMode, _ index: AccessContext.Index, _ fiber: Fiber
    ) -> Bool {
        let avps = fiber.avps
        switch index {
        case .invalid, .word(.insert), .word(.insertAfter): return false
        case .all:
            avps.removeAll(name)
            if !value.isNull { avps.push(name, value) }
        case .word(.append):
            if !value.isNull { avps.append(name, value) }
        case .number(let number):
            if value.isNull {
                avps.remove(name, at: number)
            } else {
                return avps.replace(name, at: number, value)
            }
        case .none:
            if mode == .replace { avps.removeAll(name) }
            if !value.isNull {
                avps.push(name, value)
            } else if mode == .set {
                avps.remove(name, at: 0)
            }
        }
        return true
    }

    /// `$param(x)`: by position everywhere, by name where an event's attributes are.
    func parameter(_ name: Value, _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber) -> Value {
        let current = fiber.frames[Int(fiber.state.pointee.frameCount) - 1]
        let isEventRoute = program.routes[Int(current.route)].kind == .event
        if name.isNumber || (name.isText && Int32(decimal: name.bytes) != nil) {
            guard let position = name.isNumber ? name.number : Int32(decimal: name.bytes), position > 0 else {
                return .null
            }
            if isEventRoute {
                guard Int(position) <= fiber.attributes.count else { return .null }
                return value(of: fiber.attributes[Int(position) - 1], fiber)
            }
            let registers = min(current.arguments, program.routes[Int(current.route)].parameters)
            return position <= registers ? frame[Int(position) - 1] : .null
        }
        guard isEventRoute, name.isText else { return .null }
        let bytes = name.bytes
        guard let attribute = fiber.attributes.first(where: { $0.name.elementsEqual(bytes) }) else { return .null }
        return value(of: attribute, fiber)
    }

    private func value(of attribute: EventAttribute, _ fiber: Fiber) -> Value {
        switch attribute.content {
        case .number(let number): .number(number)
        case .text(let text): fiber.arena.copy(text)
        }
    }
}

extension Int32 {
    /// A signed decimal number that fills the whole text.
    package init?(decimal text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < text.count, text.count - index <= 10 else { return nil }
        var number: Int64 = 0
        while index < text.count {
            guard text[index] &- 48 < 10 else { return nil }
            number = number * 10 + Int64(text[index] - 48)
            index += 1
        }
        self.init(exactly: isNegative ? -number : number)
    }
}
