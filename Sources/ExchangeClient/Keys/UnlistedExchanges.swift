// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Keys of exchanges that a stranger named and a configured auditor vouches for. In memory only, a few of them, for a short time: whoever
/// names many costs little.
actor UnlistedExchanges {
    /// Exchanges that are remembered, good and bad ones.
    static let maximumCount = 16
    /// Fetches at the same time.
    static let maximumFetches = 4
    /// How long a failure is the answer, so that a stranger cannot have a third party asked again and again.
    static let failureLifetime = Duration.seconds(60)

    private struct Memory {
        var result: Result<VerifiedKeys, KeysError>
        /// When it is fetched anew.
        var end: Duration
        /// When a request last brought about a fetch.
        var lastFetch: Duration
    }

    private let fetcher: KeysFetcher
    private let schedule: RefreshSchedule
    private let timer: any MonotonicTimer
    private var memories: [String: Memory] = [:]
    private var fetches: [String: Task<Result<VerifiedKeys, KeysError>, Never>] = [:]

    init(fetcher: KeysFetcher, schedule: RefreshSchedule, timer: any MonotonicTimer) {
        self.fetcher = fetcher
        self.schedule = schedule
        self.timer = timer
    }

    /// - Throws: ``KeysError``.
    func keys(of baseURL: String, having isEnough: @Sendable (VerifiedKeys) -> Bool) async throws(KeysError) -> VerifiedKeys {
        guard WebOrigin(baseURL) != nil, !baseURL.contains("?") else { throw .unreachable("this is no base URL") }
        let now = timer.uptime()
        if let memory = memories[baseURL], now < memory.end {
            switch memory.result {
            case .failure(let error): throw error
            case .success(let keys):
                if isEnough(keys) || now - memory.lastFetch < schedule.demandInterval { return keys }
            }
        }
        if let fetch = fetches[baseURL] { return try await fetch.value.get() }
        guard fetches.count < Self.maximumFetches else { throw .unreachable("too many exchanges that are not configured are asked for") }
        let fetch = Task { await self.fetch(baseURL) }
        fetches[baseURL] = fetch
        return try await fetch.value.get()
    }

    private func fetch(_ baseURL: String) async -> Result<VerifiedKeys, KeysError> {
        defer { fetches[baseURL] = nil }
        let result: Result<VerifiedKeys, KeysError>
        var lifetime = Self.failureLifetime
        do throws(KeysError) {
            let fetched = try await fetcher.fetchAudited(baseURL)
            let now = fetcher.now
            lifetime = schedule.delay(until: ExchangeState(fetched.keys, fetched.kept).deadline(after: now), now: now)
            result = .success(fetched.keys)
        } catch {
            result = .failure(error)
        }
        let now = timer.uptime()
        if case .failure = result, let memory = memories[baseURL], now < memory.end, case .success = memory.result {
            // What is held stays held.
            memories[baseURL]?.lastFetch = now
            return memory.result
        }
        memories[baseURL] = Memory(result: result, end: now + lifetime, lastFetch: now)
        if memories.count > Self.maximumCount, let oldest = memories.min(by: { $0.value.lastFetch < $1.value.lastFetch })?.key {
            memories[oldest] = nil
        }
        return result
    }
}
