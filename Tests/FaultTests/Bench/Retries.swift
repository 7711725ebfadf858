// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// How long a backend waits before it asks an exchange again: for ever, or not at all, as a test wants it.
final class Retries: Sendable {
    private let atOnce: Mutex<Bool>
    private let count = Mutex(0)
    private let limit: Int

    /// - Parameters:
    ///   - atOnce: it does not wait.
    ///   - limit: but only so many times.
    init(atOnce: Bool = false, limit: Int = .max) {
        self.atOnce = Mutex(atOnce)
        self.limit = limit
    }

    /// How many delays were asked for.
    var asked: Int { count.withLock { $0 } }

    func delay(_ attempts: Int) -> Duration {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return atOnce.withLock { $0 } && number <= limit ? .milliseconds(2) : .seconds(1_000_000)
    }

    /// Counts from the next delay on.
    func areAtOnce(_ value: Bool) { atOnce.withLock { $0 = value } }
}
