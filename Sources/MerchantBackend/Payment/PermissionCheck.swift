// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// What is checked of a deposit permission before anything is stored or sent. What the contract says wins; what contradicts it is 400.
struct PermissionCheck: Sendable {
    let permission: DepositPermission
    let contract: StoredContract
    let account: StoredAccount

    /// More coins in one batch are refused by exchanges.
    static let maximumCoins = 256

    private func refuse(_ field: String, _ reason: String, code: ErrorCode = .genericJsonInvalid) -> APIError {
        APIError(
            code, hint: "The deposit permission cannot be accepted: \(reason).", detail: "\(field): \(reason)",
            members: ["field": .string(field)])
    }

    /// - Throws: `APIError` 400 / 22 with the member that contradicts the contract, 400 / 30 for another currency.
    func agreesWithContract() throws(APIError) {
        let terms = contract.terms
        guard permission.wireHash == account.wireHash else { throw refuse("H_wire", "it is not the contract's") }
        guard permission.transactionID == terms.transactionID else { throw refuse("transaction_id", "it is not the contract's") }
        guard permission.timestamp.time == terms.timestamp else { throw refuse("timestamp", "it is not the contract's") }
        guard permission.refundDeadline.time == terms.refundDeadline else { throw refuse("refund_deadline", "it is not the contract's") }
        for (field, given, expected) in [
            ("amount", permission.amount, terms.amount), ("max_fee", permission.maximumFee, terms.maximumFee),
        ] {
            guard let given = given?.amount, given != expected else { continue }
            guard given.currency == expected.currency else {
                throw refuse(field, "it is in another currency", code: .genericCurrencyMismatch)
            }
            throw refuse(field, "it is not the contract's")
        }
    }

    /// The one exchange that all coins are of.
    /// - Throws: `APIError` 400 / 22 when none or several are named, 400 / 2025 when it is not accepted.
    func exchange(known: [String]) throws(APIError) -> String {
        guard let named = permission.mint ?? permission.exchange ?? permission.coins.first?.exchangeURL else {
            throw refuse("mint", "the exchange is missing")
        }
        let exchange = named.hasSuffix("/") ? named : named + "/"
        for (index, coin) in permission.coins.enumerated() {
            guard let other = coin.exchangeURL, (other.hasSuffix("/") ? other : other + "/") != exchange else { continue }
            throw refuse("coins[\(index)].exchange_url", "all coins of one payment must be of one exchange")
        }
        guard contract.terms.exchanges.contains(exchange), known.contains(exchange) else {
            throw APIError(
                .merchantGenericExchangeUntrusted, hint: "The contract does not list this exchange.",
                members: ["exchange_url": .string(exchange)])
        }
        return exchange
    }

    /// The coins, each with its denomination, every signature verified, and together enough.
    /// - Throws: `APIError` 400 / 26, 2151, 22, 30, 2154, 2155, 2156; 403 / 2157; 410 / 2165; 502 / 2010.
    func coins(of exchange: String, directory: ExchangeDirectory, now: Timestamp) async throws(APIError) -> [CheckedCoin] {
        guard (1...Self.maximumCoins).contains(permission.coins.count) else {
            throw refuse("coins", "1 to \(Self.maximumCoins) coins are needed", code: .genericParameterMalformed)
        }
        guard Set(permission.coins.map(\.coinPub)).count == permission.coins.count else {
            throw refuse("coins", "a coin is in it twice", code: .genericParameterMalformed)
        }
        var keys = try await self.keys(of: exchange, directory)
        let hashes = try permission.coins.indices.map { index throws(APIError) in try denominationHash(at: index) }
        if hashes.contains(where: { keys.denominations[$0] == nil }), let fresh = try? await directory.refresh(exchange) { keys = fresh }
        var coins: [CheckedCoin] = []
        for (index, hash) in hashes.enumerated() {
            guard let denomination = keys.denominations[hash] else {
                throw APIError(
                    .merchantPostOrdersIdPayDenominationKeyNotFound, hint: "The exchange has no such denomination.",
                    detail: "coins[\(index)]",
                    members: ["h_denom_pub": hash.json, "exchange_url": .string(exchange)])
            }
            coins.append(try coin(at: index, denomination, now: now))
        }
        do {
            try PaymentSum.check(
                coins.map { ($0.contribution, $0.denomination.feeDeposit) }, amount: contract.terms.amount,
                maximumFee: contract.terms.maximumFee)
        } catch {
            switch error {
            case .tooLittle: throw APIError(.merchantPostOrdersIdPayPaymentInsufficient, hint: "The coins are worth less than the price.")
            case .feesTooHigh:
                throw APIError(
                    .merchantPostOrdersIdPayInsufficientDueToFees,
                    hint: "The coins would be enough, but not for the fees that the buyer bears.")
            case .arithmetic: throw refuse("coins", "their sum cannot be computed")
            }
        }
        return coins
    }

    private func keys(of exchange: String, _ directory: ExchangeDirectory) async throws(APIError) -> VerifiedKeys {
        do { return try await directory.keys(of: exchange) } catch {
            throw APIError(
                .merchantGenericExchangeKeysFailure, hint: "The exchange's keys could not be obtained.", detail: "\(error)",
                members: ["exchange_url": .string(exchange)])
        }
    }

    private func denominationHash(at index: Int) throws(APIError) -> DenominationHash {
        let coin = permission.coins[index]
        if let hash = coin.denominationPubHash ?? coin.denominationHash { return hash }
        guard let text = coin.denominationPub else { throw refuse("coins[\(index)].denom_pub", "the denomination is missing") }
        guard let key = try? DenominationPublicKey(.rsa, base32: text) else {
            throw refuse("coins[\(index)].denom_pub", "it is no RSA public key in base32")
        }
        return DenominationHash(of: key)
    }

    private func coin(at index: Int, _ denomination: Denomination, now: Timestamp) throws(APIError) -> CheckedCoin {
        let coin = permission.coins[index]
        let contribution = coin.contribution.amount
        guard denomination.isDepositable(at: now) else {
            throw APIError(
                .merchantPostOrdersIdPayDenominationDepositExpired, hint: "A coin's denomination is not valid now.",
                detail: "coins[\(index)]",
                members: ["h_denom_pub": denomination.hash.json, "coin_pub": coin.coinPub.json])
        }
        guard contribution.currency == contract.terms.amount.currency, contribution.currency == denomination.value.currency else {
            throw refuse("coins[\(index)].f", "it is in another currency", code: .genericCurrencyMismatch)
        }
        guard contribution.units <= denomination.value.units else {
            throw refuse("coins[\(index)].f", "it is more than the coin's denomination is worth")
        }
        guard contribution.units >= denomination.feeDeposit.units else {
            throw APIError(
                .merchantPostOrdersIdPayFeesExceedPayment, hint: "A coin contributes less than its deposit fee.",
                detail: "coins[\(index)].f",
                members: ["coin_pub": coin.coinPub.json])
        }
        let signature: DenominationSignature
        do { signature = try DenominationSignature(classic: coin.denominationSignature) } catch {
            throw refuse("coins[\(index)].ub_sig", "it is no denomination signature")
        }
        let deposit = DepositRequest(
            contractHash: contract.hash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: account.wireHash,
            denominationHash: denomination.hash, walletTimestamp: contract.terms.timestamp, refundDeadline: contract.terms.refundDeadline,
            amountWithFee: contribution, depositFee: denomination.feeDeposit, merchantPub: account.merchantPub, walletDataHash: .zero)
        guard signature.isValid(for: CoinPublicKeyHash(of: coin.coinPub), by: denomination.publicKey),
            deposit.isValid(coin.coinSignature, by: coin.coinPub)
        else {
            throw APIError(
                .merchantPostOrdersIdPayCoinSignatureInvalid, hint: "A coin's signature is wrong.", detail: "coins[\(index)]",
                members: ["coin_pub": coin.coinPub.json])
        }
        return CheckedCoin(
            coinPub: coin.coinPub, denomination: denomination, denominationSignature: signature, contribution: contribution,
            coinSignature: coin.coinSignature)
    }

    /// When the exchange shall wire at the latest: what an earlier permission froze, else what this one says, else the default.
    /// - Throws: `APIError` 400 / 22 for "never" and for one before the refund deadline.
    func wireDeadline(delay: Int64) throws(APIError) -> Timestamp {
        let refundDeadline = contract.terms.refundDeadline
        if let frozen = contract.wireDeadline { return frozen }
        guard let asked = (permission.executionDate ?? permission.wireTransferDeadline)?.time else {
            return max(contract.terms.timestamp.advanced(bySeconds: delay), refundDeadline)
        }
        guard !asked.isNever else { throw refuse("edate", "the transfer cannot be due never") }
        guard asked >= refundDeadline else { throw refuse("edate", "the transfer cannot be due before the refund deadline") }
        return asked
    }
}
