// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import TalerWire

/// The texts `script.…` of a language as a script that sets a frozen global, `talerTexts`.
struct ScriptTexts: Sendable {
    let text: String
    /// An entity tag: changes with the text.
    let tag: String

    init(_ words: Words) {
        var object = JSONObject()
        for (key, text) in words.sources(prefix: "script.").sorted(by: { $0.key < $1.key }) { object[key] = .string(text) }
        text = "window.talerTexts = Object.freeze(\(Self.escaped(JSONValue.object(object).text)));\n"
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        tag = "\"\(String(hash, radix: 16))\""
    }

    /// JSON as a script may hold it: what would end a script's element or a line of it is written by number.
    private static func escaped(_ json: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<": out.append(contentsOf: "\\u003C".unicodeScalars)
            case ">": out.append(contentsOf: "\\u003E".unicodeScalars)
            case "&": out.append(contentsOf: "\\u0026".unicodeScalars)
            case "\u{2028}": out.append(contentsOf: "\\u2028".unicodeScalars)
            case "\u{2029}": out.append(contentsOf: "\\u2029".unicodeScalars)
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
