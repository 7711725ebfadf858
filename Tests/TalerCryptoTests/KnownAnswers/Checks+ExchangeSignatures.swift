// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func depositConfirmation(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("exchange_priv")
        #expect(key.publicKey(as: ExchangePublicKey.self).base32 == answer.text("exchange_pub"))
        if answer.file == .library14 {
            let confirmation = DepositConfirmation14(
                contractHash: try answer.decode("h_contract_terms"), wireHash: try answer.decode("h_wire"),
                policyHash: try answer.decodeOrZero("h_policy"), exchangeTimestamp: try answer.decode("exchange_timestamp"),
                wireDeadline: try answer.decode("wire_deadline"), refundDeadline: try answer.decode("refund_deadline"),
                amountWithoutFee: try answer.decode("amount_without_fee"), coinPub: try answer.decode("coin_pub"),
                merchantPub: try answer.decode("merchant_pub"))
            try answer.expect(confirmation, signature: "exchange_sig", by: key)
            return
        }
        let signatures = try #require(answer.value["coin_sigs"]?.arrayValue).map { try EdDSASignature(json: $0) }
        let confirmation = DepositConfirmation(
            contractHash: try answer.decode("h_contract_terms"), wireHash: try answer.decode("h_wire"),
            policyHash: try answer.decodeOrZero("h_policy"), exchangeTimestamp: try answer.decode("exchange_timestamp"),
            wireDeadline: try answer.decode("wire_deadline"), refundDeadline: try answer.decode("refund_deadline"),
            totalWithoutFee: try answer.decode("total_without_fee"), coinSignaturesHash: HashCode(ofSignatures: signatures),
            merchantPub: try answer.decode("merchant_pub"))
        try answer.expect(confirmation, signature: "exchange_sig", by: key)
    }

    static func meltConfirmation(_ answer: KnownAnswer) throws {
        let confirmation = MeltConfirmation(
            commitment: try answer.decode("refresh_commitment"), noRevealIndex: UInt32(try #require(answer.integer("noreveal_index"))))
        try answer.expect(confirmation, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func denominationUnknown(_ answer: KnownAnswer) throws {
        let proof = DenominationUnknownAffirmation(
            timestamp: try answer.decode("timestamp"), denominationHash: try answer.decode("h_denom_pub"))
        try answer.expect(proof, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func denominationExpired(_ answer: KnownAnswer) throws {
        let proof = DenominationExpiredAffirmation(
            timestamp: try answer.decode("timestamp"), operation: try #require(.init(rawValue: answer.text("oper"))),
            denominationHash: try answer.decode("h_denom_pub"))
        try answer.expect(proof, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func refundConfirmation(_ answer: KnownAnswer) throws {
        let confirmation = RefundConfirmation(
            contractHash: try answer.decode("h_contract_terms"), coinPub: try answer.decode("coin_pub"),
            merchantPub: try answer.decode("merchant_pub"), refundTransactionID: try transactionID(answer),
            refundAmount: try answer.decode("refund_amount"))
        try answer.expect(confirmation, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func confirmWire(_ answer: KnownAnswer) throws {
        let confirmation = WireConfirmation(
            wireHash: try answer.decode("h_wire"), contractHash: try answer.decode("h_contract_terms"),
            wireTransferID: try answer.decode("wtid"), coinPub: try answer.decode("coin_pub"),
            executionTime: try answer.decode("execution_time"), coinContribution: try answer.decode("coin_contribution"))
        try answer.expect(confirmation, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func wireDeposit(_ answer: KnownAnswer) throws {
        let deposit = KnownAnswer(file: answer.file, name: answer.name, value: try #require(answer.value["deposit"]))
        let detail = WireDepositDetail(
            contractHash: try deposit.decode("h_contract_terms"), executionTime: try deposit.decode("execution_time"),
            coinPub: try deposit.decode("coin_pub"), depositValue: try deposit.decode("deposit_value"),
            depositFee: try deposit.decode("deposit_fee"))
        let details = HashCode(ofDetails: [detail])
        #expect(details.base32 == answer.text("h_details"))
        let account = PaytoHash(of: try answer.decode("payto_uri"))
        #expect(account.base32 == answer.text("h_payto"))
        let data = WireDepositData(
            total: try answer.decode("total"), wireFee: try answer.decode("wire_fee"), merchantPub: try answer.decode("merchant_pub"),
            paytoHash: account, detailsHash: details)
        try answer.expect(data, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }

    static func keySet(_ answer: KnownAnswer) throws {
        let keys = KeySet(listIssueDate: try answer.decode("list_issue_date"), denominationsHash: try answer.decode("hc"))
        try answer.expect(keys, signature: "exchange_sig", by: answer.privateKey(ofPublic: "exchange_pub"))
    }
}
