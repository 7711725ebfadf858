// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import HTTPCore
import Logging
import TalerCrypto
import TalerWire

/// Reads all that reaches the exchange's bank account and has the bank give back what names no key.
struct RejectionFeed: Sendable {
    let store: ExchangeStore
    let bank: BankClient
    let credentials: BankCredentials
    /// What it lists is never rejected, whatever the subject says.
    let gateway: WireGatewayClient
    /// Our account's payto URI: under it the cursor and the rejections are kept.
    let account: PaytoURI
    let clock: any WallClock
    let logger: Logger
    /// How long the bank may keep a question open; what it refused is tried again as often.
    var longPoll = Duration.seconds(30)
    /// Rows in one answer.
    var batch = 256
    /// Waits; throws when cancelled.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Reads until the task is cancelled.
    func run() async {
        let loop = FeedLoop(
            logger: logger, complaint: "transfers without a key cannot be sent back", relief: "transfers can be sent back again",
            pause: pause)
        // What an earlier run has left open does not wait for the next transfer.
        await loop.run { try await step(wait: $0 ? longPoll : .zero) }
    }

    /// Asks once, takes down what is to be rejected, and rejects all that is open.
    /// - Returns: the number of rows, 0 when there were none.
    func step(wait: Duration) async throws -> Int {
        let cursor = try await store.creditCursor(account: account.text)
        let rows = try await bank.history(
            start: cursor, delta: batch, direction: "credit", longPoll: wait, credentials: credentials
        ).filter { $0.rowID > cursor }
        if let last = rows.map(\.rowID).max() {
            let useless = rows.filter { $0.sign == .credit && !WireSubject.hasKey($0.subject) }
            try await store.planRejections(useless.map(\.rowID), account: account.text, cursor: last)
        }
        for rejection in try await store.openRejections(account: account.text) { try await reject(rejection) }
        return rows.count
    }

    /// - Throws: `BankClientError` when the bank cannot be reached or is not itself; what it has against one row keeps no other waiting.
    private func reject(_ rejection: OpenRejection) async throws {
        let row = rejection.bankRow
        let metadata: Logger.Metadata = ["bank_row": "\(row)"]
        let next = try await gateway.incoming(start: row - 1, delta: 1)?.transactions.first
        guard next?.rowID != row else {
            try await store.dropRejection(row, account: account.text)
            logger.notice("a transfer whose key only the bank can see is kept", metadata: metadata)
            return
        }
        do { try await bank.reject(row: row, credentials: credentials) } catch {
            guard case .refused(let status, let refusal) = error, [400, 404, 406, 409, 410].contains(status) else { throw error }
            let reason = "\(status) / \(refusal?.ec ?? 0)"
            guard reason != rejection.refusal else { return }
            try await store.refuseRejection(row, account: account.text, refusal: reason)
            logger.warning(
                "the bank does not give back a transfer without a key", metadata: metadata.merging(["answer": "\(reason)"]) { $1 })
            return
        }
        try await store.finishRejection(row, account: account.text, at: clock.now())
        logger.notice("a transfer without a key was sent back", metadata: metadata)
    }
}
