// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One coin of a batch deposit (BatchDepositRequestCoin).
public struct BatchDepositCoin: Codable, Sendable, Equatable {
    public var coinPub: CoinPublicKey
    public var denominationHash: DenominationHash
    /// `{"cipher": "RSA", "rsa_signature"}` or `{"cipher": "CS", …}`.
    public var denominationSignature: JSONValue
    /// Deposit fee included.
    public var contribution: Amount
    public var ageCommitmentHash: AgeCommitmentHash?
    /// 1201.
    public var coinSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case coinPub = "coin_pub"
        case denominationHash = "denom_pub_hash"
        case denominationSignature = "ub_sig"
        case contribution
        case ageCommitmentHash = "h_age_commitment"
        case coinSignature = "coin_sig"
    }

    public init(
        coinPub: CoinPublicKey,
        denominationHash: DenominationHash,
        denominationSignature: JSONValue,
        contribution: Amount,
        ageCommitmentHash: AgeCommitmentHash? = nil,
        coinSignature: EdDSASignature
    ) {
        self.coinPub = coinPub
        self.denominationHash = denominationHash
        self.denominationSignature = denominationSignature
        self.contribution = contribution
        self.ageCommitmentHash = ageCommitmentHash
        self.coinSignature = coinSignature
    }
}
