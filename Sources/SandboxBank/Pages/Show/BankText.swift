// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Foundation
import TalerWire

extension Amount {
    /// With at least two digits after the point: `0.50 KUDOS`.
    var text: String {
        let places = digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? -1
        let filled = digits + (places < 0 ? ".00" : String(repeating: "0", count: max(0, 2 - places)))
        return "\(filled) \(currency)"
    }
}

extension Balance {
    /// With a minus sign for debt.
    var text: String { (isDebt ? "−" : "") + amount.text }
}

extension Timestamp {
    /// `21 Nov 2026, 03:50 UTC`.
    var text: String { formatted("d MMM yyyy, HH:mm 'UTC'") }

    /// For machines: `2026-11-21T03:50:07Z`.
    var machineText: String { formatted("yyyy-MM-dd'T'HH:mm:ss'Z'") }

    private func formatted(_ format: String) -> String {
        guard let seconds else { return "never" }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = format
        return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
}
