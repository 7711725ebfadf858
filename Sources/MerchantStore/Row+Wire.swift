// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension FixedBytes {
    /// The bytes as SQLite takes them.
    var blob: Data { Data(bytes) }
}

extension Row {
    /// A value of fixed length out of a blob column.
    func fixed<Value: FixedBytes>(_ column: String) throws -> Value {
        guard let data: Data = self[column] else { throw MerchantStoreError.corrupt("\(column) is null") }
        return try Value(Array(data))
    }

    /// As ``fixed(_:)``; nil for null.
    func optionalFixed<Value: FixedBytes>(_ column: String) throws -> Value? {
        guard let data: Data = self[column] else { return nil }
        return try Value(Array(data))
    }
}

extension Optional {
    func orCorrupt(_ what: String) throws(MerchantStoreError) -> Wrapped {
        guard let self else { throw .corrupt("\(what) is missing") }
        return self
    }
}
