// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One blinded coin of a withdrawal.
public struct WithdrawPlanchet: Codable, Sendable, Equatable {
    public var denominationHash: DenominationHash
    /// `{"cipher": "RSA", "rsa_blinded_planchet"}`.
    public var coinEnvelope: JSONValue
    /// 1200 over value plus withdraw fee.
    public var reserveSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case denominationHash = "denom_pub_hash"
        case coinEnvelope = "coin_ev"
        case reserveSignature = "reserve_sig"
    }

    public init(denominationHash: DenominationHash, coinEnvelope: JSONValue, reserveSignature: EdDSASignature) {
        self.denominationHash = denominationHash
        self.coinEnvelope = coinEnvelope
        self.reserveSignature = reserveSignature
    }
}
