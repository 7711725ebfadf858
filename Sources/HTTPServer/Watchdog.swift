// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// A thread that looks at the clock: it needs no place in the pool that handlers run in, so it works when they block it.
struct Watchdog {
    private let interval: TimeInterval

    /// Looks four times within the shortest limit, at most a hundred times and at least twice a second.
    init(limits: ServerLimits) {
        let shortest = min(limits.requestTime, limits.answerTime, limits.handlerTime)
        interval = min(0.5, max(0.01, shortest / .seconds(1) / 4))
    }

    /// Calls `check` until it says false.
    func start(_ check: @escaping @Sendable () -> Bool) {
        let interval = interval
        Thread.detachNewThread { while check() { Thread.sleep(forTimeInterval: interval) } }
    }
}

extension Duration {
    var secondsRoundedUp: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}
