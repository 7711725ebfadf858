// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import TestSupport
import Testing

struct FulfillmentTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    @Test func theLinkOpensAgainAndOnOtherDevices() async throws {
        let link = try await bench.visitor().buy()
        for _ in 0..<2 { #expect(try await bench.visitor().get(link).text.contains("The bowl knew all of this already.")) }
        bench.clock.advance(bySeconds: 10 * 365 * 86400)
        #expect(try await bench.visitor().get(link).status == 200)
    }

    @Test func theBrowserThatPaidNeedsNoKey() async throws {
        let visitor = bench.visitor()
        let link = try await visitor.buy()
        let bare = try #require(link.split(separator: "?").first.map(String.init))
        #expect(try await visitor.get(bare).status == 200)
        #expect(try await bench.visitor().get(bare).status == 403)
        let stranger = bench.visitor()
        _ = try await stranger.offer("product=margins")
        #expect(try await stranger.get(bare).status == 403)
    }

    @Test func aChangedKeyOpensNothing() async throws {
        let link = try await bench.visitor().buy()
        let other = try await bench.visitor().buy("product=margins")
        let key = try #require(other.split(separator: "=").last)
        let bare = try #require(link.split(separator: "?").first)
        for target in [String(link.dropLast()), link + "0", "\(bare)?key=\(key)", "\(bare)?key=", "/fulfillment/x?key=\(key)"] {
            let response = try await bench.visitor().get(target, accept: "text/html")
            #expect(response.status == 403 || response.status == 404)
            #expect(!response.text.contains("The bowl knew"))
        }
    }

    @Test func whatIsNotPaidIsNotShown() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let order = try #require(offer["pay_url"]?.stringValue?.split(separator: "=").last)
        let response = try await visitor.get("/fulfillment/\(order)")
        #expect(response.status == 303)
        #expect(response.fields["Location"] == "/order/\(order)")
        let page = try await visitor.get("/product/small-change").text
        #expect(page.contains("There is a bowl by the door"))
        #expect(!page.contains("The bowl knew all of this already."))
    }

    @Test func aFileIsFetchedByItsOwnSignedLink() async throws {
        let link = try await bench.visitor().buy("product=pocket-zine")
        let page = try await bench.visitor().get(link).text
        let file = try #require(page.firstMatch(of: /href="(\/download\/[^"]*)"/)?.output.1).replacing("&amp;", with: "&")
        let response = try await bench.visitor().get(String(file))
        #expect(response.status == 200)
        #expect(response.fields["Content-Disposition"] == "attachment; filename=\"keep-it-to-yourself.svg\"")
        #expect(response.text.contains("<svg"))
        let key = try #require(link.split(separator: "=").last)
        let bare = try #require(file.split(separator: "?").first)
        #expect(try await bench.visitor().get("\(bare)?key=\(key)").status == 403, "a key of the page is none for the file")
    }

    @Test func aDonorIsThanked() async throws {
        let page = try await bench.visitor().get(try await bench.visitor().buy("product=keep-the-lamp-lit&amount=KUDOS:5")).text
        #expect(page.contains("<h1>Thank you</h1>"))
        #expect(page.contains("5.00 KUDOS"))
    }

    @Test func aPageThatWasBoughtIsKeptByNoCache() async throws {
        let response = try await bench.visitor().get(try await bench.visitor().buy())
        #expect(response.fields["Cache-Control"] == "no-store")
        #expect(response.fields["Referrer-Policy"] == "no-referrer")
    }

    @Test func theExecutionPageNamesTheContract() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let page = try await visitor.get(try #require(offer["exec_url"]?.stringValue)).text
        #expect(page.contains("data-h-contract=\"\(try #require(offer["H_contract"]?.stringValue))\""))
        #expect(page.contains("data-pay-url=\"\(try #require(offer["pay_url"]?.stringValue))\""))
    }
}
