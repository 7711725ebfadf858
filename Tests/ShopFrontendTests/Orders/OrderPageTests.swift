// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import TestSupport
import Testing

/// `GET /order/ID`, and what its forms do.
struct OrderPageTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    @Test func anOpenOrderShowsItsLinesItsTotalAndTheWayToPay() async throws {
        let order = try await buyer.order([.essay(), .goods(), .sending()])
        let page = try await buyer.get("/order/\(order.id)", accept: "text/html")
        #expect(page.status == 200)
        for part in [
            "What Small Change Is For", "A Mug", "<td class=\"number\">3</td>", "14.50 KUDOS", "including VAT 19%", "2.00", "Ada Byte",
            "01067 Testtown", "data-contract-url=\"/taler/contract?order=\(order.id)&amp;key=", "datetime=\"2027-01-15T09:00:00Z\"",
            "15 January 2027, 09:00 UTC", "action=\"/order/\(order.id)/cancel\"", "data-order-state=\"open\"",
            "<noscript><meta http-equiv=\"refresh\" content=\"20\"></noscript>",
        ] { #expect(page.text.contains(part), "\(part)") }
        #expect(page.fields["Cache-Control"] == "no-store")
    }

    @Test func thePageOffersNoOtherWayToPayYet() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        #expect(!page.text.contains("other-way"))
        #expect(!page.text.contains("taler://"))
    }

    @Test func titlesAreMarkedWithTheLanguageTheyWereBoughtIn() async throws {
        let order = try await buyer.order([.essay("Wozu Kleingeld da ist")], delivery: nil, language: "de")
        #expect(try await buyer.get("/order/\(order.id)").text.contains("<span lang=\"de\">Wozu Kleingeld da ist</span>"))
    }

    @Test func anotherDeviceMayPayByTheLinkAndNotEndTheOrder() async throws {
        let order = try await buyer.order()
        let link = try buyer.link(try await buyer.get("/order/\(order.id)"), "http://shop.example:8080/order/\(order.id)?key=")
        let other = bench.visitor()
        let page = try await other.get(String(link.dropFirst("http://shop.example:8080".count)), accept: "text/html")
        #expect(page.status == 200)
        #expect(page.text.contains("data-taler-pay"))
        #expect(!page.text.contains("/cancel"))
        _ = try other.session()
        let token = try #require(
            try await buyer.get("/order/\(order.id)").text.firstMatch(of: /name="form_token" value="([^"]*)"/)?.output.1)
        #expect(try await other.post("/order/\(order.id)/cancel", "form_token=\(token)").status == 403)
        #expect(try await bench.store.order(order.id)?.state == .open)
    }

    @Test func aPaymentUnderWayIsToldAndPaysOnlyOnce() async throws {
        let order = try await buyer.order()
        let offer = try await buyer.offer("order=\(order.id)")
        bench.backend.set { $0.answer = .silence }
        #expect(try await buyer.pay(offer).status == 504)
        let page = try await buyer.get("/order/\(order.id)")
        #expect(page.text.contains("Your payment is under way"))
        #expect(page.text.contains("data-order-state=\"paying\""))
        #expect(page.text.contains("Send the payment again"))
        #expect(!page.text.contains("/cancel"))
        #expect(try await buyer.offer("order=\(order.id)") == offer)
    }

    @Test func aPaymentThatCameWithoutAnyEventMovesThePageOn() async throws {
        let order = try await buyer.order()
        _ = try await buyer.offer("order=\(order.id)")
        bench.backend.set { state in state.states = state.states.mapValues { _ in .paid } }
        let page = try await buyer.get("/order/\(order.id)")
        #expect(page.status == 303)
        let location = try #require(page.fields["Location"])
        #expect(try await bench.visitor().get(location).text.contains("Paid, thank you."))
    }

    @Test func anOrderThatRanOutSaysSoAndGoesBackIntoTheCart() async throws {
        let order = try await buyer.order()
        bench.clock.advance(bySeconds: 7200)
        let page = try await buyer.get("/order/\(order.id)")
        #expect(page.text.contains("This order has run out"))
        #expect(page.text.contains("Nothing was charged."))
        #expect(!page.text.contains("data-taler-pay"))
        #expect(!page.text.contains("http-equiv"))
        for _ in 0..<2 {
            let again = try await buyer.submit(page, "/order/\(order.id)/again")
            #expect(again.status == 303)
            #expect(again.fields["Location"] == "/cart")
        }
        let cart = try await bench.store.cart(try buyer.session())
        #expect(cart == [CartLine(product: "small-change", quantity: 1), CartLine(product: "cup", quantity: 3)])
    }

    @Test func anOrderThatCanBePaidDoesNotGoBackIntoTheCart() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        let again = try await buyer.submit(page, "/order/\(order.id)/again")
        #expect(again.fields["Location"] == "/order/\(order.id)")
        #expect(try await bench.store.cart(try buyer.session()).isEmpty)
    }

    @Test func aBuyerEndsAnOrderOnceHoweverOftenTheButtonIsPressed() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        for _ in 0..<2 {
            let response = try await buyer.submit(page, "/order/\(order.id)/cancel")
            #expect(response.status == 303)
            #expect(response.fields["Location"] == "/order/\(order.id)")
        }
        #expect(try await buyer.get("/order/\(order.id)").text.contains("This order is cancelled"))
    }

    @Test func anOrderWhosePaymentMaySettleIsNotEnded() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        bench.backend.set { $0.answer = .silence }
        _ = try await buyer.pay(try await buyer.offer("order=\(order.id)"))
        #expect(try await buyer.submit(page, "/order/\(order.id)/cancel").status == 303)
        #expect(try await buyer.get("/order/\(order.id)").text.contains("Your payment is under way"))
    }

    @Test(arguments: ["cancel", "again"]) func aFormOfAnotherSiteChangesNothing(action: String) async throws {
        let order = try await buyer.order()
        for body in ["", "form_token=", "form_token=\(String(repeating: "0", count: 52))"] {
            #expect(try await buyer.post("/order/\(order.id)/\(action)", body).status == 403)
        }
        #expect(try await bench.store.order(order.id)?.state == .open)
    }

    @Test func moneyForAnOrderThatHadEndedGoesBackAndTheBuyerSeesIt() async throws {
        let order = try await buyer.order()
        let offer = try await buyer.offer("order=\(order.id)")
        _ = try await buyer.submit(try await buyer.get("/order/\(order.id)"), "/order/\(order.id)/cancel")
        #expect(try await bench.store.order(order.id)?.state == .closed)
        let hash = try bench.hash(offer)
        _ = try await bench.store.settle(hash, at: bench.clock.now())
        var page = try await buyer.get("/order/\(order.id)")
        #expect(page.text.contains("Your money goes back to you"))
        #expect(page.text.contains("12.50 KUDOS arrived on 15 January 2027, 08:00 UTC"))
        #expect(!page.text.contains("data-refund-url"))
        try bench.giveBack("KUDOS:12.5", of: hash)
        try await bench.store.gaveBack(hash, isDone: false, at: bench.clock.now())
        page = try await buyer.get("/order/\(order.id)")
        #expect(page.text.contains("That is arranged."))
        let fetch = try buyer.link(page, "/taler/refund?")
        #expect(fetch.hasSuffix("&H_contract=\(hash)"))
        #expect(try await bench.visitor().get(fetch).status == 200)
        #expect(try await buyer.get("/fulfillment/\(order.id)").fields["Location"] == "/order/\(order.id)")
    }

    @Test(arguments: ["x", "00000000000000000000000000", "%22%CC%81%3E%3Cscript%3E"]) func aNameOfNoOrderIsNotFound(name: String)
        async throws
    {
        for target in ["/order/\(name)", "/order/\(name)/state", "/fulfillment/\(name)", "/receipt/\(name)"] {
            let response = try await buyer.get(target, accept: "text/html")
            #expect(response.status == 404)
            #expect(!response.text.contains("<script>"))
        }
    }

    @Test func textsOfAnOrderCannotBreakOut() async throws {
        let attack = "\"\u{301}><script>alert(1)</script><img src=x onerror=alert(2)>{{t}}"
        let address = Delivery(
            name: attack, street: attack, streetNumber: attack, zipCode: attack, city: attack, state: attack, country: attack)
        let line = OrderLine(
            product: "cup", number: 1, title: attack, kind: .goods, quantity: 1, unitPrice: try Amount("KUDOS:1"),
            amount: try Amount("KUDOS:1"), taxes: [OrderLine.Tax(name: attack, amount: try Amount("KUDOS:0.1"))], file: attack,
            deliveryDate: attack, text: SoldText(language: "en", teaser: attack, body: attack))
        let open = try await buyer.order([line], delivery: address)
        var pages = [try await buyer.get("/order/\(open.id)")]
        let (paid, link) = try await buyer.buy(
            [line, try .lost(text: SoldText(language: "en", teaser: attack, body: attack))], delivery: address)
        _ = try await bench.store.setSent(paid.id, Order.Sending(time: bench.clock.now(), note: attack))
        pages.append(try await buyer.get(link))
        for position in 0..<2 { pages.append(try await buyer.get("/fulfillment/\(paid.id)/\(position)")) }
        pages.append(try await buyer.get("/receipt/\(paid.id)"))
        pages.append(try await buyer.get("/purchases"))
        for page in pages {
            #expect(page.status == 200)
            #expect(page.text.contains("&lt;script&gt;alert(1)"))
            #expect(!page.text.contains("<script>alert"))
            #expect(!page.text.contains("<img src=x"))
        }
    }
}
