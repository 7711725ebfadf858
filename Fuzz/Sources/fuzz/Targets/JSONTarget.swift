// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// A text that was read can be written and read again; canonical JSON is a fixed point; both ways of treating duplicates agree where
/// there is none.
enum JSONTarget {
    static func run(_ input: [UInt8]) {
        let lenient = try? JSONParser.parse(input, duplicates: .keepLast)
        guard let value = try? JSONParser.parse(input) else {
            if let lenient {
                require((try? JSONParser.parse(lenient.serialized())) == lenient, "what keepLast read has no duplicates")
            }
            return
        }
        require(lenient == value, "without duplicates both readings agree")
        require(input.contains(0) == false, "NUL stands in no JSON text")
        let text = value.serialized()
        require((try? JSONParser.parse(text)) == value, "written and read again is the same")
        require(must("what was written is JSON") { try JSONParser.parse(text).serialized() } == text, "compact writing is a fixed point")
        require(JSONValue.null != value || String(decoding: text, as: UTF8.self) == "null", "null is null")

        guard let canonical = try? CanonicalJSON.encode(value) else {
            require(hasBroken(value), "whole numbers have a canonical form")
            return
        }
        require(!hasBroken(value), "broken numbers have no canonical form")
        let again = must("canonical JSON is JSON") { try JSONParser.parse(canonical) }
        require(must("canonical twice") { try CanonicalJSON.encode(again) } == canonical, "canonical JSON is a fixed point")
        require(again.serialized() == canonical, "the received order of canonical JSON is the canonical one")
        require(isSorted(again), "members are sorted by their bytes")
    }

    private static func hasBroken(_ value: JSONValue) -> Bool {
        switch value {
        case .number: true
        case .array(let elements): elements.contains(where: hasBroken)
        case .object(let object): object.members.contains { hasBroken($0.value) }
        default: false
        }
    }

    private static func isSorted(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): return elements.allSatisfy(isSorted)
        case .object(let object):
            let names = object.names.map { Array($0.utf8) }
            return zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
                && object.members.allSatisfy { isSorted($0.value) }
        default: return true
        }
    }
}
