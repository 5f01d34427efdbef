/// Patterns and substitutions whose text is known only at run time, kept by their text, failures too. Bounded: what
/// was not used while `generationCount` others came is forgotten.
package final class PatternCache {
    private static let generationCount = 128

    private enum Entry {
        case pattern(Pattern)
        case substitution(Substitution)
        case patternError(PatternError)
        case substitutionError(SubstitutionError)
    }

    private struct Slot {
        var source: [UInt8]
        var entry: Entry
    }

    /// By the hash of source and kind. Two sources with the same hash take turns, which costs only time.
    private var young: [UInt64: Slot] = [:]
    private var old: [UInt64: Slot] = [:]

    package init() {}

    /// Entries held.
    package var count: Int { young.count + old.count }

    /// The compiled form of `source`.
    package func pattern(
        _ source: UnsafeBufferPointer<UInt8>, _ options: Pattern.Options, dialect: Pattern.Dialect = .posix
    ) throws(PatternError) -> Pattern {
        let key = PatternCache.hash(source, kind: UInt64(options.rawValue) << 1 | (dialect == .perl ? 1 : 0))
        if let entry = find(key, source) {
            switch entry {
            case .pattern(let pattern): return pattern
            case .patternError(let error): throw error
            default: break
            }
        }
        do {
            let pattern = try Pattern(source, options, dialect: dialect)
            keep(key, source, .pattern(pattern))
            return pattern
        } catch {
            keep(key, source, .patternError(error))
            throw error
        }
    }

    /// The parsed form of `/pattern/replacement/flags`.
    package func substitution(_ source: UnsafeBufferPointer<UInt8>) throws(SubstitutionError) -> Substitution {
        let key = PatternCache.hash(source, kind: 255)
        if let entry = find(key, source) {
            switch entry {
            case .substitution(let substitution): return substitution
            case .substitutionError(let error): throw error
            default: break
            }
        }
        do {
            let substitution = try Substitution(source)
            keep(key, source, .substitution(substitution))
            return substitution
        } catch {
            keep(key, source, .substitutionError(error))
            throw error
        }
    }

    private func find(_ key: UInt64, _ source: UnsafeBufferPointer<UInt8>) -> Entry? {
        if let slot = young[key], slot.source.elementsEqual(source) { return slot.entry }
        guard let slot = old[key], slot.source.elementsEqual(source) else { return nil }
        keep(key, slot)
        return slot.entry
    }

    private func keep(_ key: UInt64, _ source: UnsafeBufferPointer<UInt8>, _ entry: Entry) {
        // A text too long to be a pattern is not worth its memory.
        guard source.count <= Pattern.maximalCount * 2 else { return }
        keep(key, Slot(source: [UInt8](source), entry: entry))
    }

    private func keep(_ key: UInt64, _ slot: Slot) {
        if young.count >= PatternCache.generationCount {
            old = young
            young.removeAll(keepingCapacity: true)
        }
        young[key] = slot
    }

    /// FNV-1a.
    private static func hash(_ source: UnsafeBufferPointer<UInt8>, kind: UInt64) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ kind
        for byte in source { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
