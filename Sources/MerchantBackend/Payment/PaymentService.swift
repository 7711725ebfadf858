// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// Takes deposit permissions: the order of work of a payment, from finding the contract to the exchange's verified word.
struct PaymentService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let depositor: Depositor
    let clock: any WallClock
    let trace: any PaymentTrace

    /// - Throws: `APIError`, or what the exchange refused with as an outcome.
    func pay(_ permission: DepositPermission) async throws -> Depositor.Outcome {
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

    private func outcome(of permission: DepositPermission, for contract: StoredContract) async throws -> Depositor.Outcome {
        var contract = contract
        let coins = CoinSet(permission.coins.map { ($0.coinPub, $0.contribution.amount) })
        var progress = try await store.progress(of: contract)
        while true {
            switch progress.decide(coins, expiry: contract.terms.expiry, now: clock.now()) {
            case .repeatAnswer:
                guard let payment = try await store.contract(contract.hash)?.payment else { throw MerchantStoreError.corrupt("payment") }
                return .paid(payment.signature)
            case .join(let intent): return try await depositor.outcome(of: store.intent(id: intent))
            case .refuseOtherCoins:
                throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "This contract was paid, or is being paid, with other coins.")
            case .refuseExpired: throw APIError(.merchantPostOrdersIdPayOfferExpired, hint: "This offer has expired.")
            case .begin:
                if let refused = try await refusedForGood(coins, contract) { return refused }
                switch try await begin(permission, coins, contract) {
                case .success(let intent): return try await depositor.outcome(of: intent)
                case .failure(.live(let other)): progress = other
                case .failure(.otherWireDeadline):
                    guard let current = try await store.contract(contract.hash) else { throw MerchantStoreError.corrupt("contract") }
                    contract = current
                }
            }
        }
    }

    /// What an exchange says of a coin that was spent, or is bound, elsewhere.
    private static let lastingRefusals: Set<Int64> = Set(
        [
            ErrorCode.exchangeGenericCoinConflictingDenominationKey, .exchangeGenericInsufficientFunds,
            .exchangeGenericCoinConflictingAgeHash, .exchangeDepositConflictingContract,
        ].map { Int64($0.rawValue) })

    /// The exchange's refusal of these very coins for this contract, if it was one that never changes. Nothing is sent then.
    private func refusedForGood(_ coins: CoinSet, _ contract: StoredContract) async throws -> Depositor.Outcome? {
        let intent = try await store.refusedIntent(
            of: contract, coinSet: coins.fingerprint, codes: Self.lastingRefusals)
        guard let intent, case .refused(let status, let answer) = intent.state else { return nil }
        return .refused(DepositConversation.Refusal(status: status, answer: answer), exchangeURL: intent.exchangeURL)
    }

    /// Checks everything that can be checked here, then commits the intent.
    private func begin(
        _ permission: DepositPermission, _ coinSet: CoinSet, _ contract: StoredContract
    ) async throws -> Result<StoredIntent, MerchantStore.IntentConflict> {
        let account = try await store.account(id: contract.accountID)
        let check = PermissionCheck(permission: permission, contract: contract, account: account)
        try check.agreesWithContract()
        let exchange = try check.exchange(known: directory.entries.map(\.baseURL))
        let coins = try await check.coins(of: exchange, directory: directory, now: clock.now())
        let deadline = try check.wireDeadline(delay: identity.wireTransferDelay)
        let request = DepositRequestBuilder.request(
            coins, contract: contract, account: account, wireDeadline: deadline, metadata: identity.wireSubjectMetadata)
        trace.reached(.checked, PaymentNote(contract: contract.hash, exchange: exchange))
        let result = try await store.recordIntent(
            NewIntent(
                coinSet: coinSet.fingerprint, exchangeURL: exchange, protocolVersion: 17, request: JSONValue(encoding: request),
                coins: coins.map {
                    .init(
                        coinPub: $0.coinPub, contribution: $0.contribution, depositFee: $0.denomination.feeDeposit,
                        refundFee: $0.denomination.feeRefund)
                }),
            for: contract, wireDeadline: deadline, now: clock.now())
        if case .success = result { trace.reached(.intentCommitted, PaymentNote(contract: contract.hash, exchange: exchange)) }
        return result
    }
}
