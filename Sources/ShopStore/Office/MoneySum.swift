// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A sum of amounts of one currency, exact: it may be above what a single ``Amount`` can be, and below zero.
public struct MoneySum: Hashable, Sendable, Comparable {
    /// Units of 10^-8. More than 2^40 of the largest amounts have room.
    public let units: Int128

    public static let zero = MoneySum(units: 0)

    public init(units: Int128) { self.units = units }

    public init(_ amount: Amount) { units = Int128(amount.units) }

    public static func < (left: MoneySum, right: MoneySum) -> Bool { left.units < right.units }
    public static func + (left: MoneySum, right: MoneySum) -> MoneySum { MoneySum(units: left.units + right.units) }
    public static func - (left: MoneySum, right: MoneySum) -> MoneySum { MoneySum(units: left.units - right.units) }
    public static func += (left: inout MoneySum, right: MoneySum) { left = left + right }

    public var isZero: Bool { units == 0 }

    /// The number alone, `1.5`, `-0.25`: no superfluous zeros.
    public var digits: String {
        let (value, fraction) = units.magnitude.quotientAndRemainder(dividingBy: UInt128(Amount.fractionBase))
        let sign = units < 0 ? "-" : ""
        guard fraction != 0 else { return "\(sign)\(value)" }
        var text = String(fraction)
        text = String(repeating: "0", count: 8 - text.count) + text
        while text.hasSuffix("0") { text.removeLast() }
        return "\(sign)\(value).\(text)"
    }
}
