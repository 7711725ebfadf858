// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Logging
import MerchantStore

/// Gives back what exchanges have accepted and what paid for nothing: of contracts that were paid in part only, once these have expired and
/// nothing is under way; and of contracts that other coins have paid as a whole afterwards.
public actor ExpiredPayments {
    private let store: MerchantStore
    private let returns: any CoinReturns
    private let clock: any WallClock
    private let timer: any MonotonicTimer
    private let logger: Logger
    private var rounds: Task<Void, Never>?

    /// Between two rounds.
    static let interval = Duration.seconds(60)

    init(store: MerchantStore, returns: any CoinReturns, clock: any WallClock, timer: any MonotonicTimer, logger: Logger) {
        self.store = store
        self.returns = returns
        self.clock = clock
        self.timer = timer
        self.logger = logger
    }

    /// Works at intervals until ``stop()``.
    public func start() {
        guard rounds == nil else { return }
        rounds = Task { [timer] in
            while !Task.isCancelled {
                await self.round()
                try? await timer.sleep(for: Self.interval)
            }
        }
    }

    public func stop() { rounds?.cancel() }

    /// Looks once.
    /// - Returns: for how many contracts everything, and of how many other deposits the coins are to be given back from now on.
    @discardableResult
    public func round() async -> Int {
        var count = 0
        do {
            for contract in try await store.contractsToGiveBack(now: clock.now()) {
                do {
                    try await returns.giveBackEverything(of: contract)
                    count += 1
                } catch { complain(error, ["contract": "\(contract.hash)"]) }
            }
            for (contract, intent) in try await store.surplusDeposits() {
                do {
                    try await returns.giveBackSurplus(intent, of: contract)
                    count += 1
                } catch { complain(error, ["contract": "\(contract.hash)", "intent": "\(intent.id)"]) }
            }
        } catch { complain(error, [:]) }
        return count
    }

    private func complain(_ error: any Error, _ metadata: Logger.Metadata) {
        var metadata = metadata
        metadata["error"] = "\(error)"
        logger.error("what paid for nothing could not be given back yet", metadata: metadata)
    }
}
