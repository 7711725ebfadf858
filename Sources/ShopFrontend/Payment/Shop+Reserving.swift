// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

extension Shop {
    /// Makes an order. Orders of the same browser whose time is over do not stand in its way; refusals of the store become answers.
    /// - Throws: ``APIError``: 410 / 2670 with `product` and `available`, 429 / 44 for too many unpaid orders.
    func reserving(session: String, _ place: () async throws -> Order) async throws -> Order {
        do {
            do { return try await place() } catch let error as ShopStoreError where error.isAboutHolds {
                try await settlement.refreshOverdue(of: session)
                return try await place()
            }
        } catch ShopStoreError.soldOut(let product, let available) {
            throw APIError.soldOut(product, available: available)
        } catch ShopStoreError.tooManyHolds {
            throw APIError(
                .genericForbidden, hint: "Too many unpaid orders hold goods for you. Please pay or cancel one of them first.", status: 429)
        }
    }

    /// 410 / 2161 for an order that takes no payment any more.
    func closed(_ order: Order) -> APIError {
        let hint =
            switch (order.state, order.closed?.reason) {
            case (.returned, _): "This order was closed when its payment came. The money goes back to you."
            case (_, .cancelled): "This order was cancelled. Nothing was charged."
            default: "The time to pay this order is over. Nothing was charged."
            }
        return APIError(
            .merchantPostOrdersIdPayOfferExpired, hint: hint, members: ["order_url": .string(links.absolute(links.order(order.id)))])
    }
}

extension APIError {
    static func soldOut(_ product: String, available: Int) -> APIError {
        APIError(
            .merchantPrivatePostProductsLockInsufficientStocks,
            hint: available == 0 ? "This is sold out." : "There are only \(available) of this left.",
            members: ["product": .string(product), "available": .integer(Int64(available))])
    }
}

extension ShopStoreError {
    fileprivate var isAboutHolds: Bool {
        switch self {
        case .soldOut, .tooManyHolds: true
        default: false
        }
    }
}
