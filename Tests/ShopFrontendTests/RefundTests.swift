// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import TestSupport
import Testing

/// `GET /taler/refund`: the backend's list for the wallet that paid.
struct RefundTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    /// The link that the page of what was bought names.
    private func refundLink(_ page: Response) throws -> String {
        let field = try #require(page.fields["Link"])
        return String(try #require(field.wholeMatch(of: /<([^>]*)>; rel="taler-refund"/)?.output.1))
    }

    /// Buys, and lets the backend know a list for the contract.
    private func purchase(_ visitor: ShopBench.Visitor) async throws -> (link: String, hash: String, list: JSONValue) {
        let offer = try await visitor.offer()
        let hash = try #require(offer["H_contract"]?.stringValue)
        let list: JSONValue = ["refund_amount": "KUDOS:0.1", "refunds": [["surprise": 7]], "h_contract": .string(hash)]
        bench.backend.set { $0.refunds["refund?H_contract=\(hash)"] = Response(json: list) }
        let paid = try await visitor.pay(offer)
        let page = try await bench.visitor().get(try #require(paid.fields["Location"]))
        return (try refundLink(page), hash, list)
    }

    @Test func theSignedLinkGivesTheBackendsListAsItIs() async throws {
        let bought = try await purchase(bench.visitor())
        for target in [bought.link, bought.link + "&H_contract=\(bought.hash)"] {
            let response = try await bench.visitor().get(target)
            #expect(response.status == 200)
            #expect(try response.json() == bought.list)
            #expect(response.fields["Cache-Control"] == "no-store")
        }
    }

    @Test func theBrowserThatPaidNeedsNoKey() async throws {
        let visitor = bench.visitor()
        let bought = try await purchase(visitor)
        let bare = try #require(bought.link.split(separator: "&").first.map(String.init))
        #expect(try await visitor.get(bare).status == 200)
        let stranger = bench.visitor()
        _ = try await stranger.offer("product=margins")
        for visitor in [stranger, bench.visitor()] {
            let response = try await visitor.get(bare)
            #expect(response.status == 403)
            #expect(response.code == 44)
        }
    }

    @Test func aKeyOfAnotherOrderOrForAnotherPageOpensNothing() async throws {
        let bought = try await purchase(bench.visitor())
        let bare = try #require(bought.link.split(separator: "&").first.map(String.init))
        let other = try await purchase(bench.visitor()).link
        let fulfillment = try await bench.visitor().buy("product=margins")
        for key in [other, fulfillment, bought.link + "0", String(bought.link.dropLast())].compactMap({ $0.split(separator: "=").last }) {
            #expect(try await bench.visitor().get("\(bare)&key=\(key)").status == 403)
        }
        #expect(try await bench.visitor().get("/taler/refund?order=nobody&key=x").status == 403)
        #expect(try await bench.visitor().get("/taler/refund").code == 25)
    }

    @Test func contractsOfOtherOrdersAreNotTold() async throws {
        let (first, second) = (try await purchase(bench.visitor()), try await purchase(bench.visitor()))
        let response = try await bench.visitor().get(first.link + "&H_contract=\(second.hash)")
        #expect(response.status == 404)
        #expect(response.code == 2005)
        #expect(try await bench.visitor().get(first.link + "&H_contract=x").code == 26)
    }

    @Test func theBackendsRefusalIsPassedOn() async throws {
        let bought = try await purchase(bench.visitor())
        bench.backend.set { ($0.refunds, $0.contracts) = ([:], [:]) }
        let response = try await bench.visitor().get(bought.link)
        #expect(response.status == 404)
        #expect(response.code == 2005)
        bench.backend.set { $0.isDown = true }
        #expect(try await bench.visitor().get(bought.link).status == 502)
    }
}
