// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ProgramSupport
import ShopFrontend

/// Looks after payments without a known outcome, beside the server.
final class SettlementTask: Stoppable {
    private let task: Task<Void, Never>

    init(_ settlement: Settlement) { task = Task { await settlement.run() } }

    func stop() async {
        task.cancel()
        await task.value
    }
}
