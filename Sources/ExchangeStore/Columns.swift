// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension FixedBytes {
    var data: Data { Data(bytes) }
}

extension Timestamp {
    /// Seconds since 1970, 2^63-1 for "never".
    var stored: Int64 { seconds.map { Int64(clamping: $0) } ?? .max }

    static func stored(_ seconds: Int64) throws -> Timestamp {
        if seconds == .max { return .never }
        guard let seconds = UInt64(exactly: seconds) else { throw ExchangeStoreError.damaged(column: "time") }
        return try Timestamp(seconds: seconds)
    }
}

extension ExchangeStore {
    /// The amount in units of 10^-8.
    /// - Throws: ``ExchangeStoreError/unstorable(_:)``.
    func units(_ amount: Amount) throws -> Int64 {
        guard amount.currency == currency, let units = Int64(exactly: amount.units) else {
            throw ExchangeStoreError.unstorable(amount)
        }
        return units
    }
}

extension Row {
    func bytes<Value: FixedBytes>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let data: Data = self[column], let value = try? Value(data) else { throw ExchangeStoreError.damaged(column: column) }
        return value
    }

    func optionalBytes<Value: FixedBytes>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        guard let data: Data = self[column] else { return nil }
        guard let value = try? Value(data) else { throw ExchangeStoreError.damaged(column: column) }
        return value
    }

    func blob(_ column: String) throws -> [UInt8] {
        guard let data: Data = self[column] else { throw ExchangeStoreError.damaged(column: column) }
        return Array(data)
    }

    func integer(_ column: String) throws -> Int64 {
        guard let value: Int64 = self[column] else { throw ExchangeStoreError.damaged(column: column) }
        return value
    }

    func text(_ column: String) throws -> String {
        guard let value: String = self[column] else { throw ExchangeStoreError.damaged(column: column) }
        return value
    }

    func time(_ column: String) throws -> Timestamp { try .stored(try integer(column)) }

    func optionalTime(_ column: String) throws -> Timestamp? {
        let seconds: Int64? = self[column]
        return try seconds.map(Timestamp.stored)
    }

    func amount(_ column: String, _ currency: Currency) throws -> Amount {
        guard let units = UInt128(exactly: try integer(column)) else { throw ExchangeStoreError.damaged(column: column) }
        return try Amount.make(currency, total: units)
    }
}
