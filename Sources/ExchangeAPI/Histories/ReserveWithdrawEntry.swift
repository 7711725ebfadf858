// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One coin that was withdrawn, in its reserve's history.
public struct ReserveWithdrawEntry: Codable, Sendable, Equatable {
    static let type = "WITHDRAW"

    public private(set) var type: String
    /// 1200.
    public var reserveSignature: EdDSASignature
    public var coinEnvelopeHash: CoinEnvelopeHash
    public var denominationHash: DenominationHash
    public var withdrawFee: Amount
    /// Withdraw fee included.
    public var amount: Amount

    enum CodingKeys: String, CodingKey {
        case type
        case reserveSignature = "reserve_sig"
        case coinEnvelopeHash = "h_coin_envelope"
        case denominationHash = "h_denom_pub"
        case withdrawFee = "withdraw_fee"
        case amount
    }

    public init(
        reserveSignature: EdDSASignature, coinEnvelopeHash: CoinEnvelopeHash, denominationHash: DenominationHash, withdrawFee: Amount,
        amount: Amount
    ) {
        type = Self.type
        self.reserveSignature = reserveSignature
        self.coinEnvelopeHash = coinEnvelopeHash
        self.denominationHash = denominationHash
        self.withdrawFee = withdrawFee
        self.amount = amount
    }
}
