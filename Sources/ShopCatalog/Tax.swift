// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A tax that a price includes.
public struct Tax: Sendable, Hashable {
    public let name: String
    /// Millionths of the price without taxes: 190000 for 19 %.
    public let millionths: UInt32

    /// 100 %: what the taxes of one product may come to together. Then all of them, each rounded up, are never more than the price.
    static let maximum: UInt32 = 1_000_000

    public init(name: String, millionths: UInt32) {
        self.name = name
        self.millionths = millionths
    }

    /// `VAT 19%`: a name, and a rate above 0 with at most four digits after the point; spaces before the sign are allowed.
    init?(_ text: String) {
        guard text.hasSuffix("%") else { return nil }
        let words = text.dropLast().trimmed.split(separator: " ")
        guard words.count > 1, let digits = words.last else { return nil }
        let parts = digits.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...3).contains(whole.count), parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
        else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : ""[...].utf8
        guard parts.count == 1 || (1...4).contains(fraction.count) else { return nil }
        let places = String(decoding: fraction, as: UTF8.self) + String(repeating: "0", count: 4 - fraction.count)
        guard let rate = UInt32(String(decoding: whole, as: UTF8.self) + places), rate > 0, rate <= Self.maximum else { return nil }
        let name = words.dropLast().joined(separator: " ")
        guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
        self.init(name: name, millionths: rate)
    }

    /// The rate in per cent with a point and without superfluous zeros: `19`, `5.5`.
    public var percent: String {
        let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
        guard rest > 0 else { return "\(whole)" }
        var digits = String(rest)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    /// The taxes that a price includes, each computed exactly from the whole price and rounded half up to a whole number of `unit`.
    /// - Throws: `AmountError/currencyMismatch`.
    public static func amounts(of taxes: [Tax], in price: Amount, roundedTo unit: Amount) throws(AmountError) -> [TaxAmount] {
        guard price.currency == unit.currency else { throw .currencyMismatch }
        let step = unit.isZero ? 1 : unit.units
        // Of a price P with taxes of the rates r and s a tax of the rate r is P × r ÷ (1 + r + s).
        let whole = UInt128(maximum) + taxes.reduce(0) { $0 + UInt128($1.millionths) }
        var amounts: [TaxAmount] = []
        for tax in taxes {
            let steps = (2 * price.units * UInt128(tax.millionths) + whole * step) / (2 * whole * step)
            amounts.append(TaxAmount(name: tax.name, amount: try Amount.make(price.currency, total: steps * step)))
        }
        return amounts
    }
}

/// What of a price is a tax.
public struct TaxAmount: Sendable, Hashable {
    public let name: String
    public let amount: Amount

    public init(name: String, amount: Amount) {
        self.name = name
        self.amount = amount
    }
}
