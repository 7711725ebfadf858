// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension ShopStore {
    /// So many unpaid orders with reserved goods a browser may have.
    public static let maximumHolds = 5
    /// So many all browsers of one network may have together: a household, an office, a school.
    public static let maximumHoldsOfNetwork = 20

    /// - Throws: ``ShopStoreError/tooManyHolds``, ``ShopStoreError/tooManyHoldsOfNetwork``.
    static func checkHolds(_ database: Database, of wish: Wish) throws {
        let holds =
            try Int.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) FROM orders o WHERE session = ? AND state = 'open'
                    AND EXISTS (SELECT * FROM order_line l WHERE l.order_id = o.id AND l.takes_stock)
                    """, arguments: [wish.session]) ?? 0
        guard holds < maximumHolds else { throw ShopStoreError.tooManyHolds }
        guard let network = wish.network else { return }
        // Only orders that hold goods have one.
        let together =
            try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM orders WHERE network = ? AND state = 'open'", arguments: [network]) ?? 0
        guard together < maximumHoldsOfNetwork else { throw ShopStoreError.tooManyHoldsOfNetwork }
    }
}
