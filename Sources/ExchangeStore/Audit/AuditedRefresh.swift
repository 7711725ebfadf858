// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// What a coin has signed to become others.
public struct AuditedMelt: Sendable {
    public var commitment: RefreshCommitment
    public var coinPub: CoinPublicKey
    public var denominationHash: DenominationHash
    public var ageCommitmentHash: AgeCommitmentHash?
    /// Melt fee included.
    public var amountWithFee: Amount
    public var fee: Amount
    /// 1202.
    public var coinSignature: EdDSASignature
}

/// A melt whose fresh coins were signed, with all that its commitment is made of.
public struct AuditedReveal: Sendable {
    public var commitment: RefreshCommitment
    public var coinPub: CoinPublicKey
    public var amountWithFee: Amount
    /// 0 to 2: the candidate that was not looked into.
    public var noRevealIndex: Int64
    public var reveal: RefreshReveal
}

extension BookList where Record == AuditedMelt {
    public static var melts: Self {
        BookList(
            name: "the melt",
            sql: """
                SELECT r.rc, r.*, k.h_denom_pub, k.h_age_commitment FROM refresh r JOIN known_coin k ON k.coin_pub = r.coin_pub
                """
        ) { row, currency in
            AuditedMelt(
                commitment: try row.bytes("rc"), coinPub: try row.bytes("coin_pub"), denominationHash: try row.bytes("h_denom_pub"),
                ageCommitmentHash: try row.optionalBytes("h_age_commitment"), amountWithFee: try row.amount("amount_with_fee", currency),
                fee: try row.amount("melt_fee", currency), coinSignature: try row.bytes("coin_sig"))
        }
    }
}

extension BookList where Record == AuditedReveal {
    public static var reveals: Self {
        BookList(
            name: "the reveal",
            sql: """
                SELECT r.rc, r.id, r.coin_pub, r.amount_with_fee, r.noreveal_index, v.transfer_pub, v.transfer_priv_first,
                    v.transfer_priv_second, coalesce(v.rms, r.rms) AS rms
                FROM refresh r JOIN refresh_reveal v ON v.refresh = r.id
                """
        ) { row, database, currency in
            AuditedReveal(
                commitment: try row.bytes("rc"), coinPub: try row.bytes("coin_pub"),
                amountWithFee: try row.amount("amount_with_fee", currency),
                noRevealIndex: try row.integer("noreveal_index"),
                reveal: RefreshReveal(
                    transferPub: try row.bytes("transfer_pub"), firstTransferPrivateKey: try row.blob("transfer_priv_first"),
                    secondTransferPrivateKey: try row.blob("transfer_priv_second"), masterSecret: try row.optionalBytes("rms"),
                    coins: try ExchangeStore.coins(of: try row.integer("id"), database)))
        }
    }
}
