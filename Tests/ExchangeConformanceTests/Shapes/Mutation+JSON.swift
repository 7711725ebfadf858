// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

extension Mutation {
    /// The same with one value changed, somewhere within.
    mutating func spoil(_ value: JSONValue) -> (JSONValue, String) {
        switch value {
        case .object(var object) where !object.isEmpty:
            guard let member = object.members.randomElement(using: &random) else { return (value, "nothing") }
            let choice = Int.random(in: 0..<12, using: &random)
            switch choice {
            case 0:
                object[member.name] = nil
                return (.object(object), "without \(member.name)")
            case 1:
                // Twice, as it is.
                object = JSONObject(object.members + [member])
                return (.object(object), "\(member.name) twice")
            case 2:
                object["surplus"] = .string("x")
                return (.object(object), "a member more")
            case 3, 4:
                let (other, story) = replaced(member.value)
                object[member.name] = other
                return (.object(object), "\(member.name) \(story)")
            default:
                let (other, story) = spoil(member.value)
                object[member.name] = other
                return (.object(object), "\(member.name).\(story)")
            }
        case .array(var elements) where !elements.isEmpty:
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                let filling = Array(repeating: elements[0], count: 257)
                return (.array(filling), "257 entries")
            case 1: return (.array([]), "no entries")
            case 2:
                elements.append(elements[0])
                return (.array(elements), "an entry twice")
            default:
                let place = Int.random(in: elements.indices, using: &random)
                let (other, story) = spoil(elements[place])
                elements[place] = other
                return (.array(elements), "[\(place)].\(story)")
            }
        case .string(let text):
            let (other, story) = spoil(text)
            return (.string(other), story)
        default: return replaced(value)
        }
    }

    private mutating func replaced(_ value: JSONValue) -> (JSONValue, String) {
        let others: [JSONValue] = [
            .null, .bool(true), .integer(-1), .integer(.max), .integer(.min), .number("18446744073709551615"), .number("1e400"),
            .number("0.5"), .string(""), .string("never"), .array([]), .array([value]), .object([:]), .object(["t_s": "never"]),
            .object(["t_s": .integer(-1)]), .object(["t_s": .integer(.max)]), .string(String(repeating: "A", count: 70_000)),
        ]
        let other = others.randomElement(using: &random) ?? .null
        return (other, "is \(other.kind)")
    }

    private mutating func spoil(_ text: String) -> (String, String) {
        let amounts = [
            "EUR:1", "KUDOS:1.", "KUDOS:-1", "KUDOS:0", "KUDOS:4503599627370496", "KUDOS:4503599627370497", "KUDOS:99999999999999999999",
            "KUDOS:0.123456789", "kudos:1", "KUDOS", ":1", "KUDOS:1e3", "KUDOS:0.00000001", "KUDOS:92233720369",
        ]
        if text.contains("KUDOS:") {
            let other = amounts.randomElement(using: &random) ?? ""
            return (other, "is \(other)")
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return (String(text.dropLast()), "one character short")
        case 1: return (text + "0", "one character long")
        case 2: return (text.lowercased(), "in lower case")
        case 3: return ("", "is empty")
        case 4: return (String(text.reversed()), "backwards")
        case 5: return ("payto://x-taler-bank/a/b?receiver-name=\u{f6}", "is another text")
        case 6: return (String(repeating: text + " ", count: 200), "is long")
        default: return (String(text.map { random.chance(20) ? "7" : $0 }), "with other characters")
        }
    }
}
