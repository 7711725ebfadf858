// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// Holds everybody until the last has come.
final class Arrivals: Sendable {
    private let left: Mutex<Int>
    private let gate: Gate

    init(_ count: Int, then gate: Gate) {
        left = Mutex(count)
        self.gate = gate
    }

    func next() async {
        let isLast = left.withLock {
            $0 -= 1
            return $0 == 0
        }
        if isLast { gate.open() }
        await gate.wait()
    }
}
