// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One entry of the array that `GET /coins/$COIN_PUB/link` answers: a refresh of that coin, as it was revealed. Whoever has the coin's
/// private key can make the fresh coins again from it.
public struct CoinLink: Codable, Sendable, Equatable {
    /// Of the candidate that the fresh coins are.
    public var transferPub: TransferPublicKey
    public var newCoins: [LinkedCoin]

    enum CodingKeys: String, CodingKey {
        case transferPub = "transfer_pub"
        case newCoins = "new_coins"
    }

    public init(transferPub: TransferPublicKey, newCoins: [LinkedCoin]) {
        self.transferPub = transferPub
        self.newCoins = newCoins
    }
}

/// One fresh coin of a ``CoinLink``.
public struct LinkedCoin: Codable, Sendable, Equatable {
    /// `{"cipher": "RSA", "age_mask": 0, "rsa_pub"}`.
    public var denominationPub: JSONValue
    /// `{"cipher": "RSA", "blinded_rsa_signature"}`.
    public var envelopeSignature: JSONValue
    /// From 0, in the order of the refresh.
    public var coinIndex: UInt32
    /// What the exchange contributed to the blinding; for RSA only `{"cipher": "RSA"}`.
    public var exchangeValues: JSONValue
    /// 1204 by the old coin's key.
    public var linkSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case denominationPub = "denom_pub"
        case envelopeSignature = "ev_sig"
        case coinIndex = "coin_idx"
        case exchangeValues = "ewv"
        case linkSignature = "link_sig"
    }

    public init(
        denominationPub: JSONValue, envelopeSignature: JSONValue, coinIndex: UInt32, exchangeValues: JSONValue = ["cipher": "RSA"],
        linkSignature: EdDSASignature
    ) {
        self.denominationPub = denominationPub
        self.envelopeSignature = envelopeSignature
        self.coinIndex = coinIndex
        self.exchangeValues = exchangeValues
        self.linkSignature = linkSignature
    }
}
