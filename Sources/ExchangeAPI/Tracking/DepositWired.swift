// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /deposits/…`: the coin's deposit was wired.
public struct DepositWired: Codable, Sendable, Equatable {
    public var wireTransferID: WireTransferID
    public var executionTime: Timestamp
    /// Deposit fee taken off; refunds are not.
    public var coinContribution: Amount
    public var exchangePub: ExchangePublicKey
    /// 1036.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case wireTransferID = "wtid"
        case executionTime = "execution_time"
        case coinContribution = "coin_contribution"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(
        wireTransferID: WireTransferID, executionTime: Timestamp, coinContribution: Amount, exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature
    ) {
        self.wireTransferID = wireTransferID
        self.executionTime = executionTime
        self.coinContribution = coinContribution
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
