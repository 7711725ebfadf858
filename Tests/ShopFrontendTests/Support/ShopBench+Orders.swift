// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

extension ShopBench {
    /// The order that an offer belongs to.
    func order(_ offer: JSONObject) async throws -> Order {
        let text = try #require(offer["pay_url"]?.stringValue?.split(separator: "=").last.map(String.init))
        let id = try #require(OrderID(text))
        return try #require(try await store.order(id))
    }

    func hash(_ offer: JSONObject) throws -> ContractHash { try ContractHash(base32: try #require(offer["H_contract"]?.stringValue)) }

    /// The backend says this of every contract.
    func say(_ state: OrderStatus.State) { backend.set { known in known.states = known.states.mapValues { _ in state } } }

    func stock(_ product: String) async throws -> Stock { try #require(try await store.stock(product)) }

    /// How often the backend was asked by an address that holds `part`.
    func asked(_ part: String) -> Int { backend.read { $0.requests.count { $0.url.contains(part) } } }
}
