// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the store refuses.
public enum ShopStoreError: Error, Equatable {
    /// The file is no database of this program, or cannot be opened.
    case cannotOpen(path: String, reason: String)
    /// A row holds what no version of this program writes.
    case damaged(String)
    /// A contract was given for an order that does not exist.
    case unknownOrder
    /// A contract's number or hash belongs to another contract.
    case contractTaken
    /// So many of the product cannot be had; nothing was reserved.
    case soldOut(product: String, available: Int)
    /// The cart holds as many different products as it may.
    case cartFull
    /// The order can no longer be paid.
    case orderClosed
    /// The browser has as many unpaid orders with reserved goods as it may have.
    case tooManyHolds
    /// The browsers of the network have as many unpaid orders with reserved goods as they may have together.
    case tooManyHoldsOfNetwork
    /// A wish without lines.
    case emptyOrder
    /// Something else lies in the cart than what was wished for.
    case cartChanged
}
