// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// The books as they were at one moment: what is written meanwhile, by whichever process, is not seen.
///
/// Readings go row by row, so that books of any size need no more memory than small ones.
public struct BookSnapshot: Sendable {
    public let currency: Currency
    let reader: any DatabaseReader

    /// Calls `body` for each record of the list. What cannot be read becomes a finding.
    public func each<Record>(_ list: BookList<Record>, _ findings: Findings, _ body: @Sendable (Record) throws -> Void) async throws {
        try await reader.read { database in
            let rows = try Row.fetchCursor(database, sql: list.sql)
            while let row = try rows.next() {
                let record: Record
                do { record = try list.make(row, database, currency) } catch {
                    findings.add("\(list.name) \(Self.key(row)) cannot be read: \(error)")
                    continue
                }
                try body(record)
            }
        }
    }

    /// The first column, for people.
    static func key(_ row: Row, at index: Int = 0) -> String {
        guard index < row.count else { return "?" }
        switch row[index] as DatabaseValue {
        case let value where value.isNull: return "NULL"
        case let value:
            switch value.storage {
            case .blob(let data): return Base32.encode(Array(data))
            case .int64(let number): return "\(number)"
            case .string(let text): return text
            default: return "\(value)"
            }
        }
    }
}

/// A table, or what is joined to it, with the way to read its rows.
public struct BookList<Record>: Sendable {
    /// A row in words: its first column follows.
    let name: String
    let sql: String
    let make: @Sendable (Row, Database, Currency) throws -> Record

    init(name: String, sql: String, make: @escaping @Sendable (Row, Database, Currency) throws -> Record) {
        self.name = name
        self.sql = sql
        self.make = make
    }

    init(name: String, sql: String, make: @escaping @Sendable (Row, Currency) throws -> Record) {
        self.init(name: name, sql: sql) { row, _, currency in try make(row, currency) }
    }
}

extension ExchangeStore {
    /// The books of now. Books in memory have no moments: their readings see what is written meanwhile.
    public func snapshot() throws -> BookSnapshot {
        BookSnapshot(currency: currency, reader: try (database.writer as? DatabasePool)?.makeSnapshot() ?? database.writer)
    }
}
