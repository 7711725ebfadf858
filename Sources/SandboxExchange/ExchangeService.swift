// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
public import ExchangeStore
public import HTTPCore
public import Logging
import Synchronization
import TalerWire

/// A sandbox exchange: its handler answers requests, and ``run()`` reads the bank.
public final class ExchangeService: Sendable {
    /// Answers everything, with permission for pages of any origin.
    public let handler: any Handler
    /// Every route, for people.
    public let routes: [Route]
    private let keys: KeyRing
    let bells = ExchangeBells()
    private let feed: ReserveFeed
    private let running = Mutex<Running>(.idle)

    private enum Running {
        case idle
        case task(Task<Void, Never>)
        case stopped
    }

    /// Opens the database that the setup has filled; needs no offline key.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public convenience init(
        configuration: ExchangeConfiguration, sender: any Sender, clock: any WallClock = SystemWallClock(), logger: Logger
    ) async throws {
        let store = try ExchangeStore.open(at: configuration.databasePath, currency: configuration.currency)
        try await self.init(configuration: configuration, store: store, sender: sender, clock: clock, logger: logger)
    }

    /// Over books that are open already; `databasePath` is not looked at.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public init(
        configuration: ExchangeConfiguration, store: ExchangeStore, sender: any Sender, clock: any WallClock, logger: Logger
    ) async throws {
        let writer = KeysWriter(
            baseURL: configuration.baseURL, currency: configuration.currency, specification: configuration.currencySpecification)
        keys = try await KeyRing(store: store, writer: writer)
        let endpoints = Routes.all(
            configuration: configuration, store: store, keys: keys, pool: WorkerPool(), bells: bells, clock: clock)
        let router = Router(endpoints, style: .modern, logger: logger)
        handler = CrossOrigin(router)
        routes = router.routes
        let access = configuration.wireGateway
        feed = ReserveFeed(
            store: store, gateway: WireGatewayClient(baseURL: access.baseURL, credentials: access.credentials, sender: sender),
            account: configuration.account, bell: bells.reserves, logger: logger)
    }

    /// Reads the bank's history until ``stop()`` or until the calling task is cancelled. A second call returns at once.
    public func run() async {
        let feed = feed
        let task: Task<Void, Never>? = running.withLock { running in
            guard case .idle = running else { return nil }
            let task = Task { await feed.run() }
            running = .task(task)
            return task
        }
        guard let task else { return }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Ends ``run()`` and lets every waiting request answer with what is known. There is no way back.
    public func stop() {
        let task: Task<Void, Never>? = running.withLock { running in
            defer { running = .stopped }
            guard case .task(let task) = running else { return nil }
            return task
        }
        task?.cancel()
        bells.close()
    }

    /// Takes in keys that a setup has added, and revocations.
    /// - Throws: ``SandboxExchangeError``; the keys in use stay then.
    public func reloadKeys() async throws { try await keys.reload() }

    /// One reading of the bank's history that does not wait, for tests and tools.
    /// - Returns: the number of new rows.
    /// - Throws: `BankClientError`, `ExchangeStoreError`.
    @discardableResult
    public func readBankOnce() async throws -> Int {
        var once = feed
        once.longPoll = .zero
        return try await once.step()
    }
}
