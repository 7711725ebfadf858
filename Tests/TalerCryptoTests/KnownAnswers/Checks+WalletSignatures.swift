// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    /// Bytes of a purpose that this program has no structure for: the signature alone is compared.
    private static func expectRawSignature(_ answer: KnownAnswer, by signer: String, _ signature: String) throws {
        let key = try Ed25519.SigningKey(seed: Base32.decode(answer.text(signer)))
        let message = answer.hex("signed_message_hex")
        #expect(Base32.encode(key.sign(message)) == answer.text(signature))
        #expect(Ed25519.isValid(try Base32.decode(answer.text(signature)), for: message, by: key.publicKey))
    }

    static func rawSignature(_ answer: KnownAnswer) throws {
        var out = WireEncoder()
        out.append(UInt32(8 + answer.hex("payload_hex").count))
        out.append(UInt32(try #require(answer.integer("purpose"))))
        out.append(raw: answer.hex("payload_hex"))
        #expect(Hex.encode(out.bytes) == answer.text("signed_message_hex"))
        try expectRawSignature(answer, by: "signer_priv", "sig")
    }

    /// A wallet's KYC: not a business of this program's wallet.
    static func accountSetup(_ answer: KnownAnswer) throws { try expectRawSignature(answer, by: "reserve_priv", "reserve_sig") }

    /// Tokens are not supported.
    static func tokenUse(_ answer: KnownAnswer) throws { try expectRawSignature(answer, by: "token_use_priv", "token_sig") }

    static func walletDeposit(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("coin_priv")
        #expect(key.publicKey(as: CoinPublicKey.self).base32 == answer.text("coin_pub"))
        let old = DepositRequest14(
            contractHash: try answer.decode("h_contract_terms"), ageCommitmentHash: try answer.decodeOrZero("h_age_commitment"),
            policyHash: try answer.decodeOrZero("h_policy"), wireHash: try answer.decode("h_wire"),
            denominationHash: try answer.decode("h_denom_pub"), walletTimestamp: try answer.decode("wallet_timestamp"),
            refundDeadline: try answer.decode("refund_deadline"), amountWithFee: try answer.decode("amount_with_fee"),
            depositFee: try answer.decode("deposit_fee"), merchantPub: try answer.decode("merchant_pub"))
        if answer.file == .library14 {
            try answer.expect(old, signature: "coin_sig", by: key)
            return
        }
        let request = DepositRequest(
            contractHash: old.contractHash, ageCommitmentHash: old.ageCommitmentHash, policyHash: old.policyHash, wireHash: old.wireHash,
            denominationHash: old.denominationHash, walletTimestamp: old.walletTimestamp, refundDeadline: old.refundDeadline,
            amountWithFee: old.amountWithFee, depositFee: old.depositFee, merchantPub: old.merchantPub,
            walletDataHash: try answer.decodeOrZero("wallet_data_hash"))
        try answer.expect(request, signature: "coin_sig", by: key)
    }

    static func coinHistory(_ answer: KnownAnswer) throws {
        let request = CoinHistoryRequest(startOffset: UInt64(try #require(answer.integer("start_off"))))
        try answer.expect(request, signature: "coin_sig", by: answer.privateKey("coin_priv"))
    }

    static func reserveHistory(_ answer: KnownAnswer) throws {
        let request = ReserveHistoryRequest(startOffset: UInt64(try #require(answer.integer("start_off"))))
        try answer.expect(request, signature: "reserve_sig", by: answer.privateKey("reserve_priv"))
    }

    static func melt(_ answer: KnownAnswer) throws {
        let request = MeltRequest(
            commitment: try answer.decode("refresh_commitment"), denominationHash: try answer.decode("h_denom_pub"),
            ageCommitmentHash: try answer.decodeOrZero("h_age_commitment"), amountWithFee: try answer.decode("amount_with_fee"),
            meltFee: try answer.decode("melt_fee"))
        try answer.expect(request, signature: "coin_sig", by: answer.privateKey("coin_priv"))
    }

    static func link(_ answer: KnownAnswer) throws {
        let request = LinkRequest(
            denominationHash: try answer.decode("h_denom_pub"), transferPub: try answer.decode("transfer_pub"), ageCommitmentHash: .zero,
            coinEnvelopeHash: try answer.decode("h_coin_envelope"))
        try answer.expect(request, signature: "coin_sig", by: answer.privateKey("old_coin_priv"))
    }
}
