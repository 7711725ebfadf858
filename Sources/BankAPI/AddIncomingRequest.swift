// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of the wire gateway's `POST admin/add-incoming`: a test's own incoming transfer.
public struct AddIncomingRequest: Codable, Sendable, Equatable {
    public var amount: Amount
    public var reservePublicKey: ReservePublicKey
    /// Payto URI of who pays.
    public var debitAccount: String

    enum CodingKeys: String, CodingKey {
        case amount
        case reservePublicKey = "reserve_pub"
        case debitAccount = "debit_account"
    }

    public init(amount: Amount, reservePublicKey: ReservePublicKey, debitAccount: String) {
        self.amount = amount
        self.reservePublicKey = reservePublicKey
        self.debitAccount = debitAccount
    }
}

/// Body of the wire gateway's `POST admin/add-kycauth`.
public struct AddAccountKeyRequest: Codable, Sendable, Equatable {
    public var amount: Amount
    public var accountPublicKey: MerchantPublicKey
    /// Payto URI of who pays.
    public var debitAccount: String

    enum CodingKeys: String, CodingKey {
        case amount
        case accountPublicKey = "account_pub"
        case debitAccount = "debit_account"
    }

    public init(amount: Amount, accountPublicKey: MerchantPublicKey, debitAccount: String) {
        self.amount = amount
        self.accountPublicKey = accountPublicKey
        self.debitAccount = debitAccount
    }
}
