// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire
import TestVectors

/// A coin of any cipher with its private key, to be spent at a ``TestExchange``.
struct SignableCoin {
    let key: EdDSAPrivateKey
    let denomination: TestExchange.Denomination
    /// The modern object.
    let signature: JSONValue

    /// Of the sandbox exchange, whose denominations' keys another exchange may take for its own.
    init(_ coin: TestCoin) throws {
        key = coin.key
        denomination = .init(key: try DenominationPublicKey(.rsa, encoded: coin.denomination.rsaPub), value: coin.denomination.value)
        signature = coin.signature.json
    }

    /// A recorded one, withdrawn from a real exchange.
    private init(recorded coin: JSONValue, _ denomination: TestExchange.Denomination) throws {
        key = try EdDSAPrivateKey(base32: coin["coin_priv"]?.stringValue ?? "")
        self.denomination = denomination
        signature = coin["ub_sig"] ?? .null
    }

    /// The recorded Clause-Schnorr coins of one denomination.
    static func clauseSchnorr() throws -> [SignableCoin] {
        let file = try VectorFile.clauseSchnorr.json
        let key = try DenominationPublicKey(.clauseSchnorr, base32: file["cs_pub"]?.stringValue ?? "")
        let denomination = TestExchange.Denomination(key: key, value: amount("1"))
        return try (file["coins"]?.arrayValue ?? []).map { try SignableCoin(recorded: $0, denomination) }
    }
}

extension Merchant {
    /// What a wallet sends to pay with these coins of that exchange, each contributing this much.
    /// - Parameter layout14: sign as wallets did at protocols 14 to 16.
    func permission(
        _ contract: ContractResponse, at exchange: TestExchange, _ coins: [(SignableCoin, String)], layout14: Bool = false
    ) throws -> DepositPermission {
        let terms = try ContractTerms(contract.contract)
        let wireHash = try WireHash(json: contract.contract["H_wire"] ?? .null)
        let merchantPub: MerchantPublicKey = key.publicKey()
        return DepositPermission(
            wireHash: wireHash, contractHash: contract.contractHash, transactionID: terms.transactionID, timestamp: terms.timestamp,
            refundDeadline: terms.refundDeadline, mint: exchange.baseURL,
            coins: coins.map { coin, contribution in
                let hash = coin.denomination.hash
                let signature =
                    layout14
                    ? coin.key.sign(
                        DepositRequest14(
                            contractHash: contract.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
                            denominationHash: hash, walletTimestamp: terms.timestamp, refundDeadline: terms.refundDeadline,
                            amountWithFee: amount(contribution), depositFee: TestExchange.fee, merchantPub: merchantPub))
                    : coin.key.sign(
                        DepositRequest(
                            contractHash: contract.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
                            denominationHash: hash, walletTimestamp: terms.timestamp, refundDeadline: terms.refundDeadline,
                            amountWithFee: amount(contribution), depositFee: TestExchange.fee, merchantPub: merchantPub,
                            walletDataHash: .zero))
                return .init(
                    contribution: amount(contribution), coinPub: coin.key.publicKey(), denominationPub: coin.denomination.key.base32,
                    denominationSignature: coin.signature, coinSignature: signature)
            })
    }

    /// The intents of a contract, as they are stored.
    func intents(_ contract: ContractResponse) async throws -> [StoredIntent] {
        guard let stored = try await store.contract(contract.contractHash) else { return [] }
        return try await store.intents(of: stored)
    }
}
