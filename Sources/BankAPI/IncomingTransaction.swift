// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Money that reached an exchange's account with a key in its subject (TALER_BANK_CreditDetails).
public struct IncomingTransaction: Codable, Sendable, Equatable {
    public enum Purpose: Sendable, Equatable {
        /// `RESERVE`: fills a reserve.
        case reserve(ReservePublicKey)
        /// `KYCAUTH`: ties the paying account to a key of a merchant (or of a reserve: the same 32 bytes).
        case accountKey(MerchantPublicKey)
        /// A type that this program does not know; its row is passed over.
        case other(String)
    }

    public var purpose: Purpose
    public var rowID: Int64
    public var date: Timestamp
    public var amount: Amount
    public var creditFee: Amount?
    /// Payto URI of who paid.
    public var debitAccount: String

    enum CodingKeys: String, CodingKey {
        case type
        case rowID = "row_id"
        case date, amount
        case creditFee = "credit_fee"
        case debitAccount = "debit_account"
        case reservePublicKey = "reserve_pub"
        case accountPublicKey = "account_pub"
    }

    public init(purpose: Purpose, rowID: Int64, date: Timestamp, amount: Amount, debitAccount: String) {
        self.purpose = purpose
        self.rowID = rowID
        self.date = date
        self.amount = amount
        self.debitAccount = debitAccount
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .type) {
        case "RESERVE": purpose = .reserve(try container.decode(ReservePublicKey.self, forKey: .reservePublicKey))
        case "KYCAUTH": purpose = .accountKey(try container.decode(MerchantPublicKey.self, forKey: .accountPublicKey))
        case let type: purpose = .other(type)
        }
        rowID = try container.decode(Int64.self, forKey: .rowID)
        date = try container.decode(Timestamp.self, forKey: .date)
        amount = try container.decode(Amount.self, forKey: .amount)
        creditFee = try container.decodeIfPresent(Amount.self, forKey: .creditFee)
        debitAccount = try container.decode(String.self, forKey: .debitAccount)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch purpose {
        case .reserve: try container.encode("RESERVE", forKey: .type)
        case .accountKey: try container.encode("KYCAUTH", forKey: .type)
        case .other(let type): try container.encode(type, forKey: .type)
        }
        try container.encode(rowID, forKey: .rowID)
        try container.encode(date, forKey: .date)
        try container.encode(amount, forKey: .amount)
        try container.encodeIfPresent(creditFee, forKey: .creditFee)
        try container.encode(debitAccount, forKey: .debitAccount)
        switch purpose {
        case .reserve(let key): try container.encode(key, forKey: .reservePublicKey)
        case .accountKey(let key): try container.encode(key, forKey: .accountPublicKey)
        case .other: break
        }
    }
}
