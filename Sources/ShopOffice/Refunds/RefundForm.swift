// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore

/// The fields of the form for a refund.
struct RefundForm: Equatable {
    /// The backend's limit.
    static let maximumReason = 500

    /// What shall go back now, beside what went back before.
    var amount = ""
    /// What had gone back when the page was made: with it the form states a total, and sent twice it gives back once.
    var before = "0"
    var reason = ""
    /// Positions of the lines whose goods go back into stock.
    var returned: Set<Int> = []
    var isConfirmed = false
    var amountProblem: String?
    var reasonProblem: String?

    init(amount: String = "", before: String = "0") {
        self.amount = amount
        self.before = before
    }

    init(_ form: Query) {
        amount = form["amount"] ?? ""
        before = form["before"] ?? "0"
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
