// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A change of a product's supply, as it was written down.
public struct StockChange: Sendable, Equatable {
    public let id: Int64
    /// The product's name in the catalog.
    public let product: String
    public let time: Timestamp
    public let difference: Int
    /// After the change.
    public let supply: Int
    public let origin: Origin
    /// In the owner's words; empty for changes of the product's file.
    public let reason: String

    public enum Origin: String, Sendable {
        /// The number in the product's file was changed.
        case file
        /// The owner has counted, thrown away or taken back.
        case owner
    }

    public init(id: Int64, product: String, time: Timestamp, difference: Int, supply: Int, origin: Origin, reason: String) {
        self.id = id
        self.product = product
        self.time = time
        self.difference = difference
        self.supply = supply
        self.origin = origin
        self.reason = reason
    }

    /// What became of a change that was asked for.
    public enum Outcome: Sendable, Equatable {
        case done(StockChange)
        /// The same form came before: this is what it did then.
        case doneBefore(StockChange)
        /// The supply would go below zero or above ``ShopStore/maximumSupply``: nothing was changed.
        case outOfRange(Stock)
        /// The product's number is not limited: nothing was changed.
        case notLimited
    }
}
