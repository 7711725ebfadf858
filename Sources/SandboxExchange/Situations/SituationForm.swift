// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// The form that sets one situation.
struct SituationForm {
    let name: SituationName
    let token: String
    let action: String

    private var order: SituationOrder { SituationOrder(name) }

    var html: String {
        """
        <form method="post" action="\(action)">
        <input type="hidden" name="token" value="\(token)">
        <input type="hidden" name="name" value="\(name.rawValue)">
        \(name.parameters.map(field).joined(separator: "\n"))
        <details>
        <summary>Only some requests</summary>
        \(text("count", "How many requests", hint: "all", more: " inputmode=\"numeric\" pattern=\"[0-9]*\""))
        \(endpoints)
        \(text("account", "Account (payto or h_payto)", hint: "all"))
        \(text("merchant", "Merchant's public key", hint: "all"))
        </details>
        <button class="button">Set</button>
        </form>
        """
    }

    private func id(_ field: String) -> String { "\(name.rawValue)-\(field)" }

    private func field(_ parameter: SituationName.Parameter) -> String {
        switch parameter {
        case .time:
            return text(
                parameter.rawValue, name == .clock ? "By how much (1d, -2h)" : "How long (5s, 1m)", hint: "",
                value: SituationLength.text(order.seconds))
        case .status:
            let choices = SituationOrder.statuses(of: name).map { "<option>\($0)</option>" }.joined()
            return "<p><label for=\"\(id("status"))\">Status</label><select id=\"\(id("status"))\" name=\"status\">\(choices)</select></p>"
        case .url: return text(parameter.rawValue, "Address", hint: "this exchange")
        case .carriedOut:
            return
                "<p class=\"check\"><input type=\"checkbox\" id=\"\(id("carried-out"))\" name=\"carried-out\" value=\"1\"><label for=\"\(id("carried-out"))\">Do what is asked all the same: only the answer is lost</label></p>"
        }
    }

    private var endpoints: String {
        guard name.takesEndpoints else { return "" }
        let usual = name.usualEndpoints
        let first = usual.isEmpty ? "all" : usual.map(\.rawValue).sorted().joined(separator: ", ")
        let choices = SituationEndpoint.allCases.map { "<option value=\"\($0.rawValue)\">\($0.rawValue): \($0.route)</option>" }.joined()
        return
            "<p><label for=\"\(id("endpoint"))\">Endpoint</label><select id=\"\(id("endpoint"))\" name=\"endpoint\"><option value=\"\">\(first)</option>\(choices)</select></p>"
    }

    private func text(_ field: String, _ label: String, hint: String, value: String = "", more: String = "") -> String {
        "<p><label for=\"\(id(field))\">\(label)</label><input type=\"text\" id=\"\(id(field))\" name=\"\(field)\" value=\"\(value)\" placeholder=\"\(hint)\" autocomplete=\"off\"\(more)></p>"
    }
}
