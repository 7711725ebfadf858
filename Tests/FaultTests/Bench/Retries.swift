// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// How long a backend waits before it asks an exchange again: for ever, or not at all, as a test wants it.
final class Retries: Sendable {
    private let atOnce: Mutex<Bool>
    private let count = Mutex(0)

    /// - Parameter atOnce: it does not wait.
    init(atOnce: Bool = false) { self.atOnce = Mutex(atOnce) }

    /// How many delays were asked for.
    var asked: Int { count.withLock { $0 } }

    func delay(_ attempts: Int) -> Duration {
        count.withLock { $0 += 1 }
        return atOnce.withLock { $0 } ? .milliseconds(2) : .seconds(1_000_000)
    }

    /// Counts from the next delay on.
    func areAtOnce(_ value: Bool) { atOnce.withLock { $0 = value } }
}
