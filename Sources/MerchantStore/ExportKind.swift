// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What can be exported for bookkeeping, each a table of its own.
public enum ExportKind: String, CaseIterable, Sendable {
    case payments, fees, refunds, transfers

    /// The columns' names, in order.
    public var columns: [String] {
        switch self {
        case .payments:
            [
                "number", "paid_at", "transaction_id", "h_contract", "description", "exchange", "currency", "price", "contributions",
                "deposit_fees", "refunded", "transferred",
            ]
        case .fees: ["time", "fee", "exchange", "currency", "amount", "transaction_id", "h_contract", "coin_pub", "wtid"]
        case .refunds:
            [
                "asked_at", "ended_at", "transaction_id", "h_contract", "coin_pub", "rtransaction_id", "exchange", "currency", "amount",
                "state", "reason",
            ]
        case .transfers:
            [
                "execution_time", "exchange", "wtid", "account", "currency", "total", "wire_fee", "deposits", "confirmed_by", "arrived_at",
                "arrived", "bank_row",
            ]
        }
    }
}

/// One value of an exported row.
public enum ExportField: Sendable, Equatable {
    /// Whatever people or other programs wrote.
    case text(String)
    /// A key, a hash or a word of ours.
    case word(String)
    case number(Int64)
    case amount(Amount)
    case time(Timestamp)
    case none
}
