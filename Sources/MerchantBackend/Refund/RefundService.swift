// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Logging
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// Gives back what was paid: written down as a whole before any exchange is asked, then carried to the exchanges.
public struct RefundService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let clock: any WallClock
    let changes: ChangeBell<ContractHash>
    public let carrier: RefundCarrier

    /// A longer reason is refused.
    static let maximumReason = 1000
    /// `POST /refund` begins no attempt later than this.
    static let longestWait = Duration.seconds(25)

    init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, sender: any Sender, clock: any WallClock,
        changes: ChangeBell<ContractHash>, logger: Logger, retryDelay: @escaping @Sendable (Int, Bool) -> Duration
    ) {
        self.identity = identity
        self.store = store
        self.directory = directory
        self.clock = clock
        self.changes = changes
        let attempt = RefundAttempt(
            identity: identity, store: store, directory: directory, sender: PolicedSender(sender, identity.fetchPolicy), clock: clock,
            logger: logger)
        carrier = RefundCarrier(attempt, changes: changes, logger: logger, retryDelay: retryDelay)
    }

    /// - Throws: `APIError` 400 / 22, 30; 403 / 2532; 404 / 2005; 409 / 2530, 2531; 410 / 2169.
    func refund(_ order: RefundOrder) async throws -> RefundList {
        let reason = order.reason ?? ""
        guard reason.unicodeScalars.count <= Self.maximumReason else {
            throw Self.refuse("reason", "it is longer than \(Self.maximumReason) characters")
        }
        let contract = try await contract(order)
        try check(order.refund, of: contract)
        let fees = try await RefundFees(store: store, directory: directory).missing(of: contract)
        var book = try await store.refundBook(of: contract, fees: fees)
        if book.asked.units < order.refund.units {
            guard clock.now() <= contract.terms.refundDeadline else {
                throw APIError(.merchantPrivatePostRefundAfterWireDeadline, hint: "The refund deadline of this contract has passed.")
            }
            let result = try await store.recordRefund(
                of: contract, to: order.refund, reason: reason, fees: fees, step: identity.money.smallestUnit, now: clock.now())
            switch result {
            case .success(let recorded): book = recorded
            case .failure(let refusal): throw Self.error(refusal)
            }
            changes.ring(contract.hash)
        }
        await carrier.carry(book.parts.filter { $0.state == .open }, limit: Self.longestWait)
        return RefundList(try await store.refundBook(of: contract), now: clock.now())
    }

    /// What `GET /refund` answers.
    func list(_ contract: StoredContract) async throws -> RefundList {
        var list = RefundList(try await store.refundBook(of: contract), now: clock.now())
        list.merchantPub = identity.publicKey
        list.contractHash = contract.hash
        return list
    }

    private func contract(_ order: RefundOrder) async throws -> StoredContract {
        let found: StoredContract?
        if let hash = order.contractHash {
            found = try await store.contract(hash)
            if let found, let number = order.transactionID, found.terms.transactionID != number {
                throw Self.refuse("transaction_id", "it is another contract's than H_contract")
            }
        } else if let number = order.transactionID {
            found = try await store.contract(transactionID: number)
        } else {
            throw Self.refuse("H_contract", "H_contract or transaction_id is needed")
        }
        guard let found else { throw APIError(.merchantGenericOrderUnknown, hint: "There is no such contract.") }
        return found
    }

    private func check(_ amount: Amount, of contract: StoredContract) throws(APIError) {
        let price = contract.terms.amount
        guard amount.currency == price.currency else {
            throw APIError(
                .genericCurrencyMismatch, hint: "The contract is in \(price.currency).", detail: "refund", members: ["field": "refund"])
        }
        guard amount == price || amount.isMultiple(of: identity.money.smallestUnit) else {
            throw Self.refuse("refund", "\(amount) is no whole number of \(identity.money.smallestUnit)")
        }
        guard contract.terms.refundDeadline != .zero else {
            throw APIError(
                .merchantPrivatePostOrdersIdRefundNotAllowedByContract, hint: "This contract does not allow refunds.")
        }
        guard contract.payment != nil else {
            throw APIError(.merchantPrivatePostOrdersIdRefundOrderUnpaid, hint: "This contract is not paid.")
        }
    }

    private static func refuse(_ field: String, _ reason: String) -> APIError {
        APIError(
            .genericJsonInvalid, hint: "The refund cannot be made: \(reason).", detail: "\(field): \(reason)",
            members: ["field": .string(field)])
    }

    private static func error(_ refusal: RefundPlan.Refusal) -> APIError {
        switch refusal {
        case .tooMuch(let limit):
            APIError(
                .merchantPrivatePostOrdersIdRefundInconsistentAmount, hint: "This is more than the \(limit) that were paid.",
                members: ["refundable": limit.json])
        case .cannotBeSplit(let refundable):
            APIError(
                .merchantPrivatePostOrdersIdRefundInconsistentAmount,
                hint:
                    "This cannot be divided among the coins that can still give back, each more than its refund fee. At most \(refundable) can be asked for in total.",
                members: ["refundable": refundable.json])
        case .arithmetic(let error): Self.refuse("refund", "the sums cannot be computed (\(error))")
        }
    }
}
