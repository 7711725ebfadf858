// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import ShopStore
import TalerWire

extension Shop {
    /// As long as the session's cookie, which a browser keeps since it was set: nobody comes back to an older cart.
    static let cartTime: Int64 = 90 * 86_400

    /// Forgets carts that nobody has touched for 90 days. A failure is written to the log: there is another time.
    public func dropOldCarts() async {
        do { try await store.dropCarts(before: clock.now().advanced(bySeconds: -Self.cartTime)) } catch {
            logger.error("old carts could not be dropped", metadata: ["error": "\(error)"])
        }
    }
}
