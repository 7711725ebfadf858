// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire

extension MoneySum {
    /// `1,234.50`: thousands apart, two digits after the point at least. Exact.
    var grouped: String {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.map(String.init) ?? "0"
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return Self.grouped(whole) + "." + fraction + String(repeating: "0", count: max(0, 2 - fraction.count))
    }

    /// As ``grouped``, with the currency.
    func text(_ currency: Currency) -> String { "\(grouped) \(currency)" }

    /// In few letters, for a picture: `1,234.50`, `12.3M`, `4.5e20`. Rounded down from ten millions on.
    var short: String {
        let whole = units.magnitude / UInt128(Amount.fractionBase)
        let sign = units < 0 ? "-" : ""
        guard whole >= 10_000_000 else { return grouped }
        let digits = "\(whole)"
        let power = digits.count - 1
        let (suffix, down) =
            switch power {
            case ..<9: ("M", 6)
            case ..<12: ("B", 9)
            case ..<15: ("T", 12)
            default: ("e\(power)", power)
            }
        return "\(sign)\(digits.dropLast(down)).\(digits.suffix(down).prefix(1))\(suffix)"
    }

    /// For lengths of bars only.
    var approximate: Double { Double(units) / Double(Amount.fractionBase) }

    static func grouped(_ whole: String) -> String {
        let sign = whole.hasPrefix("-") ? "-" : ""
        let digits = Array(whole.dropFirst(sign.count))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return sign + groups.reversed().joined(separator: ",")
    }
}

extension Int {
    /// `12,345`.
    var grouped: String { MoneySum.grouped("\(self)") }
}
