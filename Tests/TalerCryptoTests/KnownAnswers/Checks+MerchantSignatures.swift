// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func merchantContract(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("merchant_priv")
        try answer.expect(ContractOffer(contractHash: answer.decode("h_contract_terms")), signature: "sig", by: key)
    }

    static func merchantPay(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("merchant_priv")
        try answer.expect(PaymentConfirmation(contractHash: answer.decode("h_contract_terms")), signature: "sig", by: key)
    }

    static func accountOwner(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("account_priv")
        #expect(key.publicKey(as: MerchantPublicKey.self).base32 == answer.text("account_pub"))
        try answer.expect(AccountOwnerRequest(), signature: "account_owner_signature", by: key)
    }

    static func refund(_ answer: KnownAnswer) throws {
        let request = RefundRequest(
            contractHash: try answer.decode("h_contract_terms"), coinPub: try answer.decode("coin_pub"),
            refundTransactionID: try transactionID(answer), refundAmount: try answer.decode("refund_amount"))
        try answer.expect(request, signature: "merchant_sig", by: answer.privateKey("merchant_priv"))
    }

    static func depositTrack(_ answer: KnownAnswer) throws {
        let request = DepositTrackRequest(
            contractHash: try answer.decode("h_contract_terms"), wireHash: try answer.decode("h_wire"),
            coinPub: try answer.decode("coin_pub"))
        try answer.expect(request, signature: "merchant_sig", by: answer.privateKey("merchant_priv"))
    }

    /// The largest one is above the range of signed numbers and comes as its text.
    static func transactionID(_ answer: KnownAnswer) throws -> UInt64 {
        switch answer.value["rtransaction_id"] {
        case .integer(let number)?: UInt64(try #require(UInt64(exactly: number)))
        case .number(let text)?, .string(let text)?: try #require(UInt64(text))
        default: throw JSONError(path: "rtransaction_id", reason: "a number is needed")
        }
    }
}
