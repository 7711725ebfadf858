// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// How often what went wrong.
final class FaultTable: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ kind: String, times: Int = 1) { counts.withLock { $0[kind, default: 0] += times } }

    subscript(_ kind: String) -> Int { counts.withLock { $0[kind] ?? 0 } }

    var total: Int { counts.withLock { $0.values.reduce(0, +) } }

    /// A line for each kind.
    var lines: [String] {
        counts.withLock { counts in
            counts.sorted { $0.key < $1.key }.map { kind, count in
                "fault " + kind + String(repeating: " ", count: max(1, 36 - kind.count)) + String(count)
            }
        }
    }
}
