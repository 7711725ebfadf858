// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// What is checked of a deposit permission before anything is stored or sent. What the contract says wins; what contradicts it is 400.
struct PermissionCheck: Sendable {
    let permission: DepositPermission
    let contract: StoredContract
    let account: StoredAccount
    let identity: MerchantIdentity

    /// More coins in one batch are refused by exchanges.
    static let maximumCoins = 256
    /// Seconds: an explicit date further ahead is a mistake.
    static let longestWireDelay: Int64 = 10 * 366 * 86_400

    func refuse(_ field: String, _ reason: String, code: ErrorCode = .genericJsonInvalid) -> APIError {
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

    /// Some coins of the permission, by their place in it, all of one exchange.
    struct Share: Sendable {
        /// Ends in a slash.
        let exchangeURL: String
        var indices: [Int]
    }

    /// The coins that are to be sent, by exchange, in the permission's order.
    /// - Parameter coins: which of them; the others were accepted before.
    /// - Throws: `APIError` 400 / 26 for a coin that is there twice and for too few or too many, 400 / 22 when a coin has no exchange, or
    ///   several exchanges are named for a contract whose payment could not be given back when only a part of it succeeds.
    func shares(of coins: Set<CoinPublicKey>) throws(APIError) -> [Share] {
        guard !permission.coins.isEmpty else { throw refuse("coins", "coins are needed", code: .genericParameterMalformed) }
        guard Set(permission.coins.map(\.coinPub)).count == permission.coins.count else {
            throw refuse("coins", "a coin is in it twice", code: .genericParameterMalformed)
        }
        var exchanges: [Share] = []
        var all: Set<String> = []
        for (index, coin) in permission.coins.enumerated() {
            guard let named = coin.exchangeURL ?? permission.mint ?? permission.exchange else {
                throw refuse(permission.coins.count > 1 && index > 0 ? "coins[\(index)].exchange_url" : "mint", "the exchange is missing")
            }
            let exchange = named.hasSuffix("/") ? named : named + "/"
            all.insert(exchange)
            guard coins.contains(coin.coinPub) else { continue }
            if let known = exchanges.firstIndex(where: { $0.exchangeURL == exchange }) {
                exchanges[known].indices.append(index)
            } else {
                exchanges.append(Share(exchangeURL: exchange, indices: [index]))
            }
        }
        guard exchanges.allSatisfy({ $0.indices.count <= Self.maximumCoins }) else {
            throw refuse("coins", "at most \(Self.maximumCoins) coins of an exchange are possible", code: .genericParameterMalformed)
        }
        guard all.count == 1 || contract.terms.refundDeadline > contract.terms.expiry else {
            throw refuse("coins", "coins of several exchanges need a contract whose refund deadline is after its expiry")
        }
        return exchanges
    }

    /// The sum rule over the coins that were accepted before and those that are to be sent.
    /// - Throws: `APIError` 400 / 2155, 2156, 22.
    func isEnough(_ shares: [CheckedShare], after progress: PaymentProgress) throws(APIError) {
        let coins = shares.flatMap(\.coins).map {
            PaymentProgress.Coin(coinPub: $0.coinPub, contribution: $0.contribution, depositFee: $0.denomination.feeDeposit)
        }
        do { try progress.check(progress.accepted + coins) } catch {
            switch error {
            case .tooLittle: throw APIError(.merchantPostOrdersIdPayPaymentInsufficient, hint: "The coins are worth less than the price.")
            case .feesTooHigh:
                throw APIError(
                    .merchantPostOrdersIdPayInsufficientDueToFees,
                    hint: "The coins would be enough, but not for the fees that the buyer bears.")
            case .arithmetic: throw refuse("coins", "their sum cannot be computed")
            }
        }
    }

    /// When the exchange shall wire at the latest: what an earlier permission froze, else what this one says, else the default.
    /// - Throws: `APIError` 400 / 22 for "never", for one before the refund deadline, and for one more than ten years ahead.
    func wireDeadline(delay: Int64, now: Timestamp) throws(APIError) -> Timestamp {
        let refundDeadline = contract.terms.refundDeadline
        if let frozen = contract.wireDeadline { return frozen }
        guard let asked = (permission.executionDate ?? permission.wireTransferDeadline)?.time else {
            return max(contract.terms.timestamp.advanced(bySeconds: delay), refundDeadline)
        }
        guard !asked.isNever else { throw refuse("edate", "the transfer cannot be due never") }
        guard asked >= refundDeadline else { throw refuse("edate", "the transfer cannot be due before the refund deadline") }
        guard asked <= now.advanced(bySeconds: Self.longestWireDelay) else {
            throw refuse("edate", "the transfer cannot be due in more than ten years")
        }
        return asked
    }
}
