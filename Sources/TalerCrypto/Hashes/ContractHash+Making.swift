// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension ContractHash {
    /// SHA-512 of the canonical contract, its forgettable members replaced by their salted hashes, and one NUL. The same before and
    /// after members were forgotten.
    /// - Throws: ``JSONError`` when a number is no whole number of 64 bits, or `$forgettable` or `$forgotten` is malformed.
    public init(of contract: JSONValue) throws(JSONError) {
        self.init(checked: SHA512.hash(try CanonicalJSON.encode(try contract.forgettingAll()) + [0]))
    }
}

extension JSONValue {
    /// This value with every member that a `$forgettable` names taken out, inner ones first, and its hash entered in `$forgotten`.
    /// - Throws: ``JSONError``.
    public func forgettingAll() throws(JSONError) -> JSONValue {
        switch self {
        case .array(let elements):
            var forgotten: [JSONValue] = []
            for (index, element) in elements.enumerated() {
                do { forgotten.append(try element.forgettingAll()) } catch { throw error.within("[\(index)]") }
            }
            return .array(forgotten)
        case .object(let object): return .object(try object.forgettingAll())
        case .null, .bool, .integer, .number, .string: return self
        }
    }
}

extension JSONObject {
    fileprivate func forgettingAll() throws(JSONError) -> JSONObject {
        let salts = try map(named: "$forgettable") ?? JSONObject()
        let forgotten = try map(named: "$forgotten")
        // By name's bytes: objects from outside may have very many members, and a look-up in JSONObject goes through them all.
        let saltByName = Dictionary(salts.members.map { (Array($0.name.utf8), $0.value.stringValue ?? "") }) { _, last in last }
        let forgottenNames = Set((forgotten?.members ?? []).map { Array($0.name.utf8) })
        var kept: [Member] = []
        var hashes: [Member] = []
        for member in members where member.name != "$forgettable" && member.name != "$forgotten" {
            if forgottenNames.contains(Array(member.name.utf8)) { continue }
            let value: JSONValue
            do { value = try member.value.forgettingAll() } catch { throw error.within(member.name) }
            guard let salt = saltByName[Array(member.name.utf8)] else {
                kept.append(Member(name: member.name, value: value))
                continue
            }
            let content: [UInt8]
            do { content = try CanonicalJSON.encode(value) } catch { throw error.within(member.name) }
            let hash = KDF.derive(length: 64, salt: Array(salt.utf8) + [0], keyMaterial: content + [0])
            hashes.append(Member(name: member.name, value: .string(Base32.encode(hash))))
        }
        if forgotten != nil || !hashes.isEmpty {
            kept.append(Member(name: "$forgotten", value: .object(JSONObject((forgotten?.members ?? []) + hashes))))
        }
        return JSONObject(kept)
    }

    /// The object from names to strings that `$forgettable` and `$forgotten` are.
    private func map(named name: String) throws(JSONError) -> JSONObject? {
        guard let value = self[name] else { return nil }
        guard case .object(let map) = value, map.members.allSatisfy({ $0.value.stringValue != nil }) else {
            throw JSONError(path: name, reason: "an object of strings is needed")
        }
        return map
    }
}
