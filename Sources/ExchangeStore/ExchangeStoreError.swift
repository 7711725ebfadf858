// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Why the books could not be opened, read or written. Refusals of customers' requests are types of their own.
public enum ExchangeStoreError: Error, Equatable {
    /// The books are in that currency.
    case otherCurrency(String)
    /// The books belong to another offline key.
    case otherMaster
    /// A key that is to be revoked is not in the books.
    case unknownKey
    /// A column holds what was never written there.
    case damaged(column: String)
    /// An amount in another currency, or of 2^63 units of 10^-8 or more.
    case unstorable(Amount)
    /// The database does not do what it is asked: its disk may be full, its file damaged or locked.
    case database(String, isReading: Bool)
}
