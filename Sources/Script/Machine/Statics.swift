/// The static slots of a machine: the constants of its program and its `$var`s, addressed by negative operands.
///
/// They lie backwards in memory, so that `top[operand]` finds slot `~operand`. `$var`s own their texts; constants
/// point to bytes that live as long as the machine.
final class Statics {
    struct Owner {
        var buffer: UnsafeMutablePointer<UInt8>?
        var capacity: Int32 = 0
    }

    let top: UnsafeMutablePointer<Value>
    private let owners: UnsafeMutablePointer<Owner>
    let count: Int
    /// The texts of the constants; copies share them.
    private let texts: Texts

    private final class Texts {
        private var texts: [UnsafeMutablePointer<UInt8>] = []

        func add(_ bytes: [UInt8]) -> Value {
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
            copy.initialize(from: bytes, count: bytes.count)
            texts.append(copy)
            return .text(copy, bytes.count)
        }

        deinit {
            for text in texts { text.deallocate() }
        }
    }

    init(_ slots: [StaticTable.Slot]) {
        (top, owners) = Statics.allocate(slots.count)
        count = slots.count
        texts = Texts()
        fill(slots, from: 0)
    }

    /// Takes the variables of another one, which is left without values, and has more slots behind them. What points to
    /// texts of the other stays valid.
    init(extending other: Statics, to slots: [StaticTable.Slot]) {
        (top, owners) = Statics.allocate(slots.count)
        count = slots.count
        texts = other.texts
        for index in 0..<other.count {
            top[~index] = other.top[~index]
            owners[index] = other.owners[index]
            other.owners[index] = Owner()
            other.top[~index] = .null
        }
        fill(slots, from: other.count)
    }

    private func fill(_ slots: [StaticTable.Slot], from start: Int) {
        for index in start..<slots.count {
            switch slots[index] {
            case .null, .variable: break
            case .number(let number): top[~index] = .bare(number)
            case .text(let bytes): top[~index] = texts.add(bytes)
            }
        }
    }

    /// A copy of the variables; the constants are shared.
    init(copying other: Statics) {
        (top, owners) = Statics.allocate(other.count)
        count = other.count
        texts = other.texts
        for index in 0..<count {
            let value = other.top[~index]
            if other.owners[index].buffer != nil { set(~index, value) } else { top[~index] = value }
        }
    }

    deinit {
        for index in 0..<count { owners[index].buffer?.deallocate() }
        (top - count).deallocate()
        owners.deallocate()
    }

    private static func allocate(_ count: Int) -> (UnsafeMutablePointer<Value>, UnsafeMutablePointer<Owner>) {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: count)
        values.initialize(repeating: .null, count: count)
        let owners = UnsafeMutablePointer<Owner>.allocate(capacity: count)
        owners.initialize(repeating: Owner(), count: count)
        return (values + count, owners)
    }

    /// Sets a `$var`.
    @inline(__always)
    func set(_ operand: Int, _ value: Value) {
        top[operand] = storeText(of: value, in: &owners[~operand].buffer, &owners[~operand].capacity)
    }
}
