// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What lies in a browser's cart.
public struct CartLine: Sendable, Equatable {
    /// The product's name in the catalog, which may have left it meanwhile.
    public let product: String
    public let quantity: Int
    /// Chosen by the buyer, for a donation.
    public let amount: Amount?

    public init(product: String, quantity: Int, amount: Amount? = nil) {
        self.product = product
        self.quantity = quantity
        self.amount = amount
    }

    public static let maximumQuantity = 999
    /// Different products in one cart.
    public static let maximumLines = 50
}
