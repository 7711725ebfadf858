// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
public import HTTPCore
public import Logging
public import TalerCrypto
import TalerWire

/// Makes what the exchange will need next, again and again, as long as it runs: a process of its own, since it holds the offline key.
public struct KeyKeeper: Sendable {
    let setup: ExchangeSetup
    let key: EdDSAPrivateKey
    let clock: any WallClock
    let logger: Logger
    /// Waits; throws when cancelled.
    let pause: @Sendable (Duration) async throws -> Void

    /// The clock may be set, and another process may revoke keys: no wait is longer, in seconds.
    static let longestSleep: Int64 = 600

    /// - Parameter pause: waits, and throws when cancelled.
    public init(
        _ setup: ExchangeSetup, key: EdDSAPrivateKey, clock: any WallClock, logger: Logger,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.setup = setup
        self.key = key
        self.clock = clock
        self.logger = logger
        self.pause = pause
    }

    /// Returns when the task is cancelled. A pass that fails is tried again with growing delays.
    public func run() async {
        var backoff = Backoff()
        while !Task.isCancelled {
            var delay: Duration
            do {
                let report = try await setup.extend(with: key, at: clock.now())
                if report.hasChangedKeys { logger.notice("made \(report.words)") }
                let now = clock.now()
                let left = report.nextDue > now ? (report.nextDue.microseconds - now.microseconds) / 1_000_000 : 0
                // A second later rather than earlier: earlier there is nothing to do yet.
                delay = .seconds(min(Int64(clamping: left), Self.longestSleep - 1) + 1)
                backoff.reset()
            } catch {
                if Task.isCancelled { return }
                logger.error("keys cannot be made", metadata: ["error": "\(error)"])
                delay = backoff.next()
            }
            do { try await pause(delay) } catch { return }
        }
    }
}

extension SetupReport {
    /// What has changed, for people.
    public var words: String {
        func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
        let made = "\(count(newSigningKeys, "signing key")), \(count(newDenominations, "denomination"))"
        guard revokedSigningKeys + revokedDenominations > 0 else { return made }
        return made + "; revoked \(count(revokedSigningKeys, "signing key")), \(count(revokedDenominations, "denomination"))"
    }
}
