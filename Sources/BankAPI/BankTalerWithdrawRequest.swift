// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of `POST /taler/withdraw` (BankTalerWithdrawRequest).
public struct BankTalerWithdrawRequest: Codable, Sendable, Equatable {
    public var auth: BankAuth?
    public var amount: Amount
    public var reservePublicKey: ReservePublicKey
    /// Payto URI of the exchange's account at this bank; nil for the bank's default exchange.
    public var exchangeWireDetails: String?

    enum CodingKeys: String, CodingKey {
        case auth, amount
        case reservePublicKey = "reserve_pub"
        case exchangeWireDetails = "exchange_wire_details"
        /// What some clients of 2019 called it.
        case exchangeWireDetail = "exchange_wire_detail"
    }

    public init(amount: Amount, reservePublicKey: ReservePublicKey, exchangeWireDetails: String? = nil) {
        auth = .basic
        self.amount = amount
        self.reservePublicKey = reservePublicKey
        self.exchangeWireDetails = exchangeWireDetails
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        auth = try container.decodeIfPresent(BankAuth.self, forKey: .auth)
        amount = try container.decode(Amount.self, forKey: .amount)
        reservePublicKey = try container.decode(ReservePublicKey.self, forKey: .reservePublicKey)
        exchangeWireDetails =
            try container.decodeIfPresent(String.self, forKey: .exchangeWireDetails)
            ?? container.decodeIfPresent(String.self, forKey: .exchangeWireDetail)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(auth, forKey: .auth)
        try container.encode(amount, forKey: .amount)
        try container.encode(reservePublicKey, forKey: .reservePublicKey)
        try container.encodeIfPresent(exchangeWireDetails, forKey: .exchangeWireDetails)
    }
}
