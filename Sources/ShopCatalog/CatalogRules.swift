// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Localization
public import TalerWire

/// What the shop asks of its catalog.
public struct CatalogRules: Sendable, Equatable {
    /// Every amount must be a whole number of it; names the currency.
    public let smallestUnit: Amount
    /// The main language of products that name none.
    public let language: Language

    public init(smallestUnit: Amount, language: Language = .english) {
        self.smallestUnit = smallestUnit
        self.language = language
    }
}
