// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import MerchantCore
public import TalerWire

extension MerchantStore {
    /// Hands out the rows of a table one after the other, as they were at one moment; writing goes on beside it.
    /// - Parameters:
    ///   - from: the first second that counts.
    ///   - until: the first second that does not count any more.
    ///   - take: gets one row, with as many fields as the kind has columns.
    /// - Throws: ``MerchantStoreError``, and what `take` throws.
    public func export(
        _ kind: ExportKind, from: Timestamp, until: Timestamp, _ take: @Sendable ([ExportField]) throws -> Void
    ) async throws {
        try await database.read { database in
            switch kind {
            case .payments: try Self.exportPayments(database, from, until, take)
            case .fees: try Self.exportFees(database, from, until, take)
            case .refunds: try Self.exportRefunds(database, from, until, take)
            case .transfers: try Self.exportTransfers(database, from, until, take)
            }
        }
    }

    private static func exportPayments(
        _ database: Database, _ from: Timestamp, _ until: Timestamp, _ take: ([ExportField]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT payment.row, payment.paid_at, contract.* FROM payment JOIN contract ON contract.id = contract_id
                WHERE payment.paid_at >= ? AND payment.paid_at < ? ORDER BY payment.row
                """, arguments: [from.storedSeconds, until.storedSeconds])
        while let row = try rows.next() {
            let contract = try StoredContract(row: row)
            let currency = contract.terms.amount.currency
            let coins = try Row.fetchAll(
                database,
                sql: """
                    SELECT exchange_url, contribution, intent_coin.deposit_fee, deposit_value, transfer_deposit.deposit_fee AS taken
                    FROM intent JOIN intent_coin ON intent_coin.intent_id = intent.id
                    LEFT JOIN transfer_deposit ON transfer_deposit.intent_id = intent.id AND coin_position = intent_coin.position
                    WHERE contract_id = ? AND state IN ('unconfirmed', 'accepted') ORDER BY intent.id, intent_coin.position
                    """, arguments: [contract.id])
            let refunded = try String.fetchAll(
                database, sql: "SELECT amount FROM refund WHERE contract_id = ? AND state = 'accepted'", arguments: [contract.id])
            let transferred = try coins.compactMap { coin in
                try (coin["deposit_value"] as String?).map { (value: try Amount($0), fee: try Amount(coin["taken"] as String)) }
            }
            var exchanges: [String] = []
            for coin in coins where !exchanges.contains(coin["exchange_url"]) { exchanges.append(coin["exchange_url"]) }
            try take([
                .number(row["row"]), .time(try Timestamp(stored: row["paid_at"])), .number(contract.terms.transactionID),
                .word(contract.hash.base32), .text(description(of: contract.terms.json)), .text(exchanges.joined(separator: " ")),
                .word(currency.text), .amount(contract.terms.amount),
                .amount(try sum(coins.map { $0["contribution"] as String }, currency)),
                .amount(try sum(coins.map { $0["deposit_fee"] as String }, currency)), .amount(try sum(refunded, currency)),
                .amount(try TransferComparison.share(of: transferred, in: currency)),
            ])
        }
    }

    /// Deposit fees by coin, refund fees by refund, wire fees by transfer: by their time.
    private static func exportFees(
        _ database: Database, _ from: Timestamp, _ until: Timestamp, _ take: ([ExportField]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT * FROM (
                    SELECT coalesce(ended, intent.created) AS time, 'deposit' AS fee, exchange_url, deposit_fee AS amount, transaction_id,
                        h_contract, coin_pub, wtid
                    FROM intent JOIN contract ON contract.id = contract_id JOIN intent_coin ON intent_id = intent.id
                    WHERE state IN ('unconfirmed', 'accepted')
                    UNION ALL
                    SELECT refund.ended, 'refund', refund.exchange_url, refund_fee, transaction_id, h_contract, refund.coin_pub, NULL
                    FROM refund JOIN contract ON contract.id = refund.contract_id
                    JOIN intent_coin ON intent_coin.intent_id = refund.intent_id AND intent_coin.coin_pub = refund.coin_pub
                    WHERE refund.state = 'accepted' AND refund_fee IS NOT NULL
                    UNION ALL
                    SELECT execution_time, 'wire', exchange_url, wire_fee, NULL, NULL, NULL, wtid FROM transfer
                ) WHERE time >= ? AND time < ? ORDER BY time
                """, arguments: [from.storedSeconds, until.storedSeconds])
        while let row = try rows.next() {
            let amount = try Amount(row["amount"] as String)
            try take([
                .time(try Timestamp(stored: row["time"])), .word(row["fee"]), .text(row["exchange_url"]), .word(amount.currency.text),
                .amount(amount), (row["transaction_id"] as Int64?).map { .number($0) } ?? .none, key(row["h_contract"]),
                key(row["coin_pub"]), key(row["wtid"]),
            ])
        }
    }

    private static func exportRefunds(
        _ database: Database, _ from: Timestamp, _ until: Timestamp, _ take: ([ExportField]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT refund.*, transaction_id, h_contract, reason FROM refund
                JOIN refund_order ON refund_order.id = refund_order_id JOIN contract ON contract.id = refund.contract_id
                WHERE refund.created >= ? AND refund.created < ? ORDER BY refund.id
                """, arguments: [from.storedSeconds, until.storedSeconds])
        while let row = try rows.next() {
            let amount = try Amount(row["amount"] as String)
            try take([
                .time(try Timestamp(stored: row["created"])),
                try (row["ended"] as Int64?).map { .time(try Timestamp(stored: $0)) } ?? .none, .number(row["transaction_id"]),
                key(row["h_contract"]), key(row["coin_pub"]), .number(row["rtransaction_id"]), .text(row["exchange_url"]),
                .word(amount.currency.text), .amount(amount), .word(row["state"]), .text(row["reason"]),
            ])
        }
    }

    private static func exportTransfers(
        _ database: Database, _ from: Timestamp, _ until: Timestamp, _ take: ([ExportField]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT transfer.*, payto_uri, bank_credit.date, bank_credit.amount, bank_credit.row_id,
                    (SELECT count(*) FROM transfer_deposit WHERE transfer_id = transfer.id) AS deposits
                FROM transfer JOIN account ON account.id = account_id LEFT JOIN bank_credit ON bank_credit.id = credit_id
                WHERE execution_time >= ? AND execution_time < ? ORDER BY execution_time, transfer.id
                """, arguments: [from.storedSeconds, until.storedSeconds])
        while let row = try rows.next() {
            let transfer = try StoredTransfer(row: row)
            try take([
                .time(transfer.executionTime), .text(transfer.exchangeURL), .word(transfer.transferID.base32), .text(row["payto_uri"]),
                .word(transfer.total.currency.text), .amount(transfer.total), .amount(transfer.wireFee), .number(row["deposits"]),
                .word(transfer.isConfirmedByBank ? "bank" : "exchange"),
                try (row["date"] as Int64?).map { .time(try Timestamp(stored: $0)) } ?? .none,
                try (row["amount"] as String?).map { .amount(try Amount($0)) } ?? .none,
                (row["row_id"] as Int64?).map { .number($0) } ?? .none,
            ])
        }
    }

    private static func sum(_ amounts: [String], _ currency: Currency) throws -> Amount {
        try Amount.sum(amounts.map { try Amount($0) }, in: currency)
    }

    private static func key(_ data: Data?) -> ExportField { data.map { .word(Base32.encode($0)) } ?? .none }

    /// What was sold, in the shop's words.
    private static func description(of contract: JSONValue) -> String {
        (contract["products"]?.arrayValue ?? []).compactMap { $0["description"]?.stringValue }.joined(separator: "; ")
    }
}
