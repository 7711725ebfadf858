// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantCore
import TalerWire

/// A paid contract, for refund tests.
struct PaidContract {
    let merchant: Merchant
    let contract: ContractResponse
    let coins: [TestCoin]

    /// - Parameter coins: denomination and contribution of each.
    init(
        _ merchant: Merchant? = nil, price: String = "0.5", coins values: [(String, String)] = [("0.64", "0.5")], transactionID: Int64 = 1
    ) async throws {
        let merchant = if let merchant { merchant } else { try await Merchant() }
        self.merchant = merchant
        contract = try await merchant.contract(transactionID, price: price)
        coins = try await merchant.exchange.coins(values.map { amount($0.0) }, row: transactionID)
        let permission = try merchant.permission(contract, Array(zip(coins, values.map(\.1))))
        let answer = try await merchant.pay(permission)
        guard answer.status == 200 else { throw FixtureError.refused(answer.text) }
    }

    func refund(_ digits: String, reason: String = "broken") async -> Response {
        await merchant.send(
            .post, "/refund",
            ["H_contract": contract.contractHash.json, "refund": .string("KUDOS:\(digits)"), "reason": .string(reason)])
    }

    func refunded(_ digits: String) async throws -> RefundList { try await refund(digits).json().decode() }

    func list(wait: Bool = false) async throws -> RefundList {
        try await merchant.send(.get, "/refund?H_contract=\(contract.contractHash)" + (wait ? "&timeout_ms=60000" : "")).json().decode()
    }

    /// The list once every part has an outcome.
    func settledList() async throws -> RefundList {
        var list = try await list(wait: true)
        while list.refunds.contains(where: { $0.status == .open || $0.status == .stuck }) { list = try await self.list(wait: true) }
        return list
    }

    func order() async throws -> OrderStatus { try await merchant.order(contract) }

    /// Spends of a coin in another shop, straight at the exchange.
    func spend(_ coin: TestCoin, _ digits: String) async throws -> Response {
        try await merchant.exchange.deposit(TestPurchase().request([(coin, amount(digits))]))
    }
}
