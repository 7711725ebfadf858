// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import ShopCatalog
@testable import ShopFrontend
import ShopStore
import TalerWire
import Testing

struct CashierTests {
    private let catalog: Catalog
    private let texts: Texts

    init() throws {
        catalog = try SampleCatalog.make()
        texts = try ShopBench.texts
    }

    private func buy(
        _ lines: [(String, Int)], _ language: Language = .english, stocks: [Stock] = [], to country: String? = nil, amount: String? = nil
    ) throws -> Purchase {
        Cashier(catalog: catalog, smallestUnit: try Amount("KUDOS:0.01"), words: texts.words(language)).purchase(
            of: try lines.map { CartLine(product: $0.0, quantity: $0.1, amount: try amount.map { try Amount($0) }) },
            stocks: Dictionary(stocks.map { ($0.product, $0) }) { first, _ in first }, to: country.flatMap { CountryCode($0) })
    }

    @Test func aCartOfAllKindsBecomesLines() throws {
        let purchase = try buy([("essay", 2), ("zine", 1), ("lamp", 1), ("cup", 3), ("bag", 1)])
        #expect(purchase.isGood)
        #expect(purchase.hasGoods)
        #expect(purchase.items.compactMap(\.line?.kind) == [.article, .download, .donation, .goods, .goods])
        #expect(purchase.items.compactMap(\.line?.amount.description) == ["KUDOS:1", "KUDOS:1", "KUDOS:1", "KUDOS:10.5", "KUDOS:2"])
        #expect(purchase.items.compactMap(\.line?.unitPrice.description) == ["KUDOS:0.5", "KUDOS:1", "KUDOS:1", "KUDOS:3.5", "KUDOS:2"])
        #expect(purchase.delivery?.amount == (try Amount("KUDOS:0.9")), "the dearest of the goods counts, once")
        #expect(purchase.total == (try Amount("KUDOS:16.4")))
        let wish = try #require(purchase.wish(session: "s", language: .english))
        #expect(wish.lines.count == 6)
        #expect(wish.amount == purchase.total)
        #expect(wish.lines.map(\.title).last == "Delivery")
    }

    @Test func taxesAreExactAndWholeUnits() throws {
        let line = try #require(try buy([("cup", 3)]).items.first?.line)
        // 10.50 × 0.19 ÷ 1.215 = 1.6419…, 10.50 × 0.025 ÷ 1.215 = 0.2160…
        #expect(line.taxes.map(\.name) == ["VAT", "City tax"])
        #expect(line.taxes.map(\.amount.description) == ["KUDOS:1.64", "KUDOS:0.22"])
        #expect(line.taxes.map(\.rate) == ["19", "2.5"])
        #expect(try buy([("card", 1)]).items.first?.line?.taxes.isEmpty == true)
    }

    @Test(arguments: [
        (Language.english, "Delivery", "2–5 days after the payment", "1 day after the payment"),
        (.german, "Versand", "2–5 Tage nach der Zahlung", "1 Tag nach der Zahlung"),
        (.french, "Livraison", "2–5 jours après le paiement", "1 jour après le paiement"),
        (.spanish, "Envío", "2–5 días después del pago", "1 día después del pago"),
        (.italian, "Spedizione", "2–5 giorni dopo il pagamento", "1 giorno dopo il pagamento"),
    ])
    func theLinesSpeakTheBuyersLanguage(language: Language, fee: String, range: String, day: String) throws {
        let purchase = try buy([("cup", 1), ("bag", 1)], language)
        #expect(purchase.delivery?.title == fee)
        #expect(purchase.items.compactMap(\.line?.deliveryDate) == [range, day])
    }

    @Test func theFeeHasTheTaxesOfTheGoodsThatSetIt() throws {
        let fee = try #require(try buy([("bag", 1), ("cup", 1)]).delivery)
        // 0.90 × 0.19 ÷ 1.215 = 0.1407…, 0.90 × 0.025 ÷ 1.215 = 0.0185…
        #expect(fee.taxes.map(\.name) == ["VAT", "City tax"])
        #expect(fee.taxes.map(\.amount.description) == ["KUDOS:0.14", "KUDOS:0.02"])
        #expect(fee.taxes.map(\.rate) == ["19", "2.5"])
        #expect(try buy([("bag", 1)]).delivery?.taxes == [], "those goods have none")
    }

    @Test func taxesAreAddedUpByNameAndRate() throws {
        func tax(_ amount: String, _ rate: String?) throws -> OrderLine.Tax {
            OrderLine.Tax(name: "VAT", amount: try Amount(amount), rate: rate)
        }
        let taxes = [try tax("KUDOS:1", "19"), try tax("KUDOS:0.07", "7"), try tax("KUDOS:2", "19"), try tax("KUDOS:4", nil)]
        #expect(taxes.sums == [try tax("KUDOS:3", "19"), try tax("KUDOS:0.07", "7"), try tax("KUDOS:4", nil)])
        let titles = taxes.sums.map { $0.title(texts.words(.german)).replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") }
        #expect(titles == ["19 % MwSt.", "7 % MwSt.", "MwSt."])
    }

    @Test func whatIsReadIsKept() throws {
        let lines = try buy([("essay", 1), ("zine", 1), ("cup", 1)]).items.compactMap(\.line)
        #expect(
            lines.map(\.text) == [
                SoldText(language: "en", teaser: "Teaser.", body: "Body of it."),
                SoldText(language: "en", teaser: "Teaser.", body: "Body of it."),
                nil,
            ])
        #expect(lines.map(\.file) == [nil, "zine.txt", nil])
    }

    @Test func whatIsSentForNothingHasNoFee() throws {
        let purchase = try buy([("card", 2)])
        #expect(purchase.delivery == nil)
        #expect(purchase.total == (try Amount("KUDOS:0.02")))
        #expect(try buy([("essay", 1)]).delivery == nil)
    }

    @Test(arguments: [
        ("nothing", 1, Purchase.Problem.gone), ("cup", 0, .quantity(maximum: 10)), ("cup", -1, .quantity(maximum: 10)),
        ("cup", 11, .quantity(maximum: 10)), ("cup", .max, .tooMuch), ("lamp", 2, .quantity(maximum: 1)), ("dear", 2, .tooMuch),
        ("essay", 100, .quantity(maximum: 99)),
    ])
    func aLineThatCannotBeOrderedSaysWhy(product: String, quantity: Int, problem: Purchase.Problem) throws {
        let purchase = try buy([("essay", 1), (product, quantity)])
        #expect(purchase.problems.map(\.index) == [1])
        #expect(
            purchase.problems.first?.problem == problem || (quantity == .max && purchase.problems.first?.problem == .quantity(maximum: 10)))
        #expect(!purchase.isGood)
        #expect(purchase.wish(session: "s", language: .english) == nil)
    }

    @Test func sumsDoNotOverflow() throws {
        let purchase = try buy([("zine", 1), ("dear", 1)])
        #expect(purchase.total == nil)
        #expect(purchase.problems.map(\.problem) == [.tooMuch, .tooMuch])
        #expect(!purchase.isGood)
        #expect(try buy([("dear", 1)]).isGood, "what is hidden can be bought by who has its address")
    }

    @Test(arguments: ["KUDOS:0.09", "KUDOS:50.01", "KUDOS:0.105", "EUR:1"])
    func aDonationIsWithinItsLimits(amount: String) throws {
        let problem = try buy([("lamp", 1)], amount: amount).problems.first?.problem
        #expect(problem == .amount(minimum: try Amount("KUDOS:0.1"), maximum: try Amount("KUDOS:50")))
    }

    @Test func onlyDonationsHaveAChosenPrice() throws {
        #expect(try buy([("essay", 1)], amount: "KUDOS:0.01").problems.first?.problem == .fixedPrice)
        #expect(try buy([("lamp", 1)], amount: "KUDOS:2.5").total == (try Amount("KUDOS:2.5")))
    }

    @Test func whatIsNotThereIsSoldOut() async throws {
        let store = try ShopStore.inMemory()
        try await store.setCatalogStock(["cup": 3])
        let stock = try #require(try await store.stock("cup"))
        #expect(try buy([("cup", 3)], stocks: [stock]).isGood)
        #expect(try buy([("cup", 4)], stocks: [stock]).problems.map(\.problem) == [.soldOut(available: 3)])
        #expect(try buy([("cup", 2), ("cup", 2)], stocks: [stock]).problems.map(\.problem) == [.soldOut(available: 1)])
    }

    @Test func goodsGoWhereTheyAreSent() throws {
        #expect(try buy([("cup", 1), ("essay", 1)], to: "DE").isGood)
        let purchase = try buy([("cup", 1), ("bag", 1), ("essay", 1)], to: "FR")
        #expect(purchase.problems.map(\.index) == [0])
        #expect(purchase.problems.map(\.problem) == [.notDelivered(country: try #require(CountryCode("FR")))])
    }

    @Test func anEmptyCartIsNoPurchase() throws {
        #expect(try !buy([]).isGood)
        #expect(try buy([]).wish(session: "s", language: .english) == nil)
    }
}
