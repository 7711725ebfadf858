// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension Timestamp {
    /// Seconds since 1970, the largest number for "never".
    var storedSeconds: Int64 { seconds.map { Int64(clamping: $0) } ?? .max }

    init(storedSeconds: Int64) throws {
        if storedSeconds == .max {
            self = .never
        } else if let seconds = UInt64(exactly: storedSeconds), let time = try? Timestamp(seconds: seconds) {
            self = time
        } else {
            throw ShopStoreError.damaged("the time \(storedSeconds)")
        }
    }
}

extension [UInt8] {
    var stored: Data { Data(self) }
}

extension Amount {
    /// - Throws: ``ShopStoreError/damaged(_:)``.
    init(_ row: Row, _ value: String, _ fraction: String) throws {
        guard let currency = try? Currency(row["currency"] as String), let whole = UInt64(exactly: row[value] as Int64),
            let part = UInt32(exactly: row[fraction] as Int64), let amount = try? Amount(currency, value: whole, fraction: part)
        else { throw ShopStoreError.damaged("an amount") }
        self = amount
    }

    /// At most 2^52.
    var storedValue: Int64 { Int64(clamping: value) }
    var storedFraction: Int64 { Int64(fraction) }
}
