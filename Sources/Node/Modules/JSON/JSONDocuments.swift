/// The documents of a node, and how paths lead through them.
struct JSONDocuments {
    private var roots: [[UInt8]: JSON] = [:]

    /// A path whose variables were read.
    struct Place {
        var document: [UInt8]
        var steps: [Step]
    }

    enum Step {
        case key([UInt8])
        case index(Int)
        case append
    }

    /// The value at a place; nil where there is none.
    subscript(_ place: Place) -> JSON? { follow(place.steps[...], in: place.document) }

    private func follow(_ steps: ArraySlice<Step>, in document: [UInt8]) -> JSON? {
        guard var value = roots[document] else { return nil }
        for step in steps {
            let next: JSON?
            switch step {
            case .key(let key): next = value[key]
            case .index(let index): next = value[index]
            case .append: next = nil
            }
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// False where the parent is not there or of another kind, or there is no such element.
    mutating func set(_ place: Place, _ value: JSON) -> Bool {
        guard let last = place.steps.last else {
            guard roots[place.document] != nil || roots.count < JSONDocuments.maximalCount else { return false }
            roots[place.document] = value
            return true
        }
        switch (follow(place.steps.dropLast(), in: place.document), last) {
        case (.object(let object), .key(let key)):
            object[key] = value
            return true
        case (.array(let array), .index(let index)):
            guard let position = array.position(index) else { return false }
            array.elements[position] = value
            return true
        case (.array(let array), .append):
            array.elements.append(value)
            return true
        default: return false
        }
    }

    /// False where the parent is not there or of another kind, or there is no such element; a missing key is fine.
    mutating func remove(_ place: Place) -> Bool {
        guard let last = place.steps.last else {
            roots[place.document] = nil
            return true
        }
        switch (follow(place.steps.dropLast(), in: place.document), last) {
        case (.object(let object), .key(let key)):
            object[key] = nil
            return true
        case (.array(let array), .index(let index)):
            guard let position = array.position(index) else { return false }
            array.elements.remove(at: position)
            return true
        default: return false
        }
    }

    /// Puts a value into a second place, where it stays the same; false where it would come to hold itself.
    mutating func link(_ value: JSON, at place: Place) -> Bool {
        if !place.steps.isEmpty {
            switch follow(place.steps.dropLast(), in: place.document) {
            case .object(let parent): if value.mayHold(parent) { return false }
            case .array(let parent): if value.mayHold(parent) { return false }
            default: return false
            }
        }
        return set(place, value)
    }

    private static var maximalCount: Int { 65_536 }
}

extension JSON {
    /// Changes a value as a patch says (RFC 7396): members of the patch replace or, as null, remove those of the value.
    func merged(with patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        let result = JSONObject()
        if case .object(let object) = self {
            for member in object.members { result[member.name] = member.value }
        }
        for change in changes.members {
            let old = result[change.name]
            // Changed members go to the end, as OpenSIPS has them.
            result[change.name] = nil
            if !change.value.isNull { result[change.name] = (old ?? .null).merged(with: change.value) }
        }
        return .object(result)
    }
}
