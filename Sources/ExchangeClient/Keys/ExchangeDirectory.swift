// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
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

    /// What is known of one exchange.
    public struct State: Sendable {
        public var keys: VerifiedKeys?
        /// Why the last fetch failed; nil after a success.
        public var lastError: KeysError?
    }

    public nonisolated let entries: [Entry]
    private let fetcher: KeysFetcher
    private let cacheFolder: String?
    private let logger: Logger
    private let refreshInterval: Duration
    private var states: [String: State] = [:]
    private var fetches: [String: Task<Result<VerifiedKeys, KeysError>, Never>] = [:]
    private var lastFetch: [String: ContinuousClock.Instant] = [:]

    /// - Parameters:
    ///   - cacheFolder: where `/keys` texts are kept over restarts; they are verified anew when read. Nil keeps none.
    ///   - refreshInterval: between two fetches while all is well.
    public init(
        _ entries: [Entry], fetcher: KeysFetcher, cacheFolder: String? = nil, refreshInterval: Duration = .seconds(3600), logger: Logger
    ) {
        self.entries = entries
        self.fetcher = fetcher
        self.cacheFolder = cacheFolder
        self.refreshInterval = refreshInterval
        self.logger = logger
    }

    /// Reads the cache; what does not verify is ignored.
    public func loadCache() {
        for entry in entries {
            guard let file = cacheFile(entry), let data = FileManager.default.contents(atPath: file) else { continue }
            do { states[entry.baseURL] = State(keys: try fetcher.verify(Array(data), master: entry.masterPub)) } catch {
                logger.notice("kept keys are not usable", metadata: ["exchange": "\(entry.baseURL)", "reason": "\(error)"])
            }
        }
    }

    /// What is held, without waiting.
    public func state(of baseURL: String) -> State { states[baseURL] ?? State() }

    /// The keys held, or else fetched now.
    /// - Throws: ``KeysError`` when none are held and none could be fetched.
    public func keys(of baseURL: String) async throws(KeysError) -> VerifiedKeys {
        if let keys = states[baseURL]?.keys { return keys }
        return try await refresh(baseURL)
    }

    /// Fetches the keys anew. Callers at the same time share one fetch, and one that ended a moment ago is not repeated.
    /// - Throws: ``KeysError``; what is held stays held.
    @discardableResult
    public func refresh(_ baseURL: String) async throws(KeysError) -> VerifiedKeys {
        guard let entry = entries.first(where: { $0.baseURL == baseURL }) else { throw .unreachable("it is not configured") }
        if let last = lastFetch[baseURL], ContinuousClock.now - last < .seconds(1), let state = states[baseURL] {
            if let error = state.lastError { throw error }
            if let keys = state.keys { return keys }
        }
        let fetch =
            fetches[baseURL]
            ?? Task { [fetcher] in
                do throws(KeysError) {
                    return .success(try await self.keep(fetcher.fetch(baseURL, master: entry.masterPub), of: entry))
                } catch {
                    return .failure(error)
                }
            }
        fetches[baseURL] = fetch
        let result = await fetch.value
        fetches[baseURL] = nil
        lastFetch[baseURL] = .now
        switch result {
        case .success(let keys):
            states[baseURL] = State(keys: keys)
            return keys
        case .failure(let error):
            states[baseURL, default: State()].lastError = error
            throw error
        }
    }

    /// Keeps the keys fresh until the task is cancelled, each exchange's by itself: at once, then at intervals, which begin small and grow
    /// while fetching fails.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            for entry in entries { group.addTask { await self.keepFresh(entry) } }
        }
    }

    private func keepFresh(_ entry: Entry) async {
        var delay = Duration.seconds(1)
        while !Task.isCancelled {
            let previous = states[entry.baseURL]?.lastError
            do throws(KeysError) {
                try await refresh(entry.baseURL)
                delay = .seconds(1)
                try? await Task.sleep(for: refreshInterval)
            } catch {
                if error != previous { logger.warning("\(error)", metadata: ["exchange": "\(entry.baseURL)"]) }
                delay = min(delay * 2, .seconds(60))
                try? await Task.sleep(for: delay)
            }
        }
    }

    private func keep(_ fetched: KeysFetcher.Fetched, of entry: Entry) -> VerifiedKeys {
        if let file = cacheFile(entry) {
            do { try Data(fetched.text).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                logger.notice("keys could not be kept", metadata: ["exchange": "\(entry.baseURL)", "reason": "\(error)"])
            }
        }
        return fetched.keys
    }

    private func cacheFile(_ entry: Entry) -> String? { cacheFolder.map { "\($0)/keys-\(entry.masterPub).json" } }
}
