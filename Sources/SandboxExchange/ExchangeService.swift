// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
public import ExchangeStore
public import HTTPCore
public import Logging
import Synchronization
public import TalerWire

/// A sandbox exchange: its handler answers requests, and ``run()`` reads the bank and pays merchants.
public final class ExchangeService: Sendable {
    /// Answers everything, with permission for pages of any origin.
    public let handler: any Handler
    /// Every route, for people.
    public let routes: [Route]
    private let keys: KeyRing
    private let keyWatch: KeyWatch
    let bells = ExchangeBells()
    private let feed: ReserveFeed
    private let rejections: RejectionFeed?
    let aggregator: Aggregator
    private let payouts: PayoutLoop
    private let clock: any WallClock
    private let policy: KYCPolicy
    private let auditor: ExchangeAuditor
    private let running = Mutex<Running>(.idle)

    private enum Running {
        case idle
        case task(Task<Void, Never>)
        case stopped
    }

    /// Opens the database that the setup has filled; needs no offline key.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public convenience init(
        configuration: ExchangeConfiguration, sender: any Sender, clock: any WallClock = SystemWallClock(), logger: Logger,
        situations: Situations? = nil
    ) async throws {
        let store = try ExchangeStore.openExisting(at: configuration.databasePath, currency: configuration.currency)
        try await self.init(
            configuration: configuration, store: store, sender: sender, clock: clock, logger: logger, situations: situations)
    }

    /// Over books that are open already; `databasePath` is not looked at.
    /// - Parameter situations: what the exchange does wrong when it is told to, on a page of its own; nil, the default, switches them off.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public init(
        configuration: ExchangeConfiguration, store: ExchangeStore, sender: any Sender, clock base: any WallClock, logger: Logger,
        situations: Situations? = nil
    ) async throws {
        let clock: any WallClock = situations.map { SituationClock(base: base, situations: $0) } ?? base
        let writer = KeysWriter(
            baseURL: configuration.baseURL, currency: configuration.currency, specification: configuration.currencySpecification)
        keys =
            try await situations == nil
            ? KeyRing(store: store, writer: writer) : KeyRing(store: store, writer: writer) { $0.seenInSituation() }
        keyWatch = KeyWatch(keys: keys, logger: logger)
        let access = configuration.wireGateway
        let gateway = WireGatewayClient(baseURL: access.baseURL, credentials: access.credentials, sender: sender)
        policy = KYCPolicy(threshold: configuration.kycThreshold, currency: store.currency, bell: bells.deposits, situations: situations)
        aggregator = Aggregator(
            store: store, keys: keys, gateway: gateway, policy: policy, baseURL: configuration.baseURL, bell: bells.deposits, clock: clock,
            logger: logger)
        payouts = PayoutLoop(aggregator, logger: logger)
        feed = ReserveFeed(
            store: store, gateway: gateway, account: configuration.account, bell: bells.reserves, logger: logger,
            accounts: bells.accounts, deposits: bells.deposits, wakePayouts: { [payouts] in payouts.wake() })
        rejections = configuration.bankURL.map { url in
            RejectionFeed(
                store: store, bank: BankClient(baseURL: url, sender: sender), credentials: access.credentials, gateway: gateway,
                account: configuration.account, clock: clock, logger: logger)
        }
        self.clock = clock
        auditor = ExchangeAuditor(configuration: configuration, store: store, sender: sender)
        let endpoints = Routes.all(
            configuration: configuration, store: store, keys: keys, pool: WorkerPool(), bells: bells, payouts: payouts, policy: policy,
            clock: clock)
        let router = Router(endpoints, style: .modern, logger: logger)
        let exchange = AddressCheck(router, routes: router.routes)
        guard let situations else {
            handler = CrossOrigin(exchange)
            routes = router.routes
            return
        }
        guard let guardian = SituationGuard(baseURL: configuration.baseURL) else { throw SandboxExchangeError.baseURLMalformed }
        let desk = SituationDesk(situations: situations, keys: keys, payouts: payouts, clock: clock)
        let pages = Router(SituationGate.endpoints(desk, guardian), style: .modern, logger: logger)
        let layer = SituationLayer(inner: exchange, situations: situations, baseURL: configuration.baseURL, clock: clock)
        handler = SituationGate(exchange: CrossOrigin(layer), pages: pages)
        routes = router.routes + pages.routes
    }

    /// Reads the bank's history, sends back what names no key, pays merchants, and takes in changed keys until ``stop()`` or until the
    /// calling task is cancelled. A second call returns at once.
    public func run() async {
        let (feed, rejections, payouts, keyWatch) = (feed, rejections, payouts, keyWatch)
        let task: Task<Void, Never>? = running.withLock { running in
            guard case .idle = running else { return nil }
            let task = Task {
                async let paying: Void = payouts.run()
                async let rejecting: Void? = rejections?.run()
                async let watching: Void = keyWatch.run()
                await feed.run()
                await paying
                await watching
                await rejecting
            }
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

    /// Above which amount a merchant must have identified himself; nil asks nobody anything. A change holds from the next request.
    public var kycThreshold: Amount? {
        get { policy.threshold }
        set { policy.threshold = newValue }
    }

    /// Takes in keys that a setup has added, and revocations, at once; ``run()`` does so by itself soon.
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

    /// One reading of all credits that does not wait, and one attempt to send back what names no key, for tests and tools.
    /// - Returns: the number of new rows; 0 without a bank's URL.
    /// - Throws: `BankClientError`, `ExchangeStoreError`.
    @discardableResult
    public func rejectOnce() async throws -> Int { try await rejections?.step(wait: .zero) ?? 0 }

    /// One round of payouts: sums up the deposits that are due and has the bank pay them, and what it did not confirm before.
    /// - Parameter time: deposits with a later wire deadline wait; now when it is left out, `.never` for all there are.
    /// - Throws: `ExchangeStoreError`. A bank that says no, or nothing, shows in the report only.
    @discardableResult
    public func aggregateOnce(dueBy time: Timestamp? = nil) async throws -> PayoutReport {
        try await aggregator.round(dueBy: time ?? clock.now())
    }

    /// Proves the books: see ``ExchangeAuditor``.
    /// - Throws: `BankClientError`, `ExchangeStoreError`.
    public func audit() async throws -> ExchangeAudit { try await auditor.audit() }
}
