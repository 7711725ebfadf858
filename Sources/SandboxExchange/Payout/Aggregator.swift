// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import HTTPCore
import Logging
import TalerCrypto
import TalerWire

/// Pays merchants: sums their deposits up and has the bank transfer them.
///
/// A transfer is committed with all that its request needs before the bank is asked, and repeated until the bank confirms it. The bank
/// carries one `request_uid` out once, so that nothing is paid twice, whenever this program ends.
struct Aggregator: Sendable {
    let store: ExchangeStore
    let keys: KeyRing
    let gateway: WireGatewayClient
    let policy: KYCPolicy
    let baseURL: String
    let bell: ChangeBell<DepositTopic>
    let clock: any WallClock
    let logger: Logger

    /// Transfers in one reading of the books.
    private static let batch = 100

    /// - Parameter time: deposits whose wire deadline is later wait.
    func round(dueBy time: Timestamp) async throws -> PayoutReport {
        let unit = try WireUnit.smallest(store.currency)
        var targets = try await store.payoutTargets(dueBy: time)
        // Everybody gets a transfer before anybody gets a second one.
        while !targets.isEmpty {
            var more: [PayoutTarget] = []
            for target in targets where try await prepares(target, unit, dueBy: time) { more.append(target) }
            targets = more
        }
        return try await execute()
    }

    /// What is wrong with one merchant's deposits keeps nobody else waiting.
    /// - Returns: false when there is nothing more to pay to the target now.
    private func prepares(_ target: PayoutTarget, _ unit: Amount, dueBy time: Timestamp) async throws -> Bool {
        do { return try await prepare(target, unit, dueBy: time) } catch {
            try Task.checkCancellation()
            logger.error("a merchant cannot be paid", metadata: ["account": "\(target.payto)", "error": "\(error)"])
            return false
        }
    }

    private func prepare(_ target: PayoutTarget, _ unit: Amount, dueBy time: Timestamp) async throws -> Bool {
        let now = clock.now()
        let payto = try PaytoURI(target.payto)
        let hash = NormalizedPaytoHash(of: payto)
        if policy.threshold(of: hash, target.merchantPub) != nil {
            let account = try await store.account(hash)
            guard account?.isPayable(to: target.merchantPub) == true else { return false }
        }
        guard let fee = keys.table.wireFee(for: payto.method, at: now) else {
            logger.error("there is no wire fee for this time: nothing is paid", metadata: ["method": "\(payto.method)"])
            return false
        }
        let terms = PayoutTerms(wireTransferID: .random(), requestUID: .random(), exchangeBaseURL: baseURL, wireFee: fee)
        return try await store.prepareTransfer(to: target, terms, unit: unit, dueBy: time, at: now) != nil
    }

    /// A bank that cannot be reached ends the round; one transfer that it refuses does not keep back the others.
    private func execute() async throws -> PayoutReport {
        var report = PayoutReport()
        var last: Int64 = 0
        rounds: while case let open = try await store.openTransfers(after: last, limit: Self.batch), let end = open.last?.number {
            last = end
            for transfer in open {
                do { report.paid.append(try await execute(transfer)) } catch let error as BankClientError {
                    logger.warning(
                        "the bank has not confirmed a transfer",
                        metadata: ["wtid": "\(transfer.terms.wireTransferID)", "error": "\(error)"])
                    if case .send = error { break rounds }
                }
            }
        }
        report.openCount = try await store.openTransferCount()
        return report
    }

    /// - Throws: `BankClientError`, `ExchangeStoreError`.
    private func execute(_ transfer: OpenTransfer) async throws -> PayoutReport.Payout {
        let (target, terms) = (transfer.target, transfer.terms)
        let answer = try await gateway.transfer(
            TransferRequest(
                requestUID: terms.requestUID, amount: transfer.total, exchangeBaseURL: terms.exchangeBaseURL,
                transferID: terms.wireTransferID, creditAccount: target.payto, metadata: target.wireSubjectMetadata))
        let settled = try await store.settle(terms.wireTransferID, bankRow: answer.rowID, at: clock.now())
        bell.ring(settled.map(DepositTopic.contract))
        return PayoutReport.Payout(wireTransferID: terms.wireTransferID, amount: transfer.total, account: target.payto)
    }
}
