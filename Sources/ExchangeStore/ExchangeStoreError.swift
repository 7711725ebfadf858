// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Why the books could not be opened, read or written. Refusals of customers' requests are types of their own.
public enum ExchangeStoreError: Error, Equatable, CustomStringConvertible {
    /// The books are in that currency.
    case otherCurrency(String)
    /// The books belong to another offline key.
    case otherMaster
    /// There is no database at that path.
    case missing(String)
    /// The tables are of an older or a newer version.
    case otherVersion
    /// A key that is to be revoked is not in the books.
    case unknownKey
    /// A column holds what was never written there.
    case damaged(column: String)
    /// An amount in another currency, or of 2^63 units of 10^-8 or more.
    case unstorable(Amount)
    /// The database does not do what it is asked: its disk may be full, its file damaged or locked.
    case database(String, isReading: Bool)

    public var description: String {
        switch self {
        case .otherCurrency(let currency): "the exchange's database is in \(currency)"
        case .otherMaster: "the exchange's database belongs to another offline key"
        case .missing(let path): "\(path) is not there"
        case .otherVersion: "the exchange's database is of another version: serve the exchange once with this one"
        case .unknownKey: "the exchange's database does not have that key"
        case .damaged(let column): "\(column) holds what was never written there"
        case .database(let reason, _): "the exchange's database: \(reason)"
        case .unstorable(let amount): "\(amount) is more than the books can hold, or in another currency"
        }
    }
}
