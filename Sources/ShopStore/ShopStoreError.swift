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
}
