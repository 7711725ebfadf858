// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension StoredIntent {
    init(row: Row, _ database: Database) throws {
        id = row["id"]
        contractID = row["contract_id"]
        contractHash = try row.fixed("h_contract")
        permissionID = row["permission_id"]
        exchangeURL = row["exchange_url"]
        protocolVersion = row["protocol"]
        mayHaveReached = row["may_have_reached"]
        created = try Timestamp(stored: row["created"])
        transactionBaseURL = row["transaction_base_url"]
        request = try JSONParser.parse(row["request"] as String)
        attempts = row["attempts"]
        lastError = row["last_error"]
        coins = try Row.fetchAll(
            database, sql: "SELECT * FROM intent_coin WHERE intent_id = ? ORDER BY position", arguments: [row["id"] as Int64]
        ).map(Coin.init(row:))
        switch row["state"] as String {
        case "accepted":
            state = .accepted(try Confirmation(row: row))
        case "unconfirmed": state = .unconfirmed
        case "refused":
            state = .refused(status: row["refusal_status"], answer: try JSONParser.parse(row["refusal"] as String))
        default: state = .open
        }
    }
}

extension StoredIntent.Coin {
    init(row: Row) throws {
        coinPub = try row.fixed("coin_pub")
        contribution = try Amount(row["contribution"] as String)
        depositFee = try Amount(row["deposit_fee"] as String)
        refundFee = try (row["refund_fee"] as String?).map { try Amount($0) }
        wire =
            if row["wtid"] as Data? == nil { nil } else {
                StoredIntent.Wire(
                    transferID: try row.fixed("wtid"), executionTime: try Timestamp(stored: row["wire_execution"]),
                    contribution: try Amount(row["wire_contribution"] as String), exchangePub: try row.fixed("wire_pub"),
                    exchangeSignature: try row.fixed("wire_sig"))
            }
    }
}

extension StoredIntent.Confirmation {
    /// Nil when the row has none.
    init?(row: Row) throws {
        guard let signatures: Data = row["exchange_sig"] else { return nil }
        exchangePub = try row.fixed("exchange_pub")
        exchangeSignatures = try stride(from: 0, to: signatures.count, by: EdDSASignature.byteCount).map { start in
            try EdDSASignature(Array(signatures.dropFirst(start).prefix(EdDSASignature.byteCount)))
        }
        exchangeTimestamp = try Timestamp(stored: row["exchange_timestamp"])
    }
}

extension [EdDSASignature] {
    /// One after the other.
    var blob: Data { Data(flatMap(\.bytes)) }
}
