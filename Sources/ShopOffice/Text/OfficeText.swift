// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import TalerWire

extension Amount {
    /// With at least two digits after the point: `1234.50`.
    var fullDigits: String {
        guard let point = digits.firstIndex(of: ".") else { return digits + ".00" }
        let places = digits.distance(from: point, to: digits.endIndex) - 1
        return digits + String(repeating: "0", count: max(0, 2 - places))
    }

    /// `1,234.50 KUDOS`.
    var text: String {
        let all = fullDigits
        let whole = all.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return "\(grouped)\(all.dropFirst(whole.count)) \(currency)"
    }
}

extension Timestamp {
    /// `21 Nov 2026, 03:50`, in UTC.
    var text: String { CivilTime(self).map { "\($0.dateText), \($0.clockText)" } ?? "never" }
    /// `21 Nov 2026`.
    var dateText: String { CivilTime(self)?.dateText ?? "never" }
    /// `2026-11-21`, as date fields want it; empty for never.
    var dayText: String { CivilTime(self)?.dayText ?? "" }
    /// For machines: `2026-11-21T03:50:07Z`; empty for never.
    var machineText: String { CivilTime(self)?.machineText ?? "" }

    /// For a `<time>` with its text.
    var record: PageValue { .record(["text": .text(text), "machine": .text(machineText)]) }
}

extension Int {
    /// `1 order`, `2 orders`.
    func counted(_ one: String, _ many: String) -> String { self == 1 ? "1 \(one)" : "\(self) \(many)" }
}

/// How good or bad something is: the name of a class in the style sheets.
enum Tone: String {
    case good, bad, wait, note, quiet
}
