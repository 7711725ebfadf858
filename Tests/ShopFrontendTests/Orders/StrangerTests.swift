// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Somebody without cookie and key, who knows an order's name: lost cookies, or a stranger.
struct StrangerTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    @Test(arguments: ["/order/", "/fulfillment/", "/receipt/"]) func theWalletIsAskedAndNothingIsTold(path: String) async throws {
        let (order, _) = try await buyer.buy([.essay(), .goods()])
        let hash = try #require(try await bench.store.currentOffer(of: order.id)?.contractHash)
        for key in ["", "?key=", "?key=\(String(repeating: "0", count: 52))"] {
            let page = try await bench.visitor().get("\(path)\(order.id)\(key)", accept: "text/html")
            #expect(page.status == 403)
            #expect(page.text.contains("data-taler-execute"))
            #expect(page.text.contains("data-h-contract=\"\(hash)\""))
            #expect(page.text.contains("data-pay-url=\"/taler/pay?order=\(order.id)\""))
            for secret in ["Small Change", "Mug", "12.50", "KUDOS", "Ada", "key=", "refund"] {
                #expect(!page.text.replacing("\(path)\(order.id)\(key)", with: "").contains(secret), "\(secret)")
            }
        }
    }

    @Test(arguments: ["", "&key=", "&key=" + String(repeating: "0", count: 52)], [false, true])
    func theContractIsForTheBuyerAndForTheOrdersLink(key: String, isPaid: Bool) async throws {
        let order = try await buyer.order([.essay(), .goods()])
        let offer = try await buyer.offer("order=\(order.id)")
        if isPaid { #expect(try await buyer.pay(offer).status == 301) }
        let other = bench.visitor()
        _ = try other.session()
        for stranger in [bench.visitor(), other] {
            let answer = try await stranger.get("/taler/contract?order=\(order.id)\(key)")
            #expect(answer.status == 403)
            #expect(answer.code == 44)
            let names = try answer.object.names
            #expect(Set(names).isSubset(of: ["code", "hint", "detail", "error"]), "\(names)")
            for secret in ["Small Change", "Mug", "KUDOS", "Ada", "H_contract", "key="] { #expect(!answer.text.contains(secret)) }
        }
    }

    @Test func theWalletThatPaidSendsTheSameCoinsAndIsLedToThePurchase() async throws {
        let order = try await buyer.order()
        let offer = try await buyer.offer("order=\(order.id)")
        #expect(try await buyer.pay(offer).status == 301)
        bench.clock.advance(bySeconds: 365 * 86400)
        let again = try await bench.visitor().pay(offer)
        #expect(again.status == 301)
        let location = try #require(again.fields["Location"])
        #expect(try await bench.visitor().get(location).status == 200)
    }

    @Test func whereNoWalletCanHavePaidNoneIsAsked() async throws {
        let order = try await buyer.order()
        let page = try await bench.visitor().get("/order/\(order.id)", accept: "text/html")
        #expect(page.status == 403)
        #expect(!page.text.contains("data-taler-execute"))
    }

    @Test func thePageForWalletsNamesNothingThatWasBought() async throws {
        let order = try await buyer.order()
        let offer = try await buyer.offer("order=\(order.id)")
        let page = try await bench.visitor().get(try #require(offer["exec_url"]?.stringValue), accept: "text/html")
        #expect(page.status == 200)
        #expect(page.text.contains("data-taler-execute"))
        for secret in ["Small Change", "Mug", "KUDOS", "Ada"] { #expect(!page.text.contains(secret)) }
    }

    @Test func anotherBrowsersPurchasesAreNotListed() async throws {
        _ = try await buyer.buy([.essay(), .goods()])
        let other = bench.visitor()
        _ = try other.session()
        #expect(try await other.get("/purchases").text.contains("Nothing yet"))
    }

    @Test func aPageOfOneBuyerIsKeptByNoCache() async throws {
        let (order, link) = try await buyer.buy([.essay(), .goods()])
        for target in [link, "/fulfillment/\(order.id)/0", "/receipt/\(order.id)", "/purchases", "/order/\(order.id)/state"] {
            #expect(try await buyer.get(target).fields["Cache-Control"] == "no-store", "\(target)")
        }
        #expect(try await bench.visitor().get("/order/\(order.id)", accept: "text/html").fields["Cache-Control"] == "no-store")
    }
}
