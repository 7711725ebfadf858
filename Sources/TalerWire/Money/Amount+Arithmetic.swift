// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension Amount {
    /// - Throws: ``AmountError/currencyMismatch``, ``AmountError/overflow``.
    public func adding(_ other: Amount) throws(AmountError) -> Amount {
        guard currency == other.currency else { throw .currencyMismatch }
        return try Self.make(currency, total: units + other.units)
    }

    /// - Throws: ``AmountError/currencyMismatch``, ``AmountError/negative``.
    public func subtracting(_ other: Amount) throws(AmountError) -> Amount {
        guard currency == other.currency else { throw .currencyMismatch }
        guard units >= other.units else { throw .negative }
        return try Self.make(currency, total: units - other.units)
    }

    /// - Throws: ``AmountError/overflow``.
    public func multiplied(by factor: UInt32) throws(AmountError) -> Amount {
        try Self.make(currency, total: units * UInt128(factor))
    }

    /// The quotient, rounded down to 10^-8.
    /// - Throws: ``AmountError/overflow`` when the divisor is zero.
    public func divided(by divisor: UInt32) throws(AmountError) -> Amount {
        guard divisor != 0 else { throw .overflow }
        return try Self.make(currency, total: units / UInt128(divisor))
    }

    /// The largest multiple of `unit` that is not above this amount; this amount itself when `unit` is zero.
    /// - Throws: ``AmountError/currencyMismatch``.
    public func roundedDown(to unit: Amount) throws(AmountError) -> Amount {
        guard currency == unit.currency else { throw .currencyMismatch }
        guard !unit.isZero else { return self }
        return try Self.make(currency, total: units / unit.units * unit.units)
    }

    /// True when this amount is a whole number of `unit`; a zero unit divides everything.
    public func isMultiple(of unit: Amount) -> Bool {
        currency == unit.currency && (unit.isZero || units % unit.units == 0)
    }

    /// Below zero, zero or above zero as this amount is less than, equal to or more than the other.
    /// - Throws: ``AmountError/currencyMismatch``.
    public func compare(_ other: Amount) throws(AmountError) -> Int {
        guard currency == other.currency else { throw .currencyMismatch }
        return units < other.units ? -1 : units == other.units ? 0 : 1
    }

    /// - Throws: ``AmountError/currencyMismatch``.
    public func isLess(than other: Amount) throws(AmountError) -> Bool { try compare(other) < 0 }

    /// The sum of `amounts`, zero of `currency` for none.
    /// - Throws: ``AmountError/currencyMismatch``, ``AmountError/overflow``.
    public static func sum(_ amounts: some Sequence<Amount>, in currency: Currency) throws(AmountError) -> Amount {
        var total = Amount.zero(currency)
        for amount in amounts { total = try total.adding(amount) }
        return total
    }

    /// The amount in units of 10^-8: at most 2^52 × 10^8 + 10^8 - 1, which needs 79 bits.
    public var units: UInt128 { UInt128(value) * UInt128(Self.fractionBase) + UInt128(fraction) }

    /// The amount of `total` units of 10^-8.
    /// - Throws: ``AmountError/overflow``.
    public static func make(_ currency: Currency, total: UInt128) throws(AmountError) -> Amount {
        let (value, fraction) = total.quotientAndRemainder(dividingBy: UInt128(fractionBase))
        guard value <= UInt128(maximumValue) else { throw .overflow }
        do { return try Amount(currency, value: UInt64(value), fraction: UInt32(fraction)) } catch { throw .overflow }
    }
}
