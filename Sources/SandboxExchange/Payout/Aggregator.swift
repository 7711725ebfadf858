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

    /// - Parameter time: deposits whose wire deadline is later wait.
    func round(dueBy time: Timestamp) async throws -> PayoutReport {
        for target in try await store.payoutTargets(dueBy: time) { try await prepare(target, dueBy: time) }
        return try await execute()
    }

    private func prepare(_ target: PayoutTarget, dueBy time: Timestamp) async throws {
        let now = clock.now()
        let payto = try PaytoURI(target.payto)
        let hash = NormalizedPaytoHash(of: payto)
        if policy.threshold(of: hash, target.merchantPub) != nil {
            let account = try await store.account(hash)
            guard account?.isPayable(to: target.merchantPub) == true else { return }
        }
        guard let fee = keys.table.wireFee(for: payto.method, at: now) else {
            logger.error("there is no wire fee for this time: nothing is paid", metadata: ["method": "\(payto.method)"])
            return
        }
        while true {
            let terms = PayoutTerms(wireTransferID: .random(), requestUID: .random(), exchangeBaseURL: baseURL, wireFee: fee)
            guard try await store.prepareTransfer(to: target, terms, dueBy: time, at: now) != nil else { return }
        }
    }

    /// A bank that cannot be reached ends the round; one transfer that it refuses does not keep back the others.
    private func execute() async throws -> PayoutReport {
        var report = PayoutReport()
        let open = try await store.openTransfers()
        report.openCount = open.count
        for transfer in open {
            let (target, terms) = (transfer.target, transfer.terms)
            let request = TransferRequest(
                requestUID: terms.requestUID, amount: transfer.total, exchangeBaseURL: terms.exchangeBaseURL,
                transferID: terms.wireTransferID, creditAccount: target.payto, metadata: target.wireSubjectMetadata)
            let answer: TransferResponse
            do { answer = try await gateway.transfer(request) } catch {
                logger.warning(
                    "the bank has not confirmed a transfer", metadata: ["wtid": "\(terms.wireTransferID)", "error": "\(error)"])
                if case .send = error { break }
                continue
            }
            let settled = try await store.settle(terms.wireTransferID, bankRow: answer.rowID, at: clock.now())
            bell.ring(settled.map(DepositTopic.contract))
            report.paid.append(
                PayoutReport.Payout(wireTransferID: terms.wireTransferID, amount: transfer.total, account: target.payto))
            report.openCount -= 1
        }
        return report
    }
}
