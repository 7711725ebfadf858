// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore

/// An order's own pages. One key opens all of them, the page to pay it and the page of what was bought.
extension ShopLinks {
    /// The order's page for whoever has the link: another device may pay by it, and look.
    func sharedOrder(_ id: OrderID) -> String { "\(order(id))?key=\(orderKey(id))" }
    func orderState(_ id: OrderID) -> String { "\(order(id))/state?key=\(orderKey(id))" }
    func cancel(_ id: OrderID) -> String { "\(order(id))/cancel" }
    func again(_ id: OrderID) -> String { "\(order(id))/again" }
    func receipt(_ order: OrderID) -> String { "\(settings.base)/receipt/\(order)?key=\(orderKey(order))" }
    func contract(order: OrderID) -> String { "\(settings.base)/taler/contract?order=\(order)&key=\(orderKey(order))" }
    var purchases: String { "\(settings.base)/purchases" }
    var cart: String { "\(settings.base)/cart" }

    /// One position of what was bought.
    func fulfillment(_ order: OrderID, position: Int) -> String {
        "\(settings.base)/fulfillment/\(order)/\(position)?key=\(orderKey(order))"
    }

    func download(_ order: OrderID, position: Int) -> String {
        "\(settings.base)/download/\(order)/\(position)?key=\(downloadKey(order))"
    }

    /// What was given back of one contract of the order.
    func refund(_ order: OrderID, contract: String) -> String { "\(refund(order))&H_contract=\(contract)" }

    func isOrderKey(_ key: String?, of order: OrderID) -> Bool { isFulfillmentKey(key, of: order) }
}
