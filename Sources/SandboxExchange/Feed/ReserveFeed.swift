// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import HTTPCore
import Logging
import TalerCrypto
import TalerWire

/// Reads the exchange's bank account, pays what arrives into reserves, and takes down the keys that merchants' accounts name.
struct ReserveFeed: Sendable {
    let store: ExchangeStore
    let gateway: WireGatewayClient
    /// Our account's payto URI: under it the cursor and the rows are kept.
    let account: PaytoURI
    let bell: ChangeBell<ReservePublicKey>
    let logger: Logger
    /// Whom a key of an account concerns.
    var accounts = ChangeBell<NormalizedPaytoHash>()
    /// Whose deposits it concerns.
    var deposits = ChangeBell<DepositTopic>()
    var wakePayouts: @Sendable () -> Void = {}
    /// How long the bank may keep a question open.
    var longPoll = Duration.seconds(30)
    /// Rows in one answer.
    var batch = 256
    /// Waits; throws when cancelled.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Reads until the task is cancelled. A bank that is down is asked again with growing delays, and complained about once.
    func run() async {
        let loop = FeedLoop(
            logger: logger, complaint: "the bank's history cannot be read", relief: "the bank answers again", pause: pause)
        await loop.run { _ in try await step() }
    }

    /// Asks once and takes in what came.
    /// - Returns: the number of rows, 0 when there were none.
    func step() async throws -> Int {
        let cursor = try await store.bankCursor(account: account.text)
        guard let history = try await gateway.incoming(start: cursor, delta: batch, longPoll: longPoll) else { return 0 }
        let rows = history.transactions.filter { $0.rowID > cursor }
        guard let last = rows.map(\.rowID).max() else { return 0 }
        let keys = rows.compactMap(Self.key)
        let outcome = try await store.record(rows.compactMap(Self.credit), keys: keys, account: account.text, cursor: last)
        for row in outcome.unusable {
            logger.warning("a transfer's amount cannot be booked", metadata: ["bank_row": "\(row)"])
        }
        for row in rows {
            switch row.purpose {
            case .reserve, .accountKey: break
            case .other:
                logger.info("a transfer of an unknown kind was passed over", metadata: ["bank_row": "\(row.rowID)"])
            }
        }
        bell.ring(outcome.credited)
        accounts.ring(keys.map(\.account))
        deposits.ring(keys.map { .account($0.account) })
        if !keys.isEmpty { wakePayouts() }
        return rows.count
    }

    /// Nil for what names no key, or comes from an account that cannot be paid to.
    private static func key(_ row: IncomingTransaction) -> AccountKeyCredit? {
        guard case .accountKey(let key) = row.purpose, let payto = try? PaytoURI(row.debitAccount) else { return nil }
        return AccountKeyCredit(account: NormalizedPaytoHash(of: payto), payto: payto.normalized, key: key)
    }

    /// Nil for what fills no reserve.
    private static func credit(_ row: IncomingTransaction) -> ReserveCredit? {
        guard case .reserve(let reserve) = row.purpose else { return nil }
        return ReserveCredit(bankRow: row.rowID, reserve: reserve, amount: row.netAmount, origin: row.debitAccount, date: row.date)
    }
}

extension IncomingTransaction {
    /// Without what the bank has kept.
    var netAmount: Amount { creditFee.map { (try? amount.subtracting($0)) ?? .zero(amount.currency) } ?? amount }
}
