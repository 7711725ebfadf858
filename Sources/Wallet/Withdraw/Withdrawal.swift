// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// Takes a reserve to its end, from wherever it is: the bank pays, the exchange hears of it, coins are planned, signed and kept.
struct Withdrawal: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let patience: Wallet.Patience
    let trust: ExchangeTrust
    let teller: BankTeller
    let report: @Sendable (WalletStep) -> Void

    /// An exchange takes no more in one request.
    static let batchSize = 256
    /// How often other coins are planned because the exchange would not sign those.
    private static let maximumPlans = 3

    func finish(_ start: StoredReserve) async throws -> Withdrawn {
        var reserve = start
        var plans = 0
        var got: [Amount] = []
        while true {
            switch reserve.state {
            case .made, .asked: reserve = try await teller.pay(reserve)
            case .transferred:
                plans += 1
                let balance = try await balance(of: reserve)
                reserve = try await plan(reserve, balance, mayBeEmpty: plans > 1)
            case .planned:
                let signed = try await sign(reserve, mayPlanAnew: plans < Self.maximumPlans)
                got += signed.values
                reserve = signed.reserve
            case .withdrawn:
                let value = try Amount.sum(got, in: reserve.amount.currency)
                return Withdrawn(reservePub: reserve.reservePub, coins: got.count, value: value)
            case .refused(let reason): throw WalletError.bankRefused(reason)
            }
        }
    }

    /// Waits until the exchange knows the reserve.
    private func balance(of reserve: StoredReserve) async throws -> Amount {
        let requests = ExchangeRequests(baseURL: reserve.exchange.baseURL)
        for attempt in 0..<max(1, patience.attempts) {
            if attempt > 0 {
                if attempt == 1 { report(.waiting(reserve.reservePub)) }
                try? await patience.pause(.seconds(1))
            }
            let response = try await send(requests.reserve(reserve.reservePub, wait: patience.longPoll))
            if response.status == 404 { continue }
            guard response.status == 200 else { throw response.asExchangeRefusal }
            let balance: Amount
            do { balance = try response.json().decode(as: ReserveSummary.self).balance } catch {
                throw WalletError.exchangeMalformed("a reserve's balance")
            }
            guard balance.currency == reserve.exchange.currency else {
                throw WalletError.exchangeMalformed("a balance in another currency")
            }
            return balance
        }
        throw reserve.isFilledByOwner ? WalletError.notFilled(reserve.amount) : WalletError.notArrived(reserve.amount)
    }

    private func plan(_ reserve: StoredReserve, _ balance: Amount, mayBeEmpty: Bool) async throws -> StoredReserve {
        let keys = try await trust.keys(of: reserve.exchange)
        let choice: DenominationChoice.Choice
        do { choice = try DenominationChoice.choose(balance, from: keys, at: clock.now()) } catch {
            guard mayBeEmpty, case .amountTooSmall = error else { throw error }
            return try await store.withdrawalIsComplete(reserve)
        }
        let planchets = try choice.coins.map { denomination in
            let secret = PlanchetSecret()
            return NewPlanchet(
                secret: try WalletSecret(secret.exported()), coinPub: secret.coinPrivateKey.publicKey(),
                denomination: StoredDenomination(denomination))
        }
        let batches = stride(from: 0, to: planchets.count, by: Self.batchSize).map {
            Array(planchets[$0..<min($0 + Self.batchSize, planchets.count)])
        }
        let planned = try await store.plan(batches, for: reserve)
        report(.planned(coins: planchets.count, value: choice.value, fees: choice.fees, rest: choice.rest))
        return planned
    }

    /// Has every open batch signed.
    /// - Returns: the reserve as `withdrawn`, or as `transferred` when other coins must be planned; and what the new coins are worth.
    private func sign(
        _ start: StoredReserve, mayPlanAnew: Bool
    ) async throws -> (reserve: StoredReserve, values: [Amount]) {
        var reserve = start
        var values: [Amount] = []
        let key = try EdDSAPrivateKey(seed: reserve.secret.bytes)
        for planchets in try await store.planchets(of: reserve) {
            let batch = try SigningBatch(planchets, reserve: key)
            let request: OutgoingRequest
            do { request = try ExchangeRequests(baseURL: reserve.exchange.baseURL).batchWithdraw(reserve.reservePub, batch.request) } catch
            {
                throw WalletError.exchangeMalformed("\(error)")
            }
            let response = try await send(request)
            if response.status == 200 {
                try await store.keepCoins(planchets, signatures: try batch.signatures(response))
                values += planchets.map(\.denomination.value)
            } else if mayPlanAnew, response.wantsOtherCoins {
                reserve = try await store.forget(planchets, of: reserve)
            } else {
                throw response.asExchangeRefusal
            }
        }
        report(.coins(count: values.count, value: try Amount.sum(values, in: reserve.amount.currency)))
        if reserve.state == .planned { reserve = try await store.withdrawalIsComplete(reserve) }
        return (reserve, values)
    }

    private func send(_ request: OutgoingRequest) async throws -> Response {
        do { return try await sender.send(request) } catch { throw WalletError.exchangeUnreachable(error.words) }
    }
}

extension Response {
    /// The `code` of a JSON refusal.
    var refusalCode: Int? { (try? json())?["code"]?.integerValue.flatMap { Int(exactly: $0) } }

    /// The words of a JSON refusal, or those of its status.
    var refusalHint: String {
        guard let json = try? json() else { return "no reason given" }
        let words = (json["hint"]?.stringValue ?? json["error"]?.stringValue ?? "no reason given").printable
        // It stands within a sentence.
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }

    var asExchangeRefusal: WalletError { .exchangeRefused(status: status, code: refusalCode, hint: refusalHint) }

    /// A batch withdrawal that can only be repeated with other coins: the denomination is unknown or out of its time, or the reserve does
    /// not hold enough. What was signed before would have been signed again instead.
    fileprivate var wantsOtherCoins: Bool {
        switch (status, refusalCode) {
        case (404, ErrorCode.exchangeGenericDenominationKeyUnknown.rawValue?): true
        case (409, ErrorCode.exchangeWithdrawInsufficientFunds.rawValue?): true
        case (410, _?): true
        default: false
        }
    }
}
