// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerWire
import TestSupport
import Testing

struct ContractTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    @Test func anOfferHasWhatAWalletNeeds() async throws {
        let offer = try await bench.visitor().offer()
        #expect(offer.names == ["contract", "sig", "H_contract", "pay_url", "exec_url"])
        guard case .object(let contract)? = offer["contract"] else { return #expect(Bool(false)) }
        #expect(contract["amount"] == ["currency": "KUDOS", "fraction": .integer(50_000_000), "value": .integer(0)])
        #expect(contract["max_fee"] == ["currency": "KUDOS", "fraction": .integer(10_000_000), "value": .integer(0)])
        #expect(contract["timestamp"] == "/Date(1800000000)/")
        #expect(contract["expiry"] == "/Date(1800003600)/")
        #expect(contract["refund_deadline"] == "/Date(1800090000)/")
        #expect(contract["merchant"] == ["name": "The Quiet Press", "address": "shop", "jurisdiction": "shop"])
        #expect(contract["locations"] == ["shop": ["country": "Testland", "city": "Testtown"]])
        #expect(contract["H_wire"] != nil, "what the backend added is kept")
        guard case .object(let product)? = contract["products"]?.arrayValue?.first else { return #expect(Bool(false)) }
        #expect(product["description"] == "What Small Change Is For")
        #expect(product["quantity"] == .integer(1))
        #expect(product["product_id"] == .integer(1))
        #expect(offer["pay_url"]?.stringValue?.hasPrefix("/taler/pay?order=") == true)
        #expect(offer["exec_url"]?.stringValue?.hasPrefix("/taler/execute?order=") == true)
    }

    @Test func aDoubleClickGetsTheSameContract() async throws {
        let visitor = bench.visitor()
        let first = try await visitor.offer()
        #expect(try await visitor.offer() == first)
        #expect(bench.backend.read { $0.proposals.count } == 1)
    }

    @Test func clicksAtOnceOfOneBrowserLeaveOneContract() async throws {
        let visitor = bench.visitor()
        _ = try await visitor.offer("product=margins")
        let cookie = visitor.cookie
        let offers = try await withThrowingTaskGroup(of: JSONObject.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let tab = bench.visitor()
                    tab.cookie = cookie
                    return try await tab.offer()
                }
            }
            return try await group.reduce(into: Set<JSONObject>()) { $0.insert($1) }
        }
        #expect(offers.count == 1)
    }

    @Test func anOrderWhoseTimeIsOverMakesRoomForAnother() async throws {
        let visitor = bench.visitor()
        let first = try await visitor.offer()
        bench.clock.advance(bySeconds: 3600)
        let second = try await visitor.offer()
        #expect(second["H_contract"] != first["H_contract"])
        #expect(second["pay_url"] != first["pay_url"])
        let order = try #require(first["pay_url"]?.stringValue?.split(separator: "=").last)
        let late = try await visitor.get("/taler/contract?order=\(order)")
        #expect(late.status == 410)
        #expect(late.code == 2161)
        #expect(try late.object["order_url"] == .string("http://shop.example:8080/order/\(order)"))
    }

    @Test func anotherBrowserGetsAnOrderOfItsOwn() async throws {
        let first = try await bench.visitor().offer()
        let second = try await bench.visitor().offer()
        #expect(first["pay_url"] != second["pay_url"])
        #expect(first["H_contract"] != second["H_contract"])
    }

    @Test func anOrderCanBeNamed() async throws {
        let buyer = bench.visitor()
        let offer = try await buyer.offer()
        let order = try #require(offer["pay_url"]?.stringValue?.split(separator: "=").last)
        #expect(try await buyer.offer("order=\(order)") == offer)
        let link = try buyer.link(try await buyer.get("/order/\(order)"), "/taler/contract")
        #expect(try await bench.visitor().get(link).object == offer, "on another device, by the page's own address")
        #expect(try await bench.visitor().get("/taler/contract?order=\(order)0").code == 2005)
        #expect(try await bench.visitor().get("/taler/contract?order=%22").code == 2005)
    }

    @Test func aDonationIsWhatTheBuyerChose() async throws {
        let offer = try await bench.visitor().offer("product=keep-the-lamp-lit&amount=KUDOS:2.5")
        guard case .object(let contract)? = offer["contract"] else { return #expect(Bool(false)) }
        #expect(contract["amount"] == ["currency": "KUDOS", "fraction": .integer(50_000_000), "value": .integer(2)])
    }

    @Test(arguments: [
        ("product=keep-the-lamp-lit&amount=KUDOS:0.09", 26), ("product=keep-the-lamp-lit&amount=KUDOS:50.01", 26),
        ("product=keep-the-lamp-lit&amount=KUDOS:0.105", 26), ("product=keep-the-lamp-lit&amount=EUR:1", 30),
        ("product=keep-the-lamp-lit&amount=KUDOS:-1", 26), ("product=keep-the-lamp-lit&amount=1", 26),
        ("product=keep-the-lamp-lit&amount=KUDOS:99999999999999999999", 26), ("product=small-change&amount=KUDOS:0.01", 26),
        ("product=keep-the-lamp-lit&quantity=2", 26), ("product=small-change&quantity=0", 26), ("product=small-change&quantity=-1", 26),
        ("product=small-change&quantity=100", 26), ("product=small-change&quantity=9999999999999999999999", 26), ("", 25),
    ])
    func whatCannotBeBoughtIsRefusedWith400(query: String, code: Int64) async throws {
        let response = try await bench.visitor().get("/taler/contract?" + query)
        #expect(response.status == 400)
        #expect(response.code == code)
        #expect(bench.backend.read { $0.requests.isEmpty })
    }

    @Test func severalOfAThingCostSeveralTimesItsPrice() async throws {
        let offer = try await bench.visitor().offer("product=small-change&quantity=3")
        guard case .object(let contract)? = offer["contract"] else { return #expect(Bool(false)) }
        #expect(contract["amount"] == ["currency": "KUDOS", "fraction": .integer(50_000_000), "value": .integer(1)])
    }

    @Test func anUnknownProductIs404() async throws {
        let response = try await bench.visitor().get("/taler/contract?product=nothing")
        #expect(response.status == 404)
        #expect(response.code == 2006)
    }

    @Test func aTakenNumberIsSkipped() async throws {
        bench.backend.set { $0.conflicts = 3 }
        _ = try await bench.visitor().offer()
        let numbers = bench.backend.read { $0.proposals.compactMap { $0["transaction_id"]?.integerValue } }
        #expect(numbers.count == 4)
        #expect(Set(numbers).count == 4)
        #expect(numbers.allSatisfy { (0..<1 << 53).contains($0) })
    }

    @Test func aRefusalOfTheBackendIsPassedOn() async throws {
        bench.backend.set { $0.offerAnswer = Response(status: 409, json: .object(["code": .integer(2509), "hint": "none"])) }
        let response = try await bench.visitor().get("/taler/contract?product=small-change")
        #expect(response.status == 409)
        #expect(try response.object == ["code": .integer(2509), "hint": "none"])
    }

    @Test func aBackendThatDoesNotAnswerIs502() async throws {
        bench.backend.set { $0.isDown = true }
        #expect(try await bench.visitor().get("/taler/contract?product=small-change").status == 502)
    }

    @Test func anAnswerThatIsNoneIs502() async throws {
        for answer in [
            Response(status: 200, type: "text/html", text: "<html>"), Response(json: .array([])), Response(json: .object([:])),
            Response(status: 401, json: .object([:])), Response(status: 302, json: .object([:])),
        ] {
            bench.backend.set { $0.offerAnswer = answer }
            #expect(try await bench.visitor().get("/taler/contract?product=small-change").status == 502)
        }
    }

    @Test func aPaidEssayIsNotSoldTwiceToOneBrowser() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        #expect(try await visitor.pay(offer).status == 301)
        #expect(try await visitor.offer() == offer, "a wallet that has paid it replays it")
        bench.clock.advance(bySeconds: 7200)
        let late = try await visitor.get("/taler/contract?product=small-change")
        #expect(late.status == 409)
        #expect(late.code == 2160)
        #expect(try late.object["fulfillment_url"]?.stringValue?.hasPrefix("http://shop.example:8080/fulfillment/") == true)
    }

    @Test func aDonationMayBeGivenAgain() async throws {
        let visitor = bench.visitor()
        let first = try await visitor.offer("product=keep-the-lamp-lit")
        #expect(try await visitor.pay(first).status == 301)
        let second = try await visitor.offer("product=keep-the-lamp-lit")
        #expect(second["pay_url"] != first["pay_url"])
    }

    @Test func noNewContractWhileAPaymentMaySettle() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        #expect(try await visitor.offer() == offer, "the same permission may be sent again")
        bench.clock.advance(bySeconds: 7200)
        #expect(try await visitor.get("/taler/contract?product=small-change").code == 2160)
        #expect(bench.backend.read { $0.proposals.count } == 1)
        bench.backend.set { state in state.states = state.states.mapValues { _ in .expired } }
        #expect(try await visitor.offer()["H_contract"] != offer["H_contract"])
    }
}
