// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// What every page shows.
enum PageFrame {
    static func record(_ settings: BankSettings, _ visitor: Visitor?) -> PageRecord {
        var record: PageRecord = [
            "bankName": .text(settings.name), "base": .text(settings.path), "currency": .text(settings.currency.text),
            "formToken": .text(visitor?.formToken ?? ""),
        ]
        if let account = visitor?.session?.account { record["customer"] = .record(["name": .text(account.name)]) }
        return record
    }

    static let sample: PageRecord = [
        "bankName": "Bank", "base": "", "currency": "KUDOS", "formToken": "t", "customer": .record(["name": "n"]),
    ]
}

/// A field of a form: what was typed, and what is wrong with it.
struct ShownField: Sendable {
    var value = ""
    var problem: String?

    var record: PageValue {
        var record: PageRecord = ["value": .text(value)]
        if let problem { record["problem"] = .record(["words": .text(problem)]) }
        return .record(record)
    }

    static let sample = ShownField(value: "v", problem: "p")
}

extension FormProblem? {
    /// The problem's sentence, if it is about this field.
    func words(_ field: String?) -> String? {
        guard let self, self.field == field else { return nil }
        return self.error.hint
    }
}

extension String? {
    /// A section with `words`, or none.
    func section(_ record: inout PageRecord, _ name: String) { if let self { record[name] = .record(["words": .text(self)]) } }
}
