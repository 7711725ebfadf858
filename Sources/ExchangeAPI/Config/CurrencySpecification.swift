// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// How amounts of a currency are written for people.
public struct CurrencySpecification: Codable, Sendable, Equatable {
    public var name: String
    /// The code; deprecated since protocol 18.
    public var currency: String?
    public var fractionalInputDigits: Int
    public var fractionalNormalDigits: Int
    public var fractionalTrailingZeroDigits: Int
    /// Power of ten to name: `{"0": "€"}`.
    public var alternativeUnitNames: [String: String]

    enum CodingKeys: String, CodingKey {
        case name
        case currency
        case fractionalInputDigits = "num_fractional_input_digits"
        case fractionalNormalDigits = "num_fractional_normal_digits"
        case fractionalTrailingZeroDigits = "num_fractional_trailing_zero_digits"
        case alternativeUnitNames = "alt_unit_names"
    }

    public init(
        name: String,
        currency: String? = nil,
        fractionalInputDigits: Int,
        fractionalNormalDigits: Int,
        fractionalTrailingZeroDigits: Int,
        alternativeUnitNames: [String: String]
    ) {
        self.name = name
        self.currency = currency
        self.fractionalInputDigits = fractionalInputDigits
        self.fractionalNormalDigits = fractionalNormalDigits
        self.fractionalTrailingZeroDigits = fractionalTrailingZeroDigits
        self.alternativeUnitNames = alternativeUnitNames
    }
}
