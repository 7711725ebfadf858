// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ProgramSupport
import ShopFrontend

/// Looks after payments without a known outcome, beside the server.
final class SettlementTask: Stoppable {
    private let settlement: Settlement
    private let task: Task<Void, Never>

    init(_ settlement: Settlement) {
        self.settlement = settlement
        task = Task { await settlement.run() }
    }

    func stop() async {
        // Pages that wait are answered.
        settlement.bell.close()
        task.cancel()
        await task.value
    }
}
