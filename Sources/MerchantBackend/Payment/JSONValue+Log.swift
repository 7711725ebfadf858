// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

extension JSONValue {
    /// Somebody else's JSON as it may stand in a log: without signatures, by which coins are spent, and what may hold them; not endless.
    var loggable: String {
        let text = withoutSecrets.text
        return text.utf8.count <= 4000 ? text : String(text.prefix(4000)) + "…"
    }

    private var withoutSecrets: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutSecrets))
        case .object(let object):
            .object(JSONObject(object.members.map { .init(name: $0.name, value: Self.isSecret($0.name) ? "…" : $0.value.withoutSecrets) }))
        default: self
        }
    }

    /// `history` holds every signature of a coin.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "history" || ["sig", "signature", "sigs", "priv", "secret", "token", "password"].contains { name.hasSuffix($0) }
    }
}
