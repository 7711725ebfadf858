// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore

/// The fields of the form for a refund.
struct RefundForm: Equatable {
    /// The backend's limit.
    static let maximumReason = 500

    var amount = ""
    var reason = ""
    /// Positions of the lines whose goods go back into stock.
    var returned: Set<Int> = []
    var isConfirmed = false
    var amountProblem: String?
    var reasonProblem: String?

    init(amount: String = "") { self.amount = amount }

    init(_ form: Query) {
        amount = form["amount"] ?? ""
        reason = (form["reason"] ?? "").oneLine
        returned = Set(form.pairs.filter { $0.name == "returned" }.compactMap { Int($0.value) })
        isConfirmed = form["confirm"] == "yes"
        if reason.isEmpty {
            reasonProblem = "Say in a few words why: it stands in your books, buyers do not see it."
        } else if reason.unicodeScalars.count > Self.maximumReason {
            reasonProblem = "This is longer than \(Self.maximumReason) characters."
        }
    }
}

extension String {
    /// Without the spaces around it; line ends and other control characters become spaces.
    var oneLine: String {
        let scalars = unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        let text = String(String.UnicodeScalarView(scalars))
        return text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
