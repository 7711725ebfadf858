// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// Learns from an exchange what one of its transfers paid, checks every claim of it, and compares it with the books.
struct TransferTracker: Sendable {
    let store: MerchantStore
    let call: ExchangeCall
    let merchantPub: MerchantPublicKey
    let clock: any WallClock
    let changes: ChangeBell<ContractHash>
    let logger: Logger

    /// The transfer, out of the store when it was learned before.
    /// - Parameter exchangeURL: of a configured exchange.
    /// - Throws: ``TrackingFailure``, `MerchantStoreError`. A signed answer that contradicts itself or the books is stored as a conflict,
    ///   except one about an account or a key that is not ours: anybody may write the number of somebody else's transfer.
    func track(_ id: WireTransferID, exchangeURL: String) async throws -> StoredTransfer {
        if let known = try await store.transfer(id, exchangeURL: exchangeURL) { return known }
        let (status, json) = try await call.answer(ExchangeRequests(baseURL: exchangeURL).transfer(id))
        guard status == 200 else { throw TrackingFailure.refused(status: status, answer: json) }
        let details: TransferDetails
        do { details = try json.decode() } catch { throw TrackingFailure.nonsense("\(error)") }
        let account = try await store.accounts().first {
            $0.merchantPub == merchantPub && PaytoHash(of: $0.payto) == details.paytoHash
        }
        guard let account, details.merchantPub == merchantPub else {
            // Whose it is counts only with the exchange's signature.
            let now = clock.now()
            _ = try await call.verified(exchangeURL, failure: { Self.failure($0, json) }) { keys throws(AnswerFailure) in
                try TransferVerification.checkSignature(details, keys: keys, now: now)
            }
            throw TrackingFailure.conflict(TransferConflict(.otherAccount), answer: json)
        }
        do {
            let keys = try await verify(details, account, exchangeURL, json)
            let new = NewTransfer(
                exchangeURL: exchangeURL, transferID: id, accountID: account.id, total: details.total, wireFee: details.wireFee,
                executionTime: details.executionTime, answer: json, hidesRefunds: keys.version.common.map { $0 < 17 } ?? false)
            let transfer = try await store.record(new, deposits: details.deposits.map(ListedDeposit.init), now: clock.now()).get()
            changes.ring(Set(details.deposits.map(\.contractHash)))
            return transfer
        } catch let conflict as TransferConflict {
            logger.error(
                "an exchange's transfer contradicts the books",
                metadata: ["exchange": "\(exchangeURL)", "wtid": "\(id)", "conflict": "\(conflict)"])
            throw TrackingFailure.conflict(conflict, answer: json)
        } catch TrackingFailure.conflict(let conflict, let answer) {
            try await keep(conflict, of: id, exchangeURL: exchangeURL, answer: answer)
            throw TrackingFailure.conflict(conflict, answer: answer)
        }
    }

    /// Stores a conflict for the owner to look into.
    func keep(_ conflict: TransferConflict, of id: WireTransferID, exchangeURL: String, answer: JSONValue) async throws {
        logger.error(
            "an exchange contradicts itself", metadata: ["exchange": "\(exchangeURL)", "wtid": "\(id)", "conflict": "\(conflict)"])
        try await store.record(conflict, exchangeURL: exchangeURL, transferID: id, answer: answer, now: clock.now())
    }

    private func verify(
        _ details: TransferDetails, _ account: StoredAccount, _ exchangeURL: String, _ json: JSONValue
    ) async throws(TrackingFailure) -> VerifiedKeys {
        let now = clock.now()
        return try await call.verified(exchangeURL, failure: { Self.failure($0, json) }) { keys throws(AnswerFailure) in
            do throws(AnswerFailure) {
                try TransferVerification.check(details, account: account.payto, merchantPub: merchantPub, keys: keys, now: now)
            } catch .unlistedWireFee where Self.isBeforeEveryFee(details.executionTime, account.payto.method, keys) {
                // Exchanges drop the fees of times that are over.
                logger.notice("the wire fee of an old transfer cannot be checked", metadata: ["exchange": "\(exchangeURL)"])
            }
        }
    }

    private static func isBeforeEveryFee(_ time: Timestamp, _ method: String, _ keys: VerifiedKeys) -> Bool {
        guard let fees = keys.wireFees[method], !fees.isEmpty else { return false }
        return fees.allSatisfy { time < $0.start }
    }

    private static func failure(_ failure: AnswerFailure, _ json: JSONValue) -> TrackingFailure {
        switch failure {
        case .unknownKey, .wrongSignature, .malformedRequest: .unsigned(failure)
        case .contradiction(let reason): .conflict(TransferConflict(.contradiction(reason)), answer: json)
        case .excessiveWireFee(let charged, let listed):
            .conflict(TransferConflict(.wireFee(charged: charged, listed: listed)), answer: json)
        case .unlistedWireFee(let charged): .conflict(TransferConflict(.wireFee(charged: charged, listed: nil)), answer: json)
        }
    }
}

extension ListedDeposit {
    init(_ deposit: TransferDeposit) {
        self.init(
            contractHash: deposit.contractHash, coinPub: deposit.coinPub, value: deposit.depositValue, fee: deposit.depositFee,
            refundTotal: deposit.refundTotal)
    }
}
