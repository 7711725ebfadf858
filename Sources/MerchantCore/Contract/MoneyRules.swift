// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// The currency that a merchant takes, and the smallest part of it that a price may have.
public struct MoneyRules: Sendable {
    public let currency: Currency
    /// Every amount of a contract is a whole number of it: `KUDOS:0.01`.
    public let smallestUnit: Amount

    public init(currency: Currency, smallestUnit: Amount) {
        self.currency = currency
        self.smallestUnit = smallestUnit
    }
}
