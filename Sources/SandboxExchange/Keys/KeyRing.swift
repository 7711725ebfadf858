// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import Synchronization
import TalerWire

/// The keys in use, and the answer of `/keys` that follows from them.
final class KeyRing: Sendable {
    private let store: ExchangeStore
    private let writer: KeysWriter
    private let state: Mutex<State>

    private struct State {
        var table: KeyTable
        /// Valid before its `nextChange`.
        var document: KeysDocument?
    }

    /// - Throws: ``SandboxExchangeError/notSetUp``, ``SandboxExchangeError/keysDamaged(_:)``.
    init(store: ExchangeStore, writer: KeysWriter) async throws {
        self.store = store
        self.writer = writer
        state = Mutex(State(table: try await Self.load(store)))
    }

    /// Takes in what a setup has added or revoked.
    func reload() async throws {
        let table = try await Self.load(store)
        state.withLock { $0 = State(table: table) }
    }

    var table: KeyTable { state.withLock { $0.table } }

    /// What `/keys` answers now.
    /// - Throws: 503 / 1007 when no signing key is valid.
    func document(at now: Timestamp) throws(APIError) -> KeysDocument {
        let (table, known) = state.withLock { ($0.table, $0.document) }
        if let known, known.since <= now, now < known.nextChange { return known }
        let document = try writer.document(table, at: now)
        state.withLock { $0.document = document }
        return document
    }

    private static func load(_ store: ExchangeStore) async throws -> KeyTable {
        guard let master = try await store.master() else { throw SandboxExchangeError.notSetUp }
        let table = try KeyTable(try await store.keys(), master: master)
        guard !table.signers.isEmpty, !table.denominations.isEmpty, !table.accounts.isEmpty else { throw SandboxExchangeError.notSetUp }
        return table
    }
}
