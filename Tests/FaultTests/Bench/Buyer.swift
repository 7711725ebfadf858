// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire

/// The frontend's and the wallet's part of a purchase.
enum Buyer {
    /// What a frontend proposes.
    static func proposition(_ transactionID: Int64, price: Amount, now: Timestamp) -> JSONObject {
        [
            "amount": price.classicJSON, "max_fee": amount("0.2").classicJSON, "transaction_id": .integer(transactionID), "products": [],
            "timestamp": now.classicJSON, "refund_deadline": now.advanced(bySeconds: 86_400).classicJSON,
            "expiry": now.advanced(bySeconds: 3600).classicJSON,
            "merchant": ["name": "The shop", "address": "office", "jurisdiction": "office"], "locations": ["office": ["country": "CH"]],
        ]
    }

    /// What a wallet sends to pay with these coins, each contributing this much.
    static func permission(
        _ contract: ContractResponse, _ coins: [(coin: TestCoin, contribution: Amount)], exchange: String = "http://exchange.test/"
    ) throws -> DepositPermission {
        let terms = contract.contract
        let wireHash = try WireHash(json: terms["H_wire"] ?? .null)
        let merchant = try MerchantPublicKey(json: terms["merchant_pub"] ?? .null)
        let timestamp: ClassicTimestamp = try (terms["timestamp"] ?? .null).decode()
        let refundDeadline: ClassicTimestamp = try (terms["refund_deadline"] ?? .null).decode()
        return DepositPermission(
            wireHash: wireHash, contractHash: contract.contractHash, transactionID: terms["transaction_id"]?.integerValue ?? -1,
            timestamp: timestamp.time, refundDeadline: refundDeadline.time, mint: exchange,
            coins: coins.map { coin, contribution in
                let deposit = DepositRequest(
                    contractHash: contract.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
                    denominationHash: coin.denomination.hash, walletTimestamp: timestamp.time, refundDeadline: refundDeadline.time,
                    amountWithFee: contribution, depositFee: coin.denomination.feeDeposit, merchantPub: merchant, walletDataHash: .zero)
                return .init(
                    contribution: contribution, coinPub: coin.pub, denominationPub: Base32.encode(coin.denomination.rsaPub),
                    denominationSignature: coin.signature.json["rsa_signature"] ?? .null, coinSignature: coin.key.sign(deposit))
            })
    }
}
