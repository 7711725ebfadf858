// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// The form that changes a product's supply.
struct StockForm {
    /// The form's random name: sent twice, it makes one change.
    var form: String
    var difference = ""
    var reason = ""
    var differenceProblem: String?
    var reasonProblem: String?

    static let maximumReason = 200

    init(form: String) { self.form = form }

    /// What was typed.
    init(_ query: Query) {
        form = query["form"] ?? ""
        difference = String((query["difference"] ?? "").prefix(40)).trimmedSpaces
        reason = String((query["reason"] ?? "").prefix(1000)).trimmedSpaces
    }

    /// Judges what was typed, and says what is wrong beside the fields.
    /// - Returns: the difference when all is right.
    mutating func check() -> Int? {
        let number = Self.number(difference)
        if number == nil {
            differenceProblem = "Write a whole number, like 5 or -2."
        } else if number == 0 {
            differenceProblem = "Nothing would change: write a number that is not 0."
        }
        if reason.isEmpty {
            reasonProblem = "Say why, so that you still know later."
        } else if reason.unicodeScalars.count > Self.maximumReason {
            reasonProblem = "At most \(Self.maximumReason) letters, please."
        }
        return differenceProblem == nil && reasonProblem == nil ? number : nil
    }

    /// Every minus and plus that keyboards have.
    private static func number(_ text: String) -> Int? {
        let plain = String(text.map { "−–‒".contains($0) ? "-" : $0 })
        guard plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }) else {
            return nil
        }
        return Int(plain)
    }

    var record: PageRecord {
        var record: PageRecord = ["form": .text(form), "difference": .text(difference), "reason": .text(reason)]
        differenceProblem.section(&record, "differenceTrouble")
        reasonProblem.section(&record, "reasonTrouble")
        return record
    }

    /// Nothing of it is right.
    static var sample: StockForm {
        var form = StockForm(form: "f")
        _ = form.check()
        return form
    }
}
