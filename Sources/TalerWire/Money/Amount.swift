// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An amount of money: `value` whole units and `fraction` units of 10^-8, in one currency. Never negative.
///
/// Text form `CUR:value[.fraction]`, binary form 24 bytes (TALER_AmountNBO).
public struct Amount: Hashable, Sendable, CustomStringConvertible {
    /// Units of 10^-8 in one unit.
    public static let fractionBase: UInt32 = 100_000_000
    /// The largest `value`: 2^52.
    public static let maximumValue: UInt64 = 1 << 52

    public let currency: Currency
    /// Whole units, at most ``maximumValue``.
    public let value: UInt64
    /// Units of 10^-8, below ``fractionBase``.
    public let fraction: UInt32

    /// - Throws: ``WireError/amount(_:)`` when a part is out of range.
    public init(_ currency: Currency, value: UInt64, fraction: UInt32 = 0) throws(WireError) {
        guard value <= Self.maximumValue else { throw .amount("the value is above 2^52") }
        guard fraction < Self.fractionBase else { throw .amount("the fraction is 10^8 or more") }
        self.init(checked: currency, value, fraction)
    }

    private init(checked currency: Currency, _ value: UInt64, _ fraction: UInt32) {
        self.currency = currency
        self.value = value
        self.fraction = fraction
    }

    public static func zero(_ currency: Currency) -> Amount { Amount(checked: currency, 0, 0) }

    public var isZero: Bool { value == 0 && fraction == 0 }

    /// Parses as the exchange does: leading white space is skipped, the integer part may be empty, a trailing point, more than
    /// eight fraction digits, a sign or an exponent are errors.
    /// - Throws: ``WireError/amount(_:)``.
    public init(_ text: some StringProtocol) throws(WireError) {
        let trimmed = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let colon = trimmed.firstIndex(of: 0x3A) else { throw .amount("the colon is missing") }
        let currency = try Currency(String(decoding: trimmed[..<colon], as: UTF8.self))
        let parts = trimmed[trimmed.index(after: colon)...].split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty || parts.count == 2 else { throw .amount("there are no digits") }
        var value: UInt64 = 0
        for digit in whole {
            guard (0x30...0x39).contains(digit) else { throw .amount("a character that is no digit") }
            value = value * 10 + UInt64(digit - 0x30)
            guard value <= Self.maximumValue else { throw .amount("the value is above 2^52") }
        }
        var fraction: UInt32 = 0
        if parts.count == 2 {
            guard (1...8).contains(parts[1].count) else { throw .amount("a fraction has 1 to 8 digits") }
            var unit = Self.fractionBase
            for digit in parts[1] {
                guard (0x30...0x39).contains(digit) else { throw .amount("a character that is no digit") }
                unit /= 10
                fraction += UInt32(digit - 0x30) * unit
            }
        }
        self.init(checked: currency, value, fraction)
    }

    /// `CUR:1.5`: no superfluous zeros, no point when the fraction is zero.
    public var description: String { "\(currency):\(digits)" }

    /// The number alone: `1.5`.
    public var digits: String {
        guard fraction != 0 else { return "\(value)" }
        var text = String(fraction)
        text = String(repeating: "0", count: 8 - text.count) + text
        while text.hasSuffix("0") { text.removeLast() }
        return "\(value).\(text)"
    }
}

extension Amount: JSONRepresentable {
    /// Reads both the text and the object `{"value", "fraction", "currency"}` (fraction in units of 10^-8).
    public init(json: JSONValue) throws {
        do {
            switch json {
            case .string(let text): try self.init(text)
            case .object(let object):
                guard case .string(let currency) = object["currency"] else { throw WireError.amount("the currency is missing") }
                guard case .integer(let value) = object["value"], let whole = UInt64(exactly: value) else {
                    throw WireError.amount("value must be a whole number of 0 or more")
                }
                guard case .integer(let fraction) = object["fraction"] ?? .integer(0), let part = UInt32(exactly: fraction) else {
                    throw WireError.amount("fraction must be a whole number below 10^8")
                }
                try self.init(Currency(currency), value: whole, fraction: part)
            default: throw WireError.amount("a string or an object is needed")
            }
        } catch {
            throw JSONError(reason: "\(error)")
        }
    }

    /// The text form.
    public var json: JSONValue { .string(description) }

    /// The classic object form, members in canonical order.
    public var classicJSON: JSONValue {
        .object([
            "currency": .string(currency.text), "fraction": .integer(Int64(fraction)), "value": .integer(Int64(value)),
        ])
    }
}
