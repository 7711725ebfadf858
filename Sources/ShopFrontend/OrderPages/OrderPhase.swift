// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore

/// What an order's page shows, and what its script waits for a change of.
enum OrderPhase: String, Sendable {
    /// It may be paid.
    case open
    /// A payment may still settle.
    case paying
    case paid
    /// Paid, and all of it is given back.
    case refunded
    case closed
    /// Money came for a closed order, and goes back.
    case returned

    init(_ order: Order, isUnderWay: Bool) {
        self =
            switch order.state {
            case .open: isUnderWay ? .paying : .open
            case .paid: order.isWhollyRefunded ? .refunded : .paid
            case .closed: .closed
            case .returned: .returned
            }
    }

    /// Whether something may still come of it without the buyer's doing more.
    var isWaiting: Bool { self == .open || self == .paying }

    /// Whether the page of what was bought is the place to be.
    var isBought: Bool { self == .paid || self == .refunded }
}
