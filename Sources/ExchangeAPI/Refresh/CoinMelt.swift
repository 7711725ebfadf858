// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `POST /coins/$COIN_PUB/melt`: what a coin is worth goes into a refresh.
public struct CoinMeltRequest: Codable, Sendable, Equatable {
    /// What the fresh coins will be, and all three candidates for them.
    public var commitment: RefreshCommitment
    public var denominationHash: DenominationHash
    /// `{"cipher": "RSA", "rsa_signature"}` or `{"cipher": "CS", …}`.
    public var denominationSignature: JSONValue
    public var ageCommitmentHash: AgeCommitmentHash?
    /// What the coin pays: melt fee, fresh coins and their withdraw fees.
    public var valueWithFee: Amount
    /// 1202.
    public var coinSignature: EdDSASignature
    /// Only for fresh coins of Clause-Schnorr denominations; then it is part of the commitment.
    public var refreshMasterSecret: RefreshMasterSecret?

    enum CodingKeys: String, CodingKey {
        case commitment = "rc"
        case denominationHash = "denom_pub_hash"
        case denominationSignature = "denom_sig"
        case ageCommitmentHash = "age_commitment_hash"
        case valueWithFee = "value_with_fee"
        case coinSignature = "confirm_sig"
        case refreshMasterSecret = "rms"
    }

    public init(
        commitment: RefreshCommitment, denominationHash: DenominationHash, denominationSignature: JSONValue,
        ageCommitmentHash: AgeCommitmentHash? = nil, valueWithFee: Amount, coinSignature: EdDSASignature,
        refreshMasterSecret: RefreshMasterSecret? = nil
    ) {
        self.commitment = commitment
        self.denominationHash = denominationHash
        self.denominationSignature = denominationSignature
        self.ageCommitmentHash = ageCommitmentHash
        self.valueWithFee = valueWithFee
        self.coinSignature = coinSignature
        self.refreshMasterSecret = refreshMasterSecret
    }
}

/// 200 of `POST /coins/$COIN_PUB/melt`. A repeat gets the same index.
public struct CoinMeltResponse: Codable, Sendable, Equatable {
    /// The candidate (0 to 2) that stays hidden and becomes the fresh coins; the wallet reveals the other two.
    public var noRevealIndex: UInt32
    public var exchangePub: ExchangePublicKey
    /// 1034.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case noRevealIndex = "noreveal_index"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(noRevealIndex: UInt32, exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature) {
        self.noRevealIndex = noRevealIndex
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
