// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// `GET /receipt/ID` and `GET /purchases`.
struct ReceiptTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    @Test func aReceiptSaysWhoSoldWhatForHowMuch() async throws {
        let (order, link) = try await buyer.buy([.essay(), .goods(), .sending()])
        let receipt = try buyer.link(try await bench.visitor().get(link), "/receipt/\(order.id)?key=")
        let page = try await bench.visitor().get(receipt)
        let hash = try #require(try await bench.store.currentOffer(of: order.id)?.contractHash)
        for part in [
            "The Quiet Press", "Testtown", "Testland", "A Mug", "4.00", "12.00", "including VAT 19%", "2.00", "14.50 KUDOS", "Ada Byte",
            "15 January 2027, 08:00 UTC", order.id.text, "\(try #require(order.paidTransaction))", "\(hash)", "Paid with GNU Taler",
        ] { #expect(page.text.contains(part), "\(part)") }
    }

    @Test func aReceiptIsInTheLanguageOfTheOrderUnlessAnotherIsWanted() async throws {
        let (order, _) = try await buyer.buy([.essay()], delivery: nil, language: "fr")
        let page = try await buyer.get("/receipt/\(order.id)", language: "en")
        #expect(page.text.contains("<html lang=\"fr\">"))
        #expect(page.text.contains("<h1>Reçu</h1>"))
        #expect(try await buyer.get("/receipt/\(order.id)?lang=es", language: "en").text.contains("<h1>Recibo</h1>"))
    }

    @Test func aReceiptNamesEachTaxWithItsRateInThePagesLanguage() async throws {
        let lines = try [("a", "19", "KUDOS:0.16"), ("b", "7", "KUDOS:0.07"), ("c", "19", "KUDOS:0.32")].map { name, rate, tax in
            OrderLine(
                product: name, number: 1, title: name, kind: .article, quantity: 1, unitPrice: try Amount("KUDOS:1"),
                amount: try Amount("KUDOS:1"), taxes: [OrderLine.Tax(name: "VAT", amount: try Amount(tax), rate: rate)])
        }
        let (order, _) = try await buyer.buy(lines, delivery: nil, language: "de")
        let page = try await buyer.get("/receipt/\(order.id)", language: "de").text
            .replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
        #expect(!page.contains(" VAT"))
        for part in [
            "<small>darin 19 % MwSt. · 0,16</small>", "<small>darin 7 % MwSt. · 0,07</small>",
            "<small>darin 19 % MwSt. · 0,32</small>", "darin 19 % MwSt.</th><td class=\"number\" colspan=\"2\">0,48</td>",
            "darin 7 % MwSt.</th><td class=\"number\" colspan=\"2\">0,07</td>",
        ] { #expect(page.contains(part), "\(part)") }
    }

    @Test func anOrderOfAnotherLanguageIsShownInThePages() async throws {
        let goods = OrderLine(
            product: "cup", number: 1, title: "A Mug", kind: .goods, quantity: 1, unitPrice: try Amount("KUDOS:4"),
            amount: try Amount("KUDOS:4"), deliveryDate: "3–6 days after the payment")
        let (order, _) = try await buyer.buy([goods, .goods(), .sending()])
        let page = try await buyer.get("/receipt/\(order.id)?lang=de").text
        for part in [
            "<span lang=\"en\">A Mug</span>", "<span lang=\"de\">3–6 Tage nach der Zahlung</span>", "<span lang=\"de\">Versand</span>",
            "<span lang=\"en\">in 3 to 5 days</span>",
        ] { #expect(page.contains(part), "\(part)") }
    }

    @Test func theSellersPlaceIsWrittenForTheReader() throws {
        var settings = bench.shop.settings
        settings.address = [("country", "AT"), ("city", "Wien"), ("zip_code", "1010"), ("street", "Graben 1")]
        settings.taxNumber = "ATU1"
        let words = bench.shop.texts.words(.french)
        let seller = ReceiptPage.Seller(settings, words)
        #expect(seller.address == ["Graben 1", "1010 Wien", "Autriche"])
        #expect(seller.taxNumber == "ATU1")
    }

    @Test func aReceiptShowsWhatWasGivenBack() async throws {
        let (order, _) = try await buyer.buy([.goods()])
        try await bench.giveBack("KUDOS:5", of: order)
        let page = try await buyer.get("/receipt/\(order.id)").text
        #expect(page.contains("<dd>5.00 KUDOS</dd>"))
        #expect(page.contains("<strong>7.00 KUDOS</strong>"))
        #expect(page.contains("Taxes are those of the sale as it was made"))
    }

    @Test func thereIsNoReceiptForWhatIsNotPaid() async throws {
        let order = try await buyer.order()
        #expect(try await buyer.get("/receipt/\(order.id)").fields["Location"] == "/order/\(order.id)")
    }

    @Test func ordersAreListedNewestFirstTwentyToAPage() async throws {
        for number in 0..<45 {
            _ = try await buyer.order([try .essay("Essay \(number)")], delivery: nil)
            bench.clock.advance(bySeconds: 60)
        }
        var target = "/purchases"
        var seen: [Int] = []
        for count in [20, 20, 5] {
            let page = try await buyer.get(target)
            let found = page.text.matches(of: /Essay ([0-9]+)</).compactMap { Int($0.output.1) }
            #expect(found.count == count)
            seen += found
            if count == 20 { target = try #require(page.text.firstMatch(of: /rel="next" href="([^"]*)"/).map { String($0.output.1) }) }
        }
        #expect(seen == (0..<45).reversed())
        #expect(target == "/purchases?page=3")
        for page in ["0", "-7", "x", "99999999999999999999"] { #expect(try await buyer.get("/purchases?page=\(page)").status == 200) }
    }

    @Test func everyStateHasItsWordAndItsWay() async throws {
        let open = try await buyer.order([try .essay("Open One")], delivery: nil)
        let ended = try await buyer.order([try .essay("Ended One")], delivery: nil)
        _ = try await buyer.submit(try await buyer.get("/order/\(ended.id)"), "/order/\(ended.id)/cancel")
        let (paid, link) = try await buyer.buy([try .essay("Paid One"), .goods()])
        let page = try await buyer.get("/purchases").text
        for word in ["To be paid", "Cancelled", "Paid", "and 1 more", "12.50 KUDOS"] { #expect(page.contains(word), "\(word)") }
        #expect(page.contains("href=\"/order/\(open.id)\""))
        #expect(page.contains("href=\"/order/\(ended.id)\""))
        #expect(page.contains("href=\"\(link)\""))
        #expect(page.contains("href=\"/receipt/\(paid.id)?key="))
        #expect(!page.contains("/receipt/\(open.id)"))
    }

    @Test func aBrowserWithoutOrdersIsToldSoAndGetsNoCookie() async throws {
        let page = try await buyer.get("/purchases")
        #expect(page.status == 200)
        #expect(page.text.contains("This browser has no orders."))
        #expect(buyer.cookie == nil)
    }
}
