// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// Takes deposit permissions: the order of work of a payment, from finding the contract to the exchanges' verified word.
struct PaymentService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let depositor: Depositor
    let clock: any WallClock
    let trace: any PaymentTrace

    /// - Throws: `APIError`, or what an exchange refused with as an outcome.
    func pay(_ permission: DepositPermission) async throws -> PaymentOutcome {
        guard let contract = try await store.contract(permission.contractHash) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no contract with this H_contract.")
        }
        trace.reached(.begin, PaymentNote(contract: contract.hash))
        do {
            let outcome = try await outcome(of: permission, for: contract)
            trace.reached(.answered, PaymentNote(contract: contract.hash, result: outcome.result))
            return outcome
        } catch {
            let status = (error as? APIError)?.status ?? 500
            trace.reached(.answered, PaymentNote(contract: contract.hash, result: .rejected(status)))
            throw error
        }
    }

    private func outcome(of permission: DepositPermission, for contract: StoredContract) async throws -> PaymentOutcome {
        var contract = contract
        let coins = permission.coins.map { ($0.coinPub, $0.contribution.amount) }
        var progress = try await store.progress(of: contract)
        while true {
            switch progress.decide(coins, expiry: contract.terms.expiry, now: clock.now()) {
            case .repeatAnswer: return try PaymentOutcome([], payment: try await payment(of: contract))
            case .join(let intents):
                var joined: [StoredIntent] = []
                for id in intents { joined.append(try await store.intent(id: id)) }
                return try await outcome(of: joined, contract)
            case .refuseOtherCoins:
                throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "This contract was paid, or is being paid, with other coins.")
            case .refuseContribution(let coin):
                throw APIError(
                    .genericJsonInvalid, hint: "A coin was accepted for this contract before, with another contribution.",
                    detail: "coins", members: ["field": "coins", "coin_pub": coin.json])
            case .refuseExpired: throw APIError(.merchantPostOrdersIdPayOfferExpired, hint: "This offer has expired.")
            case .repeatRefusal(let id): return try PaymentOutcome([try await depositor.outcome(of: store.intent(id: id))], payment: nil)
            case .begin(let missing):
                switch try await begin(permission, missing, contract, progress) {
                case .success(let intents): return try await outcome(of: intents, contract)
                case .failure(.moved(let other)): progress = other
                case .failure(.otherWireDeadline):
                    guard let current = try await store.contract(contract.hash) else { throw MerchantStoreError.corrupt("contract") }
                    contract = current
                }
            }
        }
    }

    /// Checks everything that can be checked here, then commits the intents.
    private func begin(
        _ permission: DepositPermission, _ missing: Set<CoinPublicKey>, _ contract: StoredContract, _ progress: PaymentProgress
    ) async throws -> Result<[StoredIntent], MerchantStore.PermissionConflict> {
        let account = try await store.account(id: contract.accountID)
        let check = PermissionCheck(permission: permission, contract: contract, account: account, identity: identity)
        try check.agreesWithContract()
        var shares: [CheckedShare] = []
        for share in try check.shares(of: missing) {
            shares.append(try await check.coins(of: share, directory: directory, now: clock.now()))
        }
        try check.isEnough(shares, after: progress)
        let deadline = try check.wireDeadline(delay: identity.wireTransferDelay, now: clock.now())
        let intents = try shares.map {
            try DepositRequestBuilder.intent(
                $0, contract: contract, account: account, wireDeadline: deadline, metadata: identity.wireSubjectMetadata)
        }
        for share in shares { trace.reached(.checked, PaymentNote(contract: contract.hash, exchange: share.exchangeURL)) }
        let result = try await store.record(
            NewPermission(coinSet: CoinSet(permission.coins.map { ($0.coinPub, $0.contribution.amount) }), intents: intents),
            for: contract, after: progress, wireDeadline: deadline, now: clock.now())
        if case .success(let intents) = result {
            for intent in intents {
                trace.reached(.intentCommitted, PaymentNote(contract: contract.hash, exchange: intent.exchangeURL))
            }
        }
        return result
    }

    /// Waits for all of them, each at its exchange.
    private func outcome(of intents: [StoredIntent], _ contract: StoredContract) async throws -> PaymentOutcome {
        let outcomes = try await withThrowingTaskGroup(of: (Int, IntentOutcome).self) { group in
            for (index, intent) in intents.enumerated() { group.addTask { (index, try await depositor.outcome(of: intent)) } }
            return try await group.reduce(into: [(Int, IntentOutcome)]()) { $0.append($1) }
        }
        return try PaymentOutcome(outcomes.sorted { $0.0 < $1.0 }.map(\.1), payment: try await payment(of: contract))
    }

    private func payment(of contract: StoredContract) async throws(MerchantStoreError) -> StoredContract.Payment? {
        try await store.contract(contract.hash)?.payment
    }
}
