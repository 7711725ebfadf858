// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import MerchantBackend
import Synchronization

/// Ends the process with SIGKILL, without a chance to do anything else, when payments have come to a step for the n-th time.
final class CrashTrace: PaymentTrace {
    private let step: PaymentStep
    private let left: Mutex<Int>

    init(_ step: PaymentStep, _ count: Int) {
        self.step = step
        left = Mutex(count)
    }

    func reached(_ step: PaymentStep, _ note: PaymentNote) {
        guard step == self.step else { return }
        let isLast = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isLast { _ = kill(getpid(), SIGKILL) }
    }
}
