// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// Hears of keys that have no text.
public final class MissingTexts: Sendable {
    private let heard = Mutex<Set<String>>([])

    public init() {}

    /// Sorted.
    public var keys: [String] { heard.withLock { $0.sorted() } }

    func note(_ key: String) { heard.withLock { _ = $0.insert(key) } }
}
