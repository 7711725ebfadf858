// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging

/// Looks whether another process has changed the keys, and takes them in, while the exchange serves.
struct KeyWatch: Sendable {
    let keys: KeyRing
    let logger: Logger
    /// Waits; throws when cancelled.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Between two looks, of which each reads one number.
    static let interval = Duration.milliseconds(500)

    /// Returns when the task is cancelled.
    func run() async {
        var backoff = Backoff()
        var complaint: String?
        while !Task.isCancelled {
            var delay = Self.interval
            do {
                if try await keys.reloadIfChanged() { logger.notice("other keys are in use") }
                complaint = nil
                backoff.reset()
            } catch {
                if Task.isCancelled { return }
                // Once for each reason: the keys in use stay, and it is tried again.
                if complaint != "\(error)" { logger.error("changed keys cannot be used", metadata: ["error": "\(error)"]) }
                complaint = "\(error)"
                delay = backoff.next()
            }
            do { try await pause(delay) } catch { return }
        }
    }
}
