// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The form of JSON that is hashed: members sorted by the bytes of their names, compact, whole numbers only.
public enum CanonicalJSON {
    /// - Throws: ``JSONError`` with the member's path when a number is no whole number of 64 bits.
    public static func encode(_ value: JSONValue) throws(JSONError) -> [UInt8] {
        try check(value)
        return value.serialized(.canonical)
    }

    private static func check(_ value: JSONValue) throws(JSONError) {
        switch value {
        case .number(let text): throw JSONError(reason: "\(text) is no whole number of 64 bits")
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                do { try check(element) } catch { throw error.within("[\(index)]") }
            }
        case .object(let object):
            for member in object.members {
                do { try check(member.value) } catch { throw error.within(member.name) }
            }
        case .null, .bool, .integer, .string: break
        }
    }
}
