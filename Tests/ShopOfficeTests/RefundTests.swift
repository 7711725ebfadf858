// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import Testing
import TestSupport

@Suite struct RefundTests {
    @Test func aRefundIsAskedForOnceMoreAndThenMade() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder([try OfficeBench.line(quantity: 2)])
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.value(of: "amount") == "8.00")
        let path = "/orders/\(order.id)/refund"
        try await owner.submit(path, ["amount": "3,50", "reason": " one  was\nbroken "])
        #expect(owner.status == 200)
        #expect(owner.text.contains("Give back 3.50 KUDOS?") && owner.text.contains("one was broken"))
        #expect(bench.backend.read { $0.refunds }.isEmpty)
        try await owner.submit(
            path,
            [
                "confirm": "yes", "amount": owner.value(of: "amount") ?? "", "before": owner.value(of: "before") ?? "",
                "reason": owner.value(of: "reason") ?? "",
            ])
        #expect(owner.status == 303)
        #expect(owner.location == "/orders/\(order.id)?notice=refunded")
        let asked = try #require(bench.backend.read { $0.refunds }.first)
        #expect(try asked.refund == Amount("KUDOS:3.5"))
        #expect(asked.reason == "one was broken")
        let refunded = try await bench.store.order(order.id)?.refunded
        #expect(try refunded == Amount("KUDOS:3.5"))
        try await owner.get("/orders/\(order.id)?notice=refunded")
        #expect(owner.text.contains("Partly given back") && owner.text.contains("4.50 KUDOS"))

        // The form proposes the rest, and says what went back before.
        #expect(owner.value(of: "amount") == "4.50" && owner.value(of: "before") == "3.5")
        try await owner.submit(path, ["amount": "4.50", "before": "3.5", "reason": "the other, too"])
        #expect(owner.text.contains("Give back 4.50 KUDOS?") && owner.text.contains("It is the whole price"))
        try await owner.submit(path, ["confirm": "yes", "amount": "4.5", "before": "3.5", "reason": "the other, too"])
        #expect(owner.status == 303)
        #expect(try bench.backend.read { $0.refunds }.last?.refund == Amount("KUDOS:8"))
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("Everything was given back already.") && !owner.text.contains("name=\"amount\""))
        let given = try await bench.store.order(order.id)
        #expect(given?.isWhollyRefunded == true)
    }

    @Test func aFormSentTwiceGivesBackOnceAndPutsBackOnce() async throws {
        let bench = try OfficeBench()
        try await bench.store.setCatalogStock(["tally-sticks": 10])
        let order = try await bench.paidOrder([try OfficeBench.line(quantity: 2)])
        #expect(try await bench.store.stock("tally-sticks")?.available == 8)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("Put 2 × Tally Sticks back into stock"))
        let form = ["confirm": "yes", "amount": "8", "reason": "r", "returned": "0"]
        for _ in 0..<2 {
            try await owner.submit("/orders/\(order.id)/refund", form.merging(["form_token": owner.formToken]) { $1 })
            #expect(owner.status == 303)
            try await owner.get("/orders/\(order.id)")
        }
        #expect(bench.backend.read { $0.refunds }.count == 1)
        #expect(try await bench.store.stock("tally-sticks")?.available == 10)
        #expect(owner.text.contains("Back in stock") && !owner.text.contains("name=\"returned\""))
    }

    @Test func whatComesBackIsCountedWhileItsNumberIsNotLimited() async throws {
        let bench = try OfficeBench()
        try await bench.store.setCatalogStock(["tally-sticks": 10])
        let order = try await bench.paidOrder([try OfficeBench.line(quantity: 2)])
        try await bench.store.setCatalogStock([:])
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/refund", ["confirm": "yes", "amount": "8", "reason": "r", "returned": "0"])
        #expect(owner.location == "/orders/\(order.id)?notice=refunded")
        try await bench.store.setCatalogStock(["tally-sticks": 10])
        #expect(try await bench.store.stock("tally-sticks")?.available == 10)
    }

    @Test func goodsThatCannotBePutBackAreSaidSo() async throws {
        let bench = try OfficeBench()
        try await bench.store.setCatalogStock(["tally-sticks": 10])
        let order = try await bench.paidOrder([try OfficeBench.line(quantity: 2)])
        _ = try await bench.store.changeSupply(
            of: "tally-sticks", by: ShopStore.maximumSupply - 10, reason: "many", form: nil, at: bench.clock.now())
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/refund", ["confirm": "yes", "amount": "8", "reason": "r", "returned": "0"])
        #expect(owner.status == 303)
        let page = try #require(owner.location)
        try await owner.get(page)
        #expect(owner.text.contains("not all goods could be put back into stock"))
        #expect(try await bench.store.stock("tally-sticks")?.supply == ShopStore.maximumSupply)
    }

    @Test func twoAtOnceGiveBackOnce() async throws {
        let bench = try OfficeBench()
        try await bench.store.setCatalogStock(["tally-sticks": 10])
        let order = try await bench.paidOrder()
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        let token = owner.formToken
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask { [owner] in
                    var tab = owner
                    try await tab.submit(
                        "/orders/\(order.id)/refund",
                        ["confirm": "yes", "amount": "4", "reason": "r", "returned": "0", "form_token": token])
                    return tab.status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.allSatisfy { $0 == 303 })
        #expect(bench.backend.read { $0.refunds }.allSatisfy { $0.refund.digits == "4" })
        #expect(try await bench.store.stock("tally-sticks")?.available == 10)
    }

    @Test(arguments: [
        ("", "Type how much"), ("x", "An amount like 4.00 is needed."), ("-1", "An amount like"), ("0", "It must be more than nothing."),
        ("4.01", "more than the 4.00 KUDOS that were paid"), ("1.005", "whole number of 0.01 KUDOS"), ("1e1", "An amount like"),
        ("99999999999999999999", "An amount like"), ("KUDOS:1", "An amount like"),
    ])
    func aSumThatCannotBeIsNamedBesideItsField(amount: String, words: String) async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/refund", ["amount": amount, "reason": "why", "confirm": "yes"])
        #expect(owner.status == 422)
        #expect(owner.text.contains(words))
        #expect(owner.text.contains("id=\"amount-problem\"") && owner.value(of: "reason") == "why")
        #expect(bench.backend.read { $0.refunds }.isEmpty)
    }

    @Test func aReasonIsNeeded() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        for reason in ["", " \n", String(repeating: "x", count: 501)] {
            try await owner.submit("/orders/\(order.id)/refund", ["amount": "1", "reason": reason, "confirm": "yes"])
            #expect(owner.status == 422)
            #expect(owner.text.contains("id=\"reason-problem\""))
        }
        #expect(bench.backend.read { $0.refunds }.isEmpty)
    }

    @Test func whatWentBackCannotBeTakenBack() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        bench.backend.set { state in for hash in state.statuses.keys { state.statuses[hash]?.refundAmount = try? Amount("KUDOS:3") } }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        // Somebody has asked for it without the shop.
        let refunded = try await bench.store.order(order.id)?.refunded
        #expect(try refunded == Amount("KUDOS:3"))
        #expect(owner.value(of: "amount") == "1.00" && owner.value(of: "before") == "3")
        try await owner.submit("/orders/\(order.id)/refund", ["amount": "2", "before": "3", "reason": "r"])
        #expect(owner.status == 422)
        #expect(owner.text.contains("more than the 1.00 KUDOS that can still go back"))
    }

    @Test func aFormFromBeforeAnotherRefundIsRefused() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        bench.backend.set { state in for hash in state.statuses.keys { state.statuses[hash]?.refundAmount = try? Amount("KUDOS:1") } }
        for before in ["0", "2", "x", ""] {
            try await owner.submit(
                "/orders/\(order.id)/refund", ["amount": "2", "before": before, "reason": "r", "confirm": "yes"])
            #expect(owner.status == 422, "\(before)")
            #expect(owner.text.contains("1.00 KUDOS go back by now"))
            #expect(owner.value(of: "before") == "1" && owner.value(of: "amount") == "2")
        }
        #expect(bench.backend.read { $0.refunds }.isEmpty)
    }

    @Test func whatAnExchangeRefusesIsNotTakenForGivenBack() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        let price = order.amount
        bench.backend.set { state in
            for hash in state.statuses.keys {
                state.statuses[hash]?.refundAmount = price
                state.statuses[hash]?.refunds = [
                    RefundList.Part(
                        coinPub: .zero, exchangeURL: "http://exchange/", refundAmount: price, refundTransactionID: 1, status: .failed,
                        origin: "shop")
                ]
            }
        }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        for words in ["To be sent", "Refund refused", "an exchange has refused 4.00 KUDOS of it"] {
            #expect(owner.text.contains(words), "\(words)")
        }
        let known = try await bench.store.order(order.id)
        #expect(known?.refunded.isZero == true && known?.refundRefused == price)
    }

    @Test(arguments: [(2169, "The time for refunds is over"), (2530, "It says: the backend&#39;s words"), (2532, "does not allow refunds")])
    func theBackendsRefusalsAreInPlainWords(code: Int64, words: String) async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        bench.backend.set {
            $0.refundAnswer = Response(status: 409, json: ["code": .integer(code), "hint": .string("the backend's words")])
        }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/refund", ["amount": "4", "reason": "r", "confirm": "yes"])
        #expect(owner.status == 409)
        #expect(owner.text.contains(words))
        let refunded = try await bench.store.order(order.id)?.refunded
        #expect(refunded?.isZero == true)
    }

    @Test func afterTheDeadlineThereIsNoForm() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        bench.clock.advance(bySeconds: 86_401)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("The time for refunds is over: it ended on 16 Jan 2027, 08:00."))
        #expect(!owner.text.contains("name=\"amount\""))
        try await owner.submit("/orders/\(order.id)/refund", ["amount": "4", "reason": "r", "confirm": "yes"])
        #expect(owner.status == 422)
        #expect(bench.backend.read { $0.refunds }.isEmpty)
    }

    @Test func anOrderThatIsNotPaidHasNothingToGiveBack() async throws {
        let bench = try OfficeBench()
        let order = try await bench.order([try OfficeBench.line()])
        _ = try await bench.offer(order)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(!owner.text.contains("Give money back"))
        try await owner.submit("/orders/\(order.id)/refund", ["amount": "4", "reason": "r", "confirm": "yes"])
        #expect(owner.status == 409)
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/sent", ["day": "2027-01-15"])
        #expect(owner.status == 409)
    }

    @Test func moneyForAClosedOrderThatWillNotGoBackCanBeTriedAgain() async throws {
        let bench = try OfficeBench()
        let order = try await bench.order([try OfficeBench.line()])
        let offer = try await bench.offer(order)
        let now = bench.clock.now()
        #expect(try await bench.store.close(order.id, .expired, transaction: offer.transactionID, at: now))
        _ = try await bench.store.settle(offer.contractHash, at: now)
        try await bench.store.giveBackFailed(offer.contractHash, error: "the exchange <says> no", isFinal: true, at: now)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("The backend will not give this money back") && owner.text.contains("the exchange &lt;says&gt; no"))
        #expect(owner.text.contains("Paid too late"))
        try await owner.submit("/orders/\(order.id)/give-back", [:])
        #expect(owner.location == "/orders/\(order.id)?notice=retried")
        #expect(try await bench.store.giveBacks(of: order.id).map(\.state) == [.wanted])
    }
}
