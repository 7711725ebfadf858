// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An ``Amount`` that is written as the object `{"value", "fraction", "currency"}` of the classic documents.
public struct ClassicAmount: Hashable, Sendable, JSONRepresentable {
    public var amount: Amount
    public init(_ amount: Amount) { self.amount = amount }
    public init(json: JSONValue) throws { amount = try Amount(json: json) }
    public var json: JSONValue { amount.classicJSON }
}
