import Syntax

/// One execution of a script: its frames and registers, its scratch memory, and the message it is about.
///
/// All that a route needs lives here and not on the machine's stack, so a fiber can stop anywhere and go on later.
/// Fibers are pooled: a warm node starts one without allocating.
package final class Fiber {
    /// The part that the machine's loop works on.
    struct State {
        /// Where to go on.
        var pc: Int32 = 0
        /// The script's `$rc`.
        var rc: Int32 = 0
        var frameCount: Int32 = 0
        /// First register of the current frame.
        var base: Int32 = 0
        /// Values of the last `return`.
        var returnedCount: Int32 = 0
        /// `Fiber.raised` waits for the end of the statement.
        var hasRaised = false
        /// Since the machine asked last whether the script may go on.
        var calls: Int32 = 0
    }

    /// Where the registers of all frames lie; they move when they grow.
    struct Registers {
        var start: UnsafeMutablePointer<Value>
        var capacity: Int
    }

    struct Frame {
        var returnPC: Int32
        var base: Int32
        var route: Int32
        var arguments: Int32
        /// Scratch memory behind this belongs to the frame's statements.
        var mark: Arena.Mark
    }

    /// Frames that a fiber can hold; a call beyond fails.
    package static let maximalFrames = 100
    /// A script that calls so many routes is looked at: it may be one that never ends.
    static let callsBetweenQuestions: Int32 = 255
    /// Values that a `return` can carry.
    static let maximalReturned = 16

    let state: UnsafeMutablePointer<State>
    let frames: UnsafeMutablePointer<Frame>
    private let registerMemory: UnsafeMutablePointer<Registers>
    package let arena = Arena()
    private let emptyMark: Arena.Mark

    /// Of the message or transaction.
    package let avps = AVPs()
    /// The message that the script is about; nil stands for the dummy that event and timer routes see.
    package var message: AnyObject?
    /// Attributes of the event that an event route handles.
    package var attributes: [EventAttribute] = []
    /// Values of the last `return`, and the texts that they own.
    let returned: UnsafeMutablePointer<Value>
    private let returnedOwners: UnsafeMutablePointer<Statics.Owner>
    /// What the node does when the script is done, such as running event routes.
    package var deferred: [Deferred] = []
    /// Told once of the end of the script, however often it was suspended.
    package var onEnd: ((Fiber) -> Void)?
    /// What a module keeps for the script, over suspensions too, such as its locks; let go when the script ends.
    package var holdings: AnyObject?
    /// What the error route is told.
    package var error: ScriptError?
    /// What brings in the error route when the statement is done.
    var raised: ScriptError?
    /// A private copy of the `$var`s, once the fiber was blocked.
    var privateStatics: Statics?
    /// The machine's count of runs when the copy was made.
    var copiedAtRun: UInt64 = 0
    /// The script has come to an `async` statement.
    package internal(set) var hasWaited = false
    /// Set when `exit` or `drop` ended the script.
    package internal(set) var ending = Ending.end

    package enum Ending { case end, exit, drop }

    package struct Deferred {
        /// May be dropped when too many wait.
        package var isEvent: Bool
        package var action: () -> Void

        package init(isEvent: Bool, action: @escaping () -> Void) {
            self.isEvent = isEvent
            self.action = action
        }
    }

    package init() {
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        frames = .allocate(capacity: Fiber.maximalFrames)
        registerMemory = .allocate(capacity: 1)
        registerMemory.initialize(to: Registers(start: .allocate(capacity: 256), capacity: 256))
        returned = .allocate(capacity: Fiber.maximalReturned)
        returnedOwners = .allocate(capacity: Fiber.maximalReturned)
        returnedOwners.initialize(repeating: Statics.Owner(), count: Fiber.maximalReturned)
        emptyMark = arena.mark
    }

    deinit {
        for index in 0..<Fiber.maximalReturned { returnedOwners[index].buffer?.deallocate() }
        returned.deallocate()
        returnedOwners.deallocate()
        state.deallocate()
        frames.deallocate()
        registers.deallocate()
        registerMemory.deallocate()
    }

    var registers: UnsafeMutablePointer<Value> { registerMemory.pointee.start }
    var registerCapacity: Int { registerMemory.pointee.capacity }

    /// The code of the last statement, the script's `$rc`.
    package var returnCode: Int32 {
        get { state.pointee.rc }
        set { state.pointee.rc = newValue }
    }

    /// Routes that are being executed, from the first called to the current one.
    package var routes: [Int] { (0..<Int(state.pointee.frameCount)).map { Int(frames[$0].route) } }

    /// Something that a statement needed is broken: the error route follows when the statement is done, and then the
    /// next statement.
    package func raise(_ error: ScriptError) {
        raised = error
        state.pointee.hasRaised = true
    }

    /// Forgets everything of the last run.
    func clear() {
        state.pointee = State()
        arena.reset(to: emptyMark)
        avps.removeAll()
        message = nil
        attributes.removeAll(keepingCapacity: true)
        deferred.removeAll(keepingCapacity: true)
        onEnd = nil
        holdings = nil
        error = nil
        raised = nil
        privateStatics = nil
        hasWaited = false
        ending = .end
    }

    /// Leaves every frame; scratch memory is given back, all else stays.
    func unwind() {
        state.pointee.frameCount = 0
        state.pointee.base = 0
        arena.reset(to: emptyMark)
    }

    /// Keeps a value of `return(code, values...)`.
    func addReturned(_ value: Value) {
        let index = Int(state.pointee.returnedCount)
        guard index < Fiber.maximalReturned else { return }
        var value = value
        if value.kind == .number {
            // OpenSIPS passes a number literal on as text; see `Value.Kind.spelledNumber`.
            let number = value.number
            value = .text(arena.decimal(number))
            value.number = number
            value.insert(.spelledNumber)
        }
        returned[index] = storeText(
            of: value, in: &returnedOwners[index].buffer, &returnedOwners[index].capacity)
        state.pointee.returnedCount += 1
    }

    /// Makes room for registers up to `count`.
    @inline(never)
    func growRegisters(to count: Int) {
        let capacity = max(count, registerCapacity * 2)
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        grown.update(from: registers, count: registerCapacity)
        registers.deallocate()
        registerMemory.pointee = Registers(start: grown, capacity: capacity)
    }
}

/// A named attribute of an event, as event routes see it.
package struct EventAttribute: Sendable, Hashable {
    package enum Content: Sendable, Hashable { case number(Int32), text([UInt8]) }

    /// Empty where the event was raised without names.
    package var name: [UInt8]
    package var content: Content

    package init(name: [UInt8], content: Content) {
        self.name = name
        self.content = content
    }
}
