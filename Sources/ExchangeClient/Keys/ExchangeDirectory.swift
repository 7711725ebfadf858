// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Logging
public import TalerWire

/// The configured exchanges with the keys that are held of each. Requests read what is held; fetching happens beside them.
public actor ExchangeDirectory {
    /// An exchange of the configuration.
    public struct Entry: Sendable {
        /// Ends in a slash.
        public let baseURL: String
        public let masterPub: MasterPublicKey

        public init(baseURL: String, masterPub: MasterPublicKey) {
            self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
            self.masterPub = masterPub
        }
    }

    public typealias State = ExchangeState

    public nonisolated let entries: [Entry]
    private let fetcher: KeysFetcher
    private let cache: KeysCache?
    private let logger: Logger
    private let schedule: RefreshSchedule
    private let timer: any MonotonicTimer
    private let unlisted: UnlistedExchanges
    private var states: [String: ExchangeState] = [:]
    private var fetches: [String: Task<Result<VerifiedKeys, KeysError>, Never>] = [:]
    /// When each occasion last brought about a fetch, and when one last failed.
    private var lastDemand: [Occasion: [String: Duration]] = [:]
    private var lastFailure: [String: Duration] = [:]

    /// - Parameters:
    ///   - cacheFolder: where keys are kept over restarts; they are verified anew when read. Nil keeps none.
    ///   - timer: what delays are measured and waited by.
    public init(
        _ entries: [Entry], fetcher: KeysFetcher, cacheFolder: String? = nil, schedule: RefreshSchedule = RefreshSchedule(),
        timer: any MonotonicTimer = SystemMonotonicTimer(), logger: Logger
    ) {
        self.entries = entries
        self.fetcher = fetcher
        cache = cacheFolder.map(KeysCache.init)
        self.schedule = schedule
        self.timer = timer
        self.logger = logger
        unlisted = UnlistedExchanges(fetcher: fetcher, schedule: schedule, timer: timer)
    }

    /// Reads the cache, without the network; what does not verify any more is ignored.
    public func loadCache() {
        guard let cache else { return }
        for entry in entries {
            do throws(KeysError) {
                guard let kept = try cache.read(entry.baseURL) else { continue }
                states[entry.baseURL] = ExchangeState(try fetcher.verify(kept, master: entry.masterPub), kept)
            } catch {
                logger.notice("kept keys are not usable", metadata: ["exchange": "\(entry.baseURL)", "reason": "\(error)"])
            }
        }
    }

    /// What is held, without waiting.
    public func state(of baseURL: String) -> ExchangeState { states[baseURL] ?? ExchangeState() }

    /// The keys held, or else fetched now.
    /// - Throws: ``KeysError`` when none are held and none could be fetched; at once when that failed a moment ago.
    public func keys(of baseURL: String) async throws(KeysError) -> VerifiedKeys {
        if let keys = states[baseURL]?.keys { return keys }
        return try await fetch(try entry(baseURL))
    }

    /// The keys held if they have what is looked for, else refreshed once (see ``refresh(_:for:)``), else the ones held all the same.
    /// - Throws: ``KeysError`` when none are held and none could be fetched.
    public func keys(
        of baseURL: String, having isEnough: @Sendable (VerifiedKeys) -> Bool
    ) async throws(KeysError) -> VerifiedKeys {
        let held = try await keys(of: baseURL)
        if isEnough(held) { return held }
        return (try? await refresh(baseURL)) ?? held
    }

    /// Why keys are fetched before their time.
    public enum Occasion: Sendable {
        /// A request names something that they do not have: anybody can bring that about, so one in 10 seconds is let through.
        case request
        /// The exchange's own answer does not fit them, as after a change of its keys: one in a second is let through.
        case answer
    }

    /// Fetches the keys anew because something was met that they do not have. Callers at the same time share one fetch; those whom the
    /// occasion does not let through get what is held.
    /// - Throws: ``KeysError`` when the fetch fails, or none are held; what is held stays held.
    @discardableResult
    public func refresh(_ baseURL: String, for occasion: Occasion = .request) async throws(KeysError) -> VerifiedKeys {
        let entry = try entry(baseURL)
        let now = timer.uptime()
        if fetches[baseURL] == nil, let keys = states[baseURL]?.keys {
            let interval = occasion == .request ? schedule.demandInterval : schedule.answerInterval
            if let last = lastDemand[occasion]?[baseURL], now - last < interval { return keys }
            lastDemand[occasion, default: [:]][baseURL] = now
        }
        return try await fetch(entry)
    }

    /// The keys of an exchange that is not configured, as far as a configured auditor vouches for them: other denominations are left
    /// out. Never written to disk; a few exchanges are remembered. The fetcher's sender must be one that obeys a ``FetchPolicy``.
    /// - Throws: ``KeysError``.
    public func keys(
        ofUnlisted baseURL: String, having isEnough: @Sendable (VerifiedKeys) -> Bool = { _ in true }
    ) async throws(KeysError) -> VerifiedKeys {
        let baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
        if entries.contains(where: { $0.baseURL == baseURL }) { return try await keys(of: baseURL, having: isEnough) }
        return try await unlisted.keys(of: baseURL, having: isEnough)
    }

    /// Keeps the keys fresh until the task is cancelled, each exchange's by itself: at once, then some time before they expire, and while
    /// that fails after delays that grow.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            for entry in entries { group.addTask { await self.keepFresh(entry) } }
        }
    }

    private func keepFresh(_ entry: Entry) async {
        var failures = 0
        while !Task.isCancelled {
            let previous = states[entry.baseURL]?.lastError
            let delay: Duration
            switch await running(entry).value {
            case .success:
                if previous != nil { logger.notice("keys are fresh again", metadata: ["exchange": "\(entry.baseURL)"]) }
                failures = 0
                let now = fetcher.now
                delay = schedule.delay(until: state(of: entry.baseURL).deadline(after: now), now: now)
            case .failure(let error):
                if error != previous { logger.warning("\(error)", metadata: ["exchange": "\(entry.baseURL)"]) }
                failures += 1
                delay = schedule.delay(afterFailures: failures)
            }
            try? await timer.sleep(for: delay)
        }
    }

    private func entry(_ baseURL: String) throws(KeysError) -> Entry {
        guard let entry = entries.first(where: { $0.baseURL == baseURL }) else { throw .unreachable("it is not configured") }
        return entry
    }

    /// The fetch under way, or one that begins now, unless one failed a moment ago.
    private func fetch(_ entry: Entry) async throws(KeysError) -> VerifiedKeys {
        if fetches[entry.baseURL] == nil, let error = states[entry.baseURL]?.lastError, let last = lastFailure[entry.baseURL],
            timer.uptime() - last < schedule.failureInterval
        {
            throw error
        }
        return try await running(entry).value.get()
    }

    private func running(_ entry: Entry) -> Task<Result<VerifiedKeys, KeysError>, Never> {
        if let fetch = fetches[entry.baseURL] { return fetch }
        let fetch = Task { await self.fetchNow(entry) }
        fetches[entry.baseURL] = fetch
        return fetch
    }

    private func fetchNow(_ entry: Entry) async -> Result<VerifiedKeys, KeysError> {
        defer { fetches[entry.baseURL] = nil }
        do throws(KeysError) {
            let fetched = try await fetcher.fetch(entry.baseURL, master: entry.masterPub)
            states[entry.baseURL] = ExchangeState(fetched.keys, fetched.kept)
            keep(fetched.kept)
            return .success(fetched.keys)
        } catch {
            lastFailure[entry.baseURL] = timer.uptime()
            states[entry.baseURL, default: ExchangeState()].lastError = error
            states[entry.baseURL, default: ExchangeState()].lastErrorTime = fetcher.now
            return .failure(error)
        }
    }

    private func keep(_ kept: KeptKeys) {
        do { try cache?.write(kept) } catch {
            logger.notice("keys could not be kept", metadata: ["exchange": "\(kept.baseURL)", "reason": "\(error)"])
        }
    }
}
