/// A JSON value (RFC 8259) over bytes.
///
/// Arrays and objects are references, so that a part of a document can stand in a second place (`json_link`) and changes
/// show in both. Whoever wants a copy asks for one.
package enum JSON {
    case null
    case boolean(Bool)
    case integer(Int64)
    /// Any other number, as it was written.
    case number([UInt8])
    case string([UInt8])
    case array(JSONArray)
    case object(JSONObject)

    package static func text(_ text: String) -> JSON { .string(Array(text.utf8)) }

    package var isNull: Bool { if case .null = self { true } else { false } }

    /// The member of that name; nil where there is none or the value is no object.
    package subscript(_ name: String) -> JSON? { self[Array(name.utf8)] }

    package subscript(_ name: [UInt8]) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// The element at an index, -1 for the last; nil where there is none or the value is no array.
    package subscript(_ index: Int) -> JSON? {
        if case .array(let array) = self { array[index] } else { nil }
    }

    /// Whether an array or object stands in the value, at any depth; also true where nobody can tell, because the value
    /// is too deep or too large to be searched.
    package func mayHold(_ container: AnyObject) -> Bool {
        var budget = JSON.searchedValues
        return mayHold(container, depth: 0, &budget)
    }

    private func mayHold(_ container: AnyObject, depth: Int, _ budget: inout Int) -> Bool {
        budget -= 1
        guard depth < JSON.maximalDepth, budget > 0 else { return true }
        switch self {
        case .null, .boolean, .integer, .number, .string: return false
        case .array(let array):
            if array === container { return true }
            for element in array.elements where element.mayHold(container, depth: depth + 1, &budget) { return true }
        case .object(let object):
            if object === container { return true }
            for member in object.members where member.value.mayHold(container, depth: depth + 1, &budget) {
                return true
            }
        }
        return false
    }

    /// Values that are looked at before a search gives up.
    private static var searchedValues: Int { 1 << 20 }

    /// Levels of arrays and objects; what a script nests deeper is cut off by everything that walks a value.
    package static var maximalDepth: Int { 256 }
}

extension JSON: Equatable {
    /// Member order does not matter.
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left === right || left.elements == right.elements
        case (.object(let left), .object(let right)):
            left === right
                || left.members.count == right.members.count
                    && left.members.allSatisfy { right[$0.name] == $0.value }
        default: false
        }
    }
}

package final class JSONArray {
    package var elements: [JSON]

    package init(_ elements: [JSON] = []) { self.elements = elements }

    /// The position behind an index that counts from the end where it is negative; nil beyond the elements.
    package func position(_ index: Int) -> Int? {
        let position = index < 0 ? index &+ elements.count : index
        return elements.indices.contains(position) ? position : nil
    }

    package subscript(_ index: Int) -> JSON? { position(index).map { elements[$0] } }
}

/// Members in the order in which they were added. Names are few as a rule and looked at one by one; an index over them
/// comes when they are many.
package final class JSONObject {
    package struct Member {
        package var name: [UInt8]
        package var value: JSON
    }

    package private(set) var members: [Member] = []
    private var index: [[UInt8]: Int] = [:]

    private static let indexedCount = 16

    package init() {}

    package init(_ members: KeyValuePairs<String, JSON>) {
        for (name, value) in members { self[Array(name.utf8)] = value }
    }

    /// Setting nil removes the member; setting an existing one keeps its place.
    package subscript(_ name: [UInt8]) -> JSON? {
        get { position(of: name).map { members[$0].value } }
        set {
            switch (position(of: name), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                rebuild()
            case (nil, let value?):
                members.append(Member(name: name, value: value))
                if members.count == JSONObject.indexedCount { rebuild() }
                if members.count > JSONObject.indexedCount { index[name] = members.count - 1 }
            case (nil, nil): break
            }
        }
    }

    private func position(of name: [UInt8]) -> Int? {
        if members.count >= JSONObject.indexedCount { return index[name] }
        return members.firstIndex { $0.name == name }
    }

    private func rebuild() {
        index.removeAll(keepingCapacity: members.count >= JSONObject.indexedCount)
        guard members.count >= JSONObject.indexedCount else { return }
        for (position, member) in members.enumerated() { index[member.name] = position }
    }
}
