// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import MerchantCore
import ShopCatalog
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// What the shop proposes is what the backend takes: checked by the backend's own rules.
struct PropositionTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench(catalog: try SampleCatalog.make()) }

    private let address = Delivery(
        name: "Ada \u{7}Ünlü", street: "Hauptstraße\n", streetNumber: "7a", zipCode: "01067", city: "Dresden", state: "SN", country: "DE")

    private func order(_ lines: [(String, Int)], _ language: Language = .english) async throws -> Order {
        let cashier = Cashier(
            catalog: bench.shop.catalog, smallestUnit: bench.shop.settings.smallestUnit, words: bench.shop.texts.words(language))
        let purchase = cashier.purchase(of: lines.map { CartLine(product: $0.0, quantity: $0.1) })
        let wish = try #require(purchase.wish(session: "s", language: language, address: address))
        return try await bench.store.checkOut(
            wish, of: [], checkout: "\(lines)\(language)", at: bench.clock.now(), heldUntil: bench.clock.now().advanced(bySeconds: 3600))
    }

    private func contract(_ order: Order) throws -> JSONObject {
        let proposition = ShopFrontend.Proposition(
            settings: bench.shop.settings, order: order, transactionID: 77, now: bench.clock.now())
        let rules = MoneyRules(currency: bench.shop.settings.currency, smallestUnit: bench.shop.settings.smallestUnit)
        let checked = try MerchantCore.Proposition(proposition.json, money: rules, merchant: .zero, now: bench.clock.now())
        #expect(JSONValue.object(checked.json) == proposition.json, "it has the classic form already")
        return checked.json
    }

    @Test(arguments: Language.allCases)
    func everyKindOfLineIsTaken(language: Language) async throws {
        let order = try await order([("essay", 2), ("zine", 1), ("lamp", 1), ("cup", 3), ("bag", 1)], language)
        let contract = try contract(order)
        let products = try #require(contract["products"]?.arrayValue)
        #expect(products.count == 6)
        #expect(contract["amount"]?["value"] == .integer(16))
        #expect(contract["amount"]?["fraction"] == .integer(40_000_000))
        #expect(products[3]["taxes"]?.arrayValue?.count == 2)
        #expect(products[3]["delivery_location"] == "delivery")
        #expect(products[3]["delivery_date"]?.stringValue?.hasPrefix("2–5 ") == true)
        #expect(products[0]["delivery_location"] == "http://shop.example:8080/product/essay")
        #expect(products[5]["product_id"] == nil, "the fee is no product")
        #expect(contract["repurchase_correlation_id"] == nil)
        let sum = try products.map { try Amount(json: try #require($0["price"])) }
        #expect(try Amount.sum(sum, in: order.amount.currency) == order.amount)
    }

    @Test func theAddressStandsInTheContractWithoutControlCharacters() async throws {
        let contract = try contract(try await order([("cup", 1)]))
        #expect(
            contract["locations"]?["delivery"] == [
                "name": "Ada Ünlü", "street": "Hauptstraße", "street_number": "7a", "zip_code": "01067", "city": "Dresden",
                "country": "DE", "state": "SN",
            ])
    }

    @Test func theSellersPlaceHasItsPostcode() async throws {
        var settings = bench.shop.settings
        settings.address = [("country", "DE"), ("city", "Dresden"), ("zip_code", "01067"), ("street", "Hauptstraße 1")]
        let proposition = ShopFrontend.Proposition(
            settings: settings, order: try await order([("essay", 1)]), transactionID: 77, now: bench.clock.now())
        let rules = MoneyRules(currency: settings.currency, smallestUnit: settings.smallestUnit)
        let checked = try MerchantCore.Proposition(proposition.json, money: rules, merchant: .zero, now: bench.clock.now())
        #expect(
            checked.json["locations"]?["shop"] == ["country": "DE", "city": "Dresden", "zip_code": "01067", "street": "Hauptstraße 1"])
    }

    @Test func anAddressIsNotInAContractThatSendsNothing() async throws {
        let order = try await order([("essay", 1)])
        #expect(order.delivery == nil)
        #expect(try contract(order)["locations"]?.objectValue?.names == ["shop"])
    }

    @Test(arguments: [("essay", "essay"), ("zine", "zine"), ("lamp", nil), ("cup", nil)])
    func whatIsSoldOnceIsNamed(product: String, name: String?) async throws {
        #expect(try contract(try await order([(product, 1)]))["repurchase_correlation_id"]?.stringValue == name)
    }

    @Test func anOrderFromBeforeIsTaken() async throws {
        let line = OrderLine(
            product: "old", number: 0, title: "old", kind: .unknown, quantity: 1, unitPrice: try Amount("KUDOS:1"),
            amount: try Amount("KUDOS:1"))
        let wish = Wish(session: "s", lines: [line], amount: line.amount)
        _ = try contract(try await bench.store.order(for: wish, at: bench.clock.now(), heldUntil: bench.clock.now()))
    }
}
