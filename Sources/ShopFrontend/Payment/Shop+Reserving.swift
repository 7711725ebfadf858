// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopStore
import TalerWire

extension Shop {
    /// The detail of a refusal because of other browsers of the same network.
    static let holdsOfNetwork = "network"

    /// Makes an order. Orders of the same browser whose time is over do not stand in its way; refusals of the store become answers.
    /// - Throws: ``APIError``: 410 / 2670 with `product` and `available`, 429 / 44 for too many unpaid orders, with
    ///   ``holdsOfNetwork`` as detail when they are those of the whole network.
    func reserving(session: String, _ words: Words, _ place: () async throws -> Order) async throws -> Order {
        do {
            do { return try await place() } catch let error as ShopStoreError where error.isAboutHolds {
                try await settlement.refreshOverdue(of: session)
                return try await place()
            }
        } catch ShopStoreError.soldOut(let product, let available) {
            throw APIError.soldOut(product, available: available, words)
        } catch ShopStoreError.tooManyHolds {
            throw APIError(.genericForbidden, hint: words("offer.holds"), status: 429)
        } catch ShopStoreError.tooManyHoldsOfNetwork {
            throw APIError(.genericForbidden, hint: words("offer.holdsOfNetwork"), detail: Self.holdsOfNetwork, status: 429)
        }
    }

    /// 410 / 2161 for an order that takes no payment any more.
    func closed(_ order: Order, _ words: Words) -> APIError {
        let hint =
            switch (order.state, order.closed?.reason) {
            case (.returned, _): words("offer.returned")
            case (_, .cancelled): words("offer.cancelled")
            default: words("offer.closed")
            }
        return APIError(
            .merchantPostOrdersIdPayOfferExpired, hint: hint, members: ["order_url": .string(links.absolute(links.order(order.id)))])
    }
}

extension APIError {
    static func soldOut(_ product: String, available: Int, _ words: Words) -> APIError {
        APIError(
            .merchantPrivatePostProductsLockInsufficientStocks,
            hint: available == 0 ? words("offer.soldOut") : words("offer.left", count: available),
            members: ["product": .string(product), "available": .integer(Int64(available))])
    }
}

extension ShopStoreError {
    fileprivate var isAboutHolds: Bool {
        switch self {
        case .soldOut, .tooManyHolds, .tooManyHoldsOfNetwork: true
        default: false
        }
    }
}
