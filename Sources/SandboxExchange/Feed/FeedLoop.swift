// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging

/// Asks a bank again and again. One that is down is asked with growing delays, and complained about once.
struct FeedLoop: Sendable {
    let logger: Logger
    /// What cannot be done while the bank is down.
    let complaint: Logger.Message
    /// What is said when it is up again.
    let relief: Logger.Message
    /// Waits; throws when cancelled.
    let pause: @Sendable (Duration) async throws -> Void

    /// Returns when the task is cancelled.
    /// - Parameter step: asks once and returns the number of rows that came; its parameter is false for the first time, and until it
    ///   succeeds again after an error.
    func run(_ step: (_ isSettled: Bool) async throws -> Int) async {
        var backoff = Backoff()
        var (isDown, isSettled) = (false, false)
        while !Task.isCancelled {
            var idle = Duration.zero
            do {
                let rows = try await step(isSettled)
                if isDown { logger.notice(relief) }
                (isDown, isSettled) = (false, true)
                backoff.reset()
                // A bank that does not keep questions open is not asked without end.
                if rows == 0 { idle = .milliseconds(250) }
            } catch {
                if Task.isCancelled { return }
                if !isDown { logger.warning(complaint, metadata: ["error": "\(error)"]) }
                (isDown, isSettled) = (true, false)
                idle = backoff.next()
            }
            do { if idle > .zero { try await pause(idle) } } catch { return }
        }
    }
}
