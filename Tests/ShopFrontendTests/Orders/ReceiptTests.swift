// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
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

    @Test func aReceiptShowsWhatWasGivenBack() async throws {
        let (order, _) = try await buyer.buy([.goods()])
        try await bench.giveBack("KUDOS:5", of: order)
        let page = try await buyer.get("/receipt/\(order.id)").text
        #expect(page.contains("<dd>5.00 KUDOS</dd>"))
        #expect(page.contains("<strong>7.00 KUDOS</strong>"))
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
