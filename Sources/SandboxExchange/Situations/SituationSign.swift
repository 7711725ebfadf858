// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// Says wherever it can be seen that situations are switched on, and which hold.
struct SituationSign {
    let names: [SituationName]

    /// In `/config`, after the name of the implementation.
    static let suffix = ":situations"

    /// Each once, in the order of the list; empty when none holds.
    private var list: [String] { SituationName.allCases.filter(names.contains).map(\.rawValue) }

    /// For people.
    var sentence: String {
        let holding = list.isEmpty ? "None holds now." : "Now: \(list.joined(separator: ", "))."
        return "Situations are switched on: this exchange does wrong when it is told to. \(holding)"
    }

    func show(in response: inout Response, of request: Request) {
        response.fields["Sandbox-Situations"] = list.isEmpty ? "none" : list.joined(separator: ", ")
        let type = response.fields["Content-Type"] ?? ""
        if request.path == ["config"], response.status == 200 {
            guard let name = (try? response.json())?["implementation"]?.stringValue else { return }
            let holding = list.isEmpty ? "" : ":" + list.joined(separator: "+")
            response.setMember("implementation", to: .string(name + Self.suffix + holding))
            response.fields["Cache-Control"] = "no-store"
        } else if type.hasPrefix("text/html") {
            let text = String(decoding: response.body, as: UTF8.self)
            guard let range = text.firstRange(of: "</body>") else { return }
            let sign = "<p role=\"note\"><strong>\(Markup(escaping: sentence).html)</strong></p>\n"
            response.body = Array((text[..<range.lowerBound] + sign + text[range.lowerBound...]).utf8)
        } else if type.hasPrefix("text/plain"), request.path.isEmpty {
            response.body += Array("\(sentence)\n/situations  which\n".utf8)
        }
    }
}
