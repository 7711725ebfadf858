// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import TestSupport
import Testing

/// `GET /fulfillment/ID`, its parts and files.
struct BoughtTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    @Test func severalThingsAreAListWithAPageForEach() async throws {
        let (order, link) = try await buyer.buy([.essay(), .file(), .donation(), .goods(), .sending()])
        let list = try await bench.visitor().get(link)
        #expect(list.status == 200)
        #expect(list.text.contains("<h1>Your purchase</h1>"))
        for position in 0..<4 {
            let part = try buyer.link(list, "/fulfillment/\(order.id)/\(position)?key=")
            let page = try await bench.visitor().get(part)
            #expect(page.status == 200)
            #expect(page.text.contains("All parts of this purchase"))
        }
        #expect(!list.text.contains("/fulfillment/\(order.id)/4"), "nobody looks at the fee for delivery")
        let key = try #require(link.split(separator: "?").last)
        for position in ["4", "5", "-1", "x", "99999999999999999999"] {
            #expect(try await bench.visitor().get("/fulfillment/\(order.id)/\(position)?\(key)").status == 404)
        }
        #expect(try await bench.visitor().get("/fulfillment/\(order.id)/0?\(key)").text.contains("The bowl knew all of this already."))
        #expect(try await bench.visitor().get("/fulfillment/\(order.id)/2?\(key)").text.contains("<h1>Thank you</h1>"))
    }

    @Test func oneThingBesideTheFeeForDeliveryIsShownAtOnce() async throws {
        let (_, link) = try await buyer.buy([.goods(), .sending()])
        let page = try await bench.visitor().get(link)
        #expect(page.text.contains("<h1>A Mug</h1>"))
        #expect(!page.text.contains("All parts of this purchase"))
    }

    @Test func goodsSayWhereTheyGoAndWhetherTheyAreSent() async throws {
        let (order, link) = try await buyer.buy([.goods()])
        var page = try await bench.visitor().get(link).text
        for part in ["Not sent yet", "in 3 to 5 days", "Ada Byte", "Long Lane 7", "3 pieces"] { #expect(page.contains(part), "\(part)") }
        _ = try await bench.store.setSent(order.id, Order.Sending(time: bench.clock.now(), note: "Parcel 77"))
        page = try await bench.visitor().get(link).text
        #expect(page.contains("Sent on 15 January 2027"))
        #expect(page.contains("Parcel 77"))
    }

    @Test func whatHasLeftTheCatalogIsReadAsItWasSold() async throws {
        let text = SoldText(language: "de", teaser: "Anfang der *Worte*.", body: "Ende der Worte.")
        let (_, link) = try await buyer.buy([.lost(text: text)], delivery: nil, language: "de")
        let page = try await bench.visitor().get(link).text
        #expect(page.contains("<article lang=\"de\">"))
        #expect(page.contains("Anfang der <em>Worte</em>."))
        #expect(page.contains("Ende der Worte."))
    }

    @Test func whatBecameSomethingElseIsReadAsItWasSold() async throws {
        let text = SoldText(language: "en", teaser: "First words.", body: "Last words.")
        let line = OrderLine(
            product: "pocket-zine", number: 1, title: "Once an Essay", kind: .article, quantity: 1, unitPrice: try Amount("KUDOS:1"),
            amount: try Amount("KUDOS:1"), text: text)
        let (_, link) = try await buyer.buy([line], delivery: nil)
        let page = try await bench.visitor().get(link).text
        #expect(page.contains("Once an Essay"))
        #expect(page.contains("Last words."))
        #expect(!page.contains("/download/"))
    }

    @Test func whatNobodyRemembersIsAdmittedWithTheOrdersNumber() async throws {
        let (order, link) = try await buyer.buy([.lost()], delivery: nil)
        let page = try await bench.visitor().get(link).text
        #expect(page.contains("This has left the shop."))
        #expect(page.contains("name the order \(order.id)"))
    }

    @Test func aFileThatIsGoneIsAdmittedWithTheOrdersNumber() async throws {
        let (order, link) = try await buyer.buy([.file("gone.pdf", product: "lost")], delivery: nil)
        let page = try await bench.visitor().get(link).text
        #expect(page.contains("The file gone.pdf has left the shop."))
        #expect(page.contains("name the order \(order.id)"))
        #expect(!page.contains("/download/"))
    }

    @Test func aFileThatWasReplacedIsFetchedUnderItsNewName() async throws {
        let (_, link) = try await buyer.buy([.file("old-name.svg")], delivery: nil)
        let file = try buyer.link(try await bench.visitor().get(link), "/download/")
        #expect(try await bench.visitor().get(file).status == 200)
    }

    @Test func eachFileHasItsLink() async throws {
        let (order, link) = try await buyer.buy([.essay(), .file()], delivery: nil)
        let key = try #require(link.split(separator: "?").last)
        let file = try buyer.link(try await bench.visitor().get("/fulfillment/\(order.id)/1?\(key)"), "/download/\(order.id)/1?key=")
        #expect(try await bench.visitor().get(file).status == 200)
        let fileKey = try #require(file.split(separator: "?").last)
        #expect(try await bench.visitor().get("/download/\(order.id)?\(fileKey)").status == 200)
        #expect(try await bench.visitor().get("/download/\(order.id)/0?\(fileKey)").status == 404, "an essay is no file")
        #expect(try await bench.visitor().get("/download/\(order.id)/2?\(fileKey)").status == 404)
    }

    @Test func aPartOfTheMoneyGoesBackAndTheRestStaysOpen() async throws {
        let (order, link) = try await buyer.buy([.essay()], delivery: nil)
        try await bench.giveBack("KUDOS:0.2", of: order)
        let page = try await bench.visitor().get(link)
        #expect(page.text.contains("0.20 KUDOS of 0.50 KUDOS is being given back to you."))
        #expect(page.text.contains("The bowl knew all of this already."))
        let hash = try #require(try await bench.store.currentOffer(of: order.id)?.contractHash)
        #expect(page.text.contains("data-taler-refund data-h-contract=\"\(hash)\""))
        #expect(try await bench.visitor().get(try buyer.link(page, "/taler/refund?")).status == 200)
        #expect(try await bench.store.order(order.id)?.refunded == (try Amount("KUDOS:0.2")))
    }

    @Test func whatTheExchangeHasGivenBackIsPast() async throws {
        let (order, link) = try await buyer.buy([.essay()], delivery: nil)
        let hash = try #require(try await bench.store.currentOffer(of: order.id)?.contractHash)
        func list(given: String) throws -> Response {
            try Response.json(
                RefundList(
                    refundAmount: try Amount("KUDOS:0.2"), givenAmount: try Amount(given), failedAmount: try Amount("KUDOS:0"), refunds: [])
            )
        }
        let some = try list(given: "KUDOS:0.1")
        bench.backend.set { $0.refunds["refund?H_contract=\(hash)"] = some }
        #expect(try await bench.visitor().get(link).text.contains("0.20 KUDOS of 0.50 KUDOS is being given back to you."))
        let all = try list(given: "KUDOS:0.2")
        bench.backend.set { $0.refunds["refund?H_contract=\(hash)"] = all }
        let page = try await bench.visitor().get(link).text
        #expect(page.contains("0.20 KUDOS of 0.50 KUDOS was given back to you."))
        #expect(page.contains("The exchange may have kept a small fee."))
        #expect(page.contains("If the money is not back in your wallet yet"))
    }

    @Test func whereAllTheMoneyWentBackNothingIsOpenAnyMore() async throws {
        let (order, link) = try await buyer.buy([.essay(), .file()], delivery: nil)
        let key = try #require(link.split(separator: "?").last)
        let file = try buyer.link(try await bench.visitor().get("/fulfillment/\(order.id)/1?\(key)"), "/download/")
        try await bench.giveBack("KUDOS:0.75", of: order)
        for target in [link, "/fulfillment/\(order.id)/0?\(key)", "/fulfillment/\(order.id)/1?\(key)"] {
            let page = try await bench.visitor().get(target)
            #expect(page.status == 200)
            #expect(page.text.contains("All of it is being given back to you: 0.75 KUDOS."))
            #expect(page.text.contains("data-taler-refund"))
            #expect(!page.text.contains("The bowl knew"))
            #expect(!page.text.contains("/download/"))
        }
        #expect(try await bench.visitor().get(file).status == 403)
        #expect(try await buyer.get("/purchases").text.contains("Given back"))
    }

    @Test func whatTheExchangeRefusesToGiveBackIsTold() async throws {
        let (order, link) = try await buyer.buy([.essay()], delivery: nil)
        try await bench.giveBack("KUDOS:0.2", of: order, failed: "KUDOS:0.1")
        #expect(try await bench.visitor().get(link).text.contains("The exchange has not given back 0.10 KUDOS."))
    }

    @Test func aBackendThatIsSilentDoesNotHideThePurchase() async throws {
        let (order, link) = try await buyer.buy([.essay()], delivery: nil)
        try await bench.giveBack("KUDOS:0.2", of: order)
        _ = try await bench.visitor().get(link)
        bench.backend.set { $0.isDown = true }
        let page = try await bench.visitor().get(link)
        #expect(page.status == 200)
        #expect(page.text.contains("0.20 KUDOS of 0.50 KUDOS is being given back to you."))
        #expect(page.text.contains("data-taler-refund"))
    }

    @Test func withoutARefundTheWalletIsToldOfNone() async throws {
        let (_, link) = try await buyer.buy([.essay()], delivery: nil)
        let page = try await bench.visitor().get(link)
        #expect(!page.text.contains("data-taler-refund"))
        #expect(page.fields["Link"]?.hasSuffix("rel=\"taler-refund\"") == true)
    }
}
