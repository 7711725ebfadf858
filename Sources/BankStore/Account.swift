// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An account of the bank.
public struct Account: Sendable, Equatable {
    public let number: Int64
    /// 1 to 150 characters, unique; its payto URI ends in it.
    public let name: String
    /// The `receiver-name` of its payto URI.
    public let receiverName: String
    /// A hash with its salt and parameters; nil when nobody can log in.
    public let passwordHash: String?
    /// How far the balance may fall below zero.
    public let debtLimit: Amount
    public let balance: Balance
    /// Everybody may read balance and history.
    public let isPublic: Bool
}

/// What an account holds, or owes.
public struct Balance: Sendable, Equatable, CustomStringConvertible {
    public let amount: Amount
    /// True when the account owes ``amount``.
    public let isDebt: Bool

    public init(_ amount: Amount, isDebt: Bool = false) {
        self.amount = amount
        self.isDebt = isDebt
    }

    public var description: String { (isDebt ? "-" : "") + amount.description }
}
