// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// A batch that passed every check that needs no books.
struct CheckedDeposit: Sendable {
    let batch: DepositBatch
    /// Sum of the contributions less their deposit fees.
    let total: Amount
}

/// What is checked of a batch deposit before the books are asked, in this order.
struct DepositChecks: Sendable {
    static let maximumCount = 256

    let table: KeyTable
    let signer: OnlineSigner
    let now: Timestamp
    let currency: Currency

    /// - Throws: `APIError`, as the table of the protocol's documentation has it.
    func check(_ request: BatchDepositRequest) throws -> CheckedDeposit {
        let policyHash: HashCode
        do { policyHash = try HashCode(ofPolicy: request.policy) } catch {
            throw APIError(.genericJsonInvalid, error.within("policy"))
        }
        let (merchantSignature, signatures) = try readable(request)
        let payto: PaytoURI
        do { payto = try PaytoURI(request.merchantPaytoURI) } catch {
            throw APIError(.genericJsonInvalid, JSONError(path: "merchant_payto_uri", reason: "\(error)"))
        }
        let wireHash = WireHash(payto: payto, salt: request.wireSalt)
        try check(merchantSignature, of: request)
        try checkTerms(request, payto)
        var coins: [DepositCoin] = []
        let coinCheck = CoinCheck(checks: self, request: request, wireHash: wireHash, policyHash: policyHash)
        for (coin, signature) in zip(request.coins, signatures) { coins.append(try coinCheck.check(coin, signature)) }
        guard request.policy == nil else {
            throw APIError(.exchangeDepositsPolicyNotAccepted, hint: "This exchange knows no deposit policies.")
        }
        let total = try Amount.sum(try coins.map { try $0.contribution.subtracting($0.depositFee) }, in: currency)
        return CheckedDeposit(
            batch: DepositBatch(
                merchantPub: request.merchantPub, contractHash: request.contractHash, payto: payto.text,
                accountHash: NormalizedPaytoHash(of: payto), accountPayto: payto.normalized, wireSalt: request.wireSalt,
                wireHash: wireHash, merchantSignature: merchantSignature, timestamp: request.timestamp,
                refundDeadline: request.refundDeadline ?? .zero, wireDeadline: request.wireTransferDeadline,
                walletDataHash: request.walletDataHash, wireSubjectMetadata: request.extraWireSubjectMetadata, coins: coins),
            total: total)
    }

    /// What the types of the message cannot say, before anything that costs more.
    /// - Returns: the merchant's signature, and the denominations' signatures of the coins.
    /// - Throws: 400 / 22.
    private func readable(_ request: BatchDepositRequest) throws(APIError) -> (EdDSASignature, [DenominationSignature]) {
        guard let merchantSignature = request.merchantSignature else {
            throw APIError(.genericJsonInvalid, JSONError(path: "merchant_sig", reason: "is missing"))
        }
        if let text = request.extraWireSubjectMetadata, !Self.isSubjectMetadata(text) {
            throw APIError(
                .genericJsonInvalid,
                JSONError(path: "extra_wire_subject_metadata", reason: "1 to 40 letters, digits, points, colons and dashes are needed"))
        }
        var signatures: [DenominationSignature] = []
        for (index, coin) in request.coins.enumerated() {
            guard coin.contribution.currency == currency else {
                throw APIError(
                    .genericJsonInvalid, JSONError(path: "coins[\(index)].contribution", reason: "the currency here is \(currency)"))
            }
            do { signatures.append(try coin.denominationSignature.decode()) } catch {
                throw APIError(.genericJsonInvalid, error.within("ub_sig").within("[\(index)]").within("coins"))
            }
        }
        return (merchantSignature, signatures)
    }

    /// - Throws: 403 / 26 (26 because the registry has no code of its own for it).
    private func check(_ signature: EdDSASignature, of request: BatchDepositRequest) throws(APIError) {
        guard ContractOffer(contractHash: request.contractHash).isValid(signature, by: request.merchantPub) else {
            throw APIError(
                .genericParameterMalformed, hint: "The merchant has not signed this contract.", detail: "merchant_sig", status: 403)
        }
    }

    /// - Throws: 400 / 1208, 400 / 1209, 400 / 26, 404 / 1041.
    private func checkTerms(_ request: BatchDepositRequest, _ payto: PaytoURI) throws(APIError) {
        if (request.refundDeadline ?? .zero) > request.wireTransferDeadline {
            throw APIError(
                .exchangeDepositRefundDeadlineAfterWireDeadline, hint: "The refund deadline is after the wire transfer deadline.")
        }
        if request.wireTransferDeadline.isNever {
            throw APIError(.exchangeDepositWireDeadlineIsNever, hint: "A wire transfer deadline of \"never\" makes no sense.")
        }
        guard (1...Self.maximumCount).contains(request.coins.count) else {
            throw APIError(.genericParameterMalformed, hint: "1 to \(Self.maximumCount) coins are needed.", detail: "coins")
        }
        guard Set(request.coins.map(\.coinPub)).count == request.coins.count else {
            throw APIError(.genericParameterMalformed, hint: "A coin is in the batch twice.", detail: "coins")
        }
        guard table.methods.contains(payto.method) else {
            throw APIError(
                .exchangeGenericBankAccountUnknown, hint: "This exchange cannot pay to accounts of the method \(payto.method).",
                detail: payto.method)
        }
    }

    private static func isSubjectMetadata(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "-.:".utf8.contains(byte)
            }
    }
}
