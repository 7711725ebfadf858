// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import Synchronization

/// Who may wait for a change of an order. Each wait holds a connection, and there have to be some for those who want to look and buy.
final class WaitingSeats: Sendable {
    /// About half of the connections of a server.
    static let maximumCount = 256
    /// An order is looked at in a few tabs of a few devices.
    static let maximumPerOrder = 8

    private let taken = Mutex<[OrderID: Int]>([:])

    /// - Returns: false when there is none. Otherwise ``leave(_:)`` has to follow.
    func take(_ order: OrderID) -> Bool {
        taken.withLock { taken in
            let count = taken[order] ?? 0
            guard count < Self.maximumPerOrder, taken.values.reduce(0, +) < Self.maximumCount else { return false }
            taken[order] = count + 1
            return true
        }
    }

    func leave(_ order: OrderID) {
        taken.withLock { taken in
            guard let count = taken[order] else { return }
            taken[order] = count > 1 ? count - 1 : nil
        }
    }
}
