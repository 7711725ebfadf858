// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The database, whose own errors become ``ExchangeStoreError/database(_:isReading:)``.
struct Books: Sendable {
    let writer: any DatabaseWriter

    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await writer.read(work) } catch let error as DatabaseError {
            throw ExchangeStoreError.database("\(error)", isReading: true)
        }
    }

    /// One transaction: all that `work` changes, or nothing.
    func write<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await writer.write(work) } catch let error as DatabaseError {
            throw ExchangeStoreError.database("\(error)", isReading: false)
        }
    }
}
