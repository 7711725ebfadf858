// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import Synchronization
import TalerWire

/// The keys in use, and the answer of `/keys` that follows from them.
///
/// A request takes ``table`` once and works with it to its end, whatever is loaded meanwhile.
final class KeyRing: Sendable {
    private let store: ExchangeStore
    private let writer: KeysWriter
    /// The table as the request that is being answered is to find it; nil when it is to find it as it is.
    private let lens: @Sendable (KeyTable) -> KeyTable?
    private let state: Mutex<State>

    private struct State {
        var table: KeyTable
        /// Which state of the books `table` is at least.
        var loaded: Int64
        /// Which table this is: what was made of an earlier one is not kept.
        var number = 0
        /// The whole list, valid before its `nextChange`.
        var document: KeysDocument?
        /// Shorter lists of the same moment, by the start that they begin with: at most one for each of the whole list's starts.
        var shorter: [Timestamp: KeysDocument] = [:]
    }

    /// - Throws: ``SandboxExchangeError/notSetUp``, ``SandboxExchangeError/keysDamaged(_:)``.
    init(store: ExchangeStore, writer: KeysWriter, lens: @escaping @Sendable (KeyTable) -> KeyTable? = { _ in nil }) async throws {
        self.lens = lens
        self.store = store
        self.writer = writer
        // Before the keys: what changes in between is seen as a change later.
        let generation = try await store.keyGeneration()
        state = Mutex(State(table: try await Self.load(store), loaded: generation))
    }

    /// Takes in what a setup has added or revoked.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`; the keys in use stay then.
    func reload() async throws { try await load(try await store.keyGeneration()) }

    /// Takes in what another process has added or revoked since the last time.
    /// - Returns: false when nothing has changed.
    /// - Throws: as ``reload()``.
    func reloadIfChanged() async throws -> Bool {
        let generation = try await store.keyGeneration()
        guard state.withLock({ $0.loaded != generation }) else { return false }
        try await load(generation)
        return true
    }

    private func load(_ generation: Int64) async throws {
        let table = try await Self.load(store)
        state.withLock { state in
            // Of two that load at once the one that began later has the newer keys.
            guard generation >= state.loaded else { return }
            state = State(table: table, loaded: generation, number: state.number + 1)
        }
    }

    var table: KeyTable {
        let table = state.withLock { $0.table }
        return lens(table) ?? table
    }

    /// What `/keys` answers now.
    /// - Parameter start: of the first denomination that is wanted; the list is whole when none begins then.
    /// - Throws: 503 / 1007 when no signing key is valid.
    func document(at now: Timestamp, from start: Timestamp? = nil) throws(APIError) -> KeysDocument {
        let before = state.withLock { $0 }
        if let seen = lens(before.table) { return try writer.document(seen, at: now, known: start) }
        let whole: KeysDocument
        if let known = before.document, known.isValid(at: now) {
            whole = known
        } else {
            whole = try writer.document(before.table, at: now)
            keep(before.number) { state in
                state.document = whole
                state.shorter = [:]
            }
        }
        guard let start, whole.starts.contains(start), start != whole.starts.min() else { return whole }
        if let known = before.shorter[start], known.isValid(at: now) { return known }
        let document = try writer.document(before.table, at: now, from: start)
        keep(before.number) { $0.shorter[start] = document }
        return document
    }

    private func keep(_ number: Int, _ change: (inout State) -> Void) {
        state.withLock { if $0.number == number { change(&$0) } }
    }

    private static func load(_ store: ExchangeStore) async throws -> KeyTable {
        guard let master = try await store.master() else { throw SandboxExchangeError.notSetUp }
        let table = try KeyTable(try await store.keys(), master: master)
        guard !table.signers.isEmpty, !table.denominations.isEmpty, !table.accounts.isEmpty else { throw SandboxExchangeError.notSetUp }
        return table
    }
}
