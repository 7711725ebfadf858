// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ProgramSupport
import ShopFrontend

/// Drops carts that nobody comes back to, beside the server: at the start and then every hour.
final class CartTask: Stoppable {
    private let task: Task<Void, Never>

    init(_ shop: Shop) {
        task = Task {
            while !Task.isCancelled {
                await shop.dropOldCarts()
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }

    func stop() async {
        task.cancel()
        await task.value
    }
}
