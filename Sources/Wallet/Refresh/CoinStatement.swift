// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// What an exchange knows of a coin (`GET /coins/$COIN_PUB/history`). Whatever it says was spent is proven by the coin's own signature.
struct CoinStatement {
    /// What the coin can still pay.
    let balance: Amount
    /// The contracts that it has paid for.
    let deposits: Set<ContractHash>
    /// The refreshes that it went into.
    let melts: Set<RefreshCommitment>
    /// What came back to it.
    let refunds: [CoinFacts.Refund]

    /// What of it changes the wallet's books.
    var facts: CoinFacts { CoinFacts(balance: balance, melts: melts, refunds: refunds) }

    /// Payments that were given up and have arrived all the same are paid.
    func endPayments(in store: WalletStore) async throws {
        for contract in deposits { try await store.givenUpPurchaseIsPaid(contract) }
    }

    /// Of a coin that the exchange has never seen.
    init(untouched coin: StoredCoin) {
        balance = coin.denomination.value
        deposits = []
        melts = []
        refunds = []
    }

    /// - Throws: ``WalletError/exchangeMalformed(_:)`` when an entry is not signed by the coin, or the balance is not what the entries sum
    ///   up to.
    init(_ json: JSONValue, of coin: StoredCoin) throws {
        do {
            let message = try json.decode(as: CoinHistoryResponse.self)
            guard message.denominationHash == coin.denomination.hash else {
                throw WalletError.exchangeMalformed("a coin of another denomination")
            }
            var deposits: Set<ContractHash> = []
            var melts: Set<RefreshCommitment> = []
            var refunds: [CoinFacts.Refund] = []
            var spent = Amount.zero(coin.denomination.value.currency)
            var received = coin.denomination.value
            for entry in message.history {
                switch entry {
                case .deposit(let deposit):
                    try Self.check(deposit, of: coin)
                    deposits.insert(deposit.contractHash)
                    spent = try spent.adding(deposit.amount)
                case .melt(let melt):
                    try Self.check(melt, of: coin)
                    melts.insert(melt.commitment)
                    spent = try spent.adding(melt.amount)
                case .refund(let refund):
                    received = try received.adding(refund.amount)
                    refunds.append(
                        .init(contractHash: refund.contractHash, transactionID: refund.refundTransactionID, credited: refund.amount))
                case .other(let entry):
                    throw WalletError.exchangeMalformed("a coin's history has an entry \((entry["type"]?.stringValue ?? "").printable)")
                }
            }
            balance = try received.subtracting(spent)
            guard balance == message.balance else { throw WalletError.exchangeMalformed("a coin's balance is not what its history says") }
            self.deposits = deposits
            self.melts = melts
            self.refunds = refunds
        } catch let error as WalletError { throw error } catch {
            throw WalletError.exchangeMalformed("a coin's history: \(error)".printable)
        }
    }

    private static func check(_ deposit: CoinDepositEntry, of coin: StoredCoin) throws {
        let statement = DepositRequest(
            contractHash: deposit.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: deposit.wireHash,
            denominationHash: coin.denomination.hash, walletTimestamp: deposit.timestamp, refundDeadline: deposit.refundDeadline ?? .zero,
            amountWithFee: deposit.amount, depositFee: deposit.depositFee, merchantPub: deposit.merchantPub, walletDataHash: .zero)
        guard statement.isValid(deposit.coinSignature, by: coin.coinPub) else {
            throw WalletError.exchangeMalformed("a deposit that the coin has not signed")
        }
    }

    private static func check(_ melt: CoinMeltEntry, of coin: StoredCoin) throws {
        let statement = MeltRequest(
            commitment: melt.commitment, denominationHash: coin.denomination.hash, ageCommitmentHash: .zero, amountWithFee: melt.amount,
            meltFee: melt.meltFee)
        guard statement.isValid(melt.coinSignature, by: coin.coinPub) else {
            throw WalletError.exchangeMalformed("a melt that the coin has not signed")
        }
    }
}

/// Asks an exchange what it knows of the wallet's coins.
struct CoinInquiry: Sendable {
    let sender: any Sender

    /// - Throws: ``WalletError``: `exchangeUnreachable`, `exchangeRefused`, `exchangeMalformed`.
    func statement(of coin: StoredCoin, at exchange: StoredExchange) async throws -> CoinStatement {
        let key = try PlanchetSecret(bytes: coin.secret.bytes).coinPrivateKey
        let request = ExchangeRequests(baseURL: exchange.baseURL).coinHistory(
            coin.coinPub, signature: key.sign(CoinHistoryRequest(startOffset: 0)))
        let response: Response
        do { response = try await sender.send(request) } catch { throw WalletError.exchangeUnreachable(error.words) }
        switch (response.status, response.refusalCode) {
        case (200, _):
            do { return try CoinStatement(response.json(), of: coin) } catch let error as WalletError { throw error } catch {
                throw WalletError.exchangeMalformed("a coin's history")
            }
        case (204, _), (404, ErrorCode.exchangeGenericCoinUnknown.rawValue?): return CoinStatement(untouched: coin)
        default: throw response.asExchangeRefusal
        }
    }
}
