// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension FixedBytes {
    /// The bytes as SQLite takes them.
    var blob: Data { Data(bytes) }
}

extension WalletSecret {
    var blob: Data { Data(bytes) }
}

extension Row {
    /// A value of fixed length out of a blob column.
    func fixed<Value: FixedBytes>(_ column: String) throws -> Value { try Value(bytes(column)) }

    func bytes(_ column: String) throws -> [UInt8] {
        guard let data: Data = self[column] else { throw WalletStoreError.corrupt("\(column) is null") }
        return Array(data)
    }

    func amount(_ column: String) throws -> Amount { try Amount(self[column] as String) }
    func time(_ column: String) throws -> Timestamp { try Timestamp(stored: self[column]) }
}

extension Timestamp {
    /// Seconds since 1970; "never" is the largest 64-bit number.
    var storedSeconds: Int64 { seconds.map { Int64(clamping: $0) } ?? .max }

    init(stored seconds: Int64) throws(WalletStoreError) {
        if seconds == .max {
            self = .never
            return
        }
        guard seconds >= 0, let time = try? Timestamp(seconds: UInt64(seconds)) else { throw .corrupt("a time out of range") }
        self = time
    }
}

extension Database {
    /// Runs an UPDATE that must hit one row.
    /// - Throws: ``WalletStoreError/conflict(_:)`` with `what` when it hits none.
    func change(_ what: String, _ sql: String, _ arguments: StatementArguments) throws {
        try execute(sql: sql, arguments: arguments)
        guard changesCount == 1 else { throw WalletStoreError.conflict(what) }
    }
}
