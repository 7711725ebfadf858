// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import MerchantCore
public import TalerWire

/// An exchange's word that it has an intent's coins, verified as far as it is signed.
public enum Acceptance: Sendable, Equatable {
    /// Its confirmation of the batch.
    /// - Parameter transactionBaseURL: where it wants to be asked about the deposit, if that may be followed.
    case confirmed(StoredIntent.Confirmation, transactionBaseURL: String? = nil)
    /// Its word for the transfer of coins, by position; with those that are stored already it covers each coin.
    case wired([Int: StoredIntent.Wire])
    /// It says so without its signature. What it signed of some coins is here, by position.
    case unconfirmed([Int: StoredIntent.Wire])
}

extension MerchantStore {
    /// The next attempt's request is about to be sent: should the process end now, nobody knows whether it arrived.
    public func markSending(_ intent: StoredIntent) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: "UPDATE intent SET may_have_reached = 1 WHERE id = ? AND state IN ('open', 'unconfirmed')", arguments: [intent.id])
            }
        }
    }

    /// The exchange has the coins, by its signature: the intent ends, and the contract is paid once the coins that exchanges have accepted
    /// meet the sum rule; all in one transaction.
    /// - Parameter payment: purpose 1104 over the contract's hash.
    /// - Returns: false when the intent had an outcome already.
    @discardableResult
    public func settle(
        _ intent: StoredIntent, _ confirmation: StoredIntent.Confirmation, payment: EdDSASignature, now: Timestamp
    ) async throws(MerchantStoreError) -> Bool { try await settle(intent, .confirmed(confirmation), payment: payment, now: now) }

    /// The same for every kind of acceptance. An intent that is unconfirmed stays one until a signature ends it.
    @discardableResult
    public func settle(
        _ intent: StoredIntent, _ acceptance: Acceptance, payment: EdDSASignature, now: Timestamp
    ) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                guard try Self.accept(intent, acceptance, now, database) else { return false }
                try Self.payIfEnough(intent.contractID, payment, now, database)
                return true
            }
        }
    }

    private static func accept(
        _ intent: StoredIntent, _ acceptance: Acceptance, _ now: Timestamp, _ database: Database
    ) throws -> Bool {
        let live = "WHERE id = ? AND state IN ('open', 'unconfirmed')"
        switch acceptance {
        case .confirmed(let confirmation, let transactionBaseURL):
            try database.execute(
                sql: """
                    UPDATE intent SET state = 'accepted', ended = ?, attempts = attempts + 1, last_error = NULL,
                        exchange_pub = ?, exchange_sig = ?, exchange_timestamp = ?, transaction_base_url = ? \(live)
                    """,
                arguments: [
                    now.storedSeconds, confirmation.exchangePub.blob, confirmation.exchangeSignatures.blob,
                    confirmation.exchangeTimestamp.storedSeconds, transactionBaseURL, intent.id,
                ])
            guard database.changesCount == 1 else { return false }
            // An exchange that takes a new deposit needs nothing more of the merchant.
            try database.execute(
                sql: "DELETE FROM kyc_need WHERE exchange_url = ? AND account_id = (SELECT account_id FROM contract WHERE id = ?)",
                arguments: [intent.exchangeURL, intent.contractID])
        case .wired(let wires):
            try store(wires, of: intent, database)
            try database.execute(
                sql: """
                    UPDATE intent SET state = 'accepted', ended = ?, attempts = attempts + 1, last_error = NULL \(live)
                        AND NOT EXISTS (SELECT 1 FROM intent_coin WHERE intent_id = intent.id AND wtid IS NULL)
                    """,
                arguments: [now.storedSeconds, intent.id])
            return database.changesCount == 1
        case .unconfirmed(let wires):
            try store(wires, of: intent, database)
            try database.execute(
                sql: """
                    UPDATE intent SET state = 'unconfirmed', may_have_reached = 1, attempts = attempts + 1,
                        last_error = 'the exchange says that it has the coins; its signature is missing' \(live)
                    """,
                arguments: [intent.id])
            return database.changesCount == 1
        }
        return true
    }

    private static func store(_ wires: [Int: StoredIntent.Wire], of intent: StoredIntent, _ database: Database) throws {
        for (position, wire) in wires {
            try database.execute(
                sql: """
                    UPDATE intent_coin SET wtid = ?, wire_execution = ?, wire_contribution = ?, wire_pub = ?, wire_sig = ?
                    WHERE intent_id = ? AND position = ? AND wtid IS NULL
                    """,
                arguments: [
                    wire.transferID.blob, wire.executionTime.storedSeconds, wire.contribution.description, wire.exchangePub.blob,
                    wire.exchangeSignature.blob, intent.id, position,
                ])
        }
    }

    private static func payIfEnough(_ contractID: Int64, _ payment: EdDSASignature, _ now: Timestamp, _ database: Database) throws {
        let progress = try progress(database, of: contractID)
        guard !progress.isPaid, progress.isEnough(progress.accepted) else { return }
        try database.execute(
            sql: "UPDATE contract SET paid_at = ?, payment_sig = ? WHERE id = ? AND paid_at IS NULL",
            arguments: [now.storedSeconds, payment.blob, contractID])
    }

    /// The exchange refused for good: other coins are welcome. An intent that is unconfirmed is never refused.
    /// - Returns: false when the intent had an outcome already.
    @discardableResult
    public func refuse(_ intent: StoredIntent, status: Int, answer: JSONValue, now: Timestamp) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE intent SET state = 'refused', ended = ?, attempts = attempts + 1, last_error = NULL,
                            refusal_status = ?, refusal = ?
                        WHERE id = ? AND state = 'open'
                        """,
                    arguments: [now.storedSeconds, status, answer.text, intent.id])
                return database.changesCount == 1
            }
        }
    }

    /// An attempt ended without an outcome.
    /// - Parameter mayHaveReached: false only when no attempt at all can have reached the exchange.
    public func recordAttempt(_ intent: StoredIntent, error: String, mayHaveReached: Bool = true) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE intent SET attempts = attempts + 1, last_error = ?, may_have_reached = ?
                        WHERE id = ? AND state IN ('open', 'unconfirmed')
                        """,
                    arguments: [error, mayHaveReached, intent.id])
            }
        }
    }
}
