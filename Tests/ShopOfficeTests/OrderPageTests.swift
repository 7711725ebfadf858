// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import Testing
import TestSupport

@Suite struct OrderPageTests {
    private static let exchange = "https://exchange.example/"

    @Test func anOrderHasItsLinesTaxesAddressAndState() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder([try OfficeBench.line(quantity: 3)], delivery: OfficeBench.address)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.status == 200)
        for words in [
            "Tally Sticks", "with VAT 0.50 KUDOS", "12.00 KUDOS", "Ada Lovelace", "Dorset Street 1", "W1 Łódź", "To be sent",
            "Contract signed",
            "The price of 12.00 KUDOS has been paid.", order.id.text,
        ] { #expect(owner.text.contains(words), "\(words)") }
    }

    @Test func theTimelineTellsTheBackendsWholeStory() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        let hash = try ContractHash([UInt8](repeating: 1, count: 64))
        let now = bench.clock.now()
        let kudos = try Amount("KUDOS:4")
        let coin = OrderStatus.Coin(coinPub: .zero, contribution: kudos, depositFee: .zero(kudos.currency))
        bench.backend.set { state in
            var refused = OrderStatus.Deposit(exchangeURL: "https://other.example/", state: .refused, coins: [coin], attempts: 1)
            refused.refusalStatus = 409
            refused.refusal = ["hint": .string("coin spent <b>")]
            var accepted = OrderStatus.Deposit(exchangeURL: Self.exchange, state: .accepted, coins: [coin, coin], attempts: 2)
            accepted.exchangePub = .zero
            accepted.exchangeTimestamp = now.advanced(bySeconds: 5)
            state.statuses[hash]?.deposits = [refused, accepted]
            func part(_ status: RefundList.Part.Status, _ number: UInt64) -> RefundList.Part {
                var part = RefundList.Part(
                    coinPub: .zero, exchangeURL: Self.exchange, refundAmount: kudos, refundTransactionID: number, status: status,
                    origin: "shop")
                part.code = status == .failed ? 1503 : nil
                part.details = .init(
                    reason: "broken <i>", created: now.advanced(bySeconds: 100), attempts: 1, lastError: nil, mayHaveReached: true)
                return part
            }
            state.statuses[hash]?.refunds = [part(.accepted, 1), part(.failed, 2)]
            state.statuses[hash]?.transfers = [
                OrderTransfer(
                    exchangeURL: Self.exchange, transferID: .zero, executionTime: now.advanced(bySeconds: 500), amount: kudos, total: kudos,
                    wireFee: .zero(kudos.currency), confirmedBy: .bank, arrivedAt: now.advanced(bySeconds: 600)),
                OrderTransfer(
                    exchangeURL: Self.exchange, transferID: .zero, executionTime: now.advanced(bySeconds: 700), amount: kudos, total: kudos,
                    wireFee: .zero(kudos.currency), confirmedBy: .exchange),
            ]
        }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        var rest = owner.text[...]
        for words in [
            "Ordered", "Contract signed", "Coins refused by other.example", "with status 409: coin spent &lt;b&gt;", "Paid",
            "Coins accepted by exchange.example", "2 coins worth 8.00 KUDOS, sent 2 times.", "The exchange has confirmed it",
            "Refund in trouble",
            "Reason: broken &lt;i&gt;", "4.00 KUDOS at exchange.example: given back.", "refused for good (code 1503)",
            "may have reached the buyer", "Wired to your account by exchange.example", "The bank has it since 15 Jan 2027, 08:10",
            "the bank has not shown it yet",
        ] {
            let found = rest.firstRange(of: words)
            #expect(found != nil, "\(words)")
            if let found { rest = rest[found.upperBound...] }
        }
    }

    @Test func withoutTheBackendThePageSaysSoAndShowsWhatTheShopKnows() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        bench.backend.set { $0.isDown = true }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.status == 200)
        for words in [
            "The payment backend cannot be reached.", "Ada Lovelace", "This shop learned of it at that time.",
            "Refunds can be asked for when the payment backend answers for this order.",
        ] { #expect(owner.text.contains(words), "\(words)") }
        #expect(!owner.text.contains("name=\"amount\""))
        try await owner.submit("/orders/\(order.id)/refund", ["amount": "4", "reason": "r", "confirm": "yes"])
        #expect(owner.status == 502)
        #expect(owner.text.contains("The payment backend is away"))
        #expect(try await bench.store.order(order.id)?.refunded.isZero == true)
    }

    @Test func aBackendThatDoesNotKnowTheContractOrTheTokenIsQuoted() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder()
        bench.backend.set { $0.statuses = [:] }
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("The payment backend says: There is no such contract."))
    }

    @Test(arguments: ["x", "00000000000000000000000000", "..%2F..%2Fetc%2Fpasswd", "%3Cscript%3E"])
    func anOrderThatIsNotThereIsAPageThatSaysSo(name: String) async throws {
        var owner = try await OfficeBench().owner()
        try await owner.get("/orders/" + name)
        #expect(owner.status == 404)
        #expect(owner.text.contains("There is no order of this name."))
        #expect(!owner.text.contains("<script>"))
    }

    @Test func nothingThatABuyerTypesBreaksOut() async throws {
        let bench = try OfficeBench()
        let bad = "\"'><script>alert(1)</script>\u{301}{{title}}"
        let delivery = Delivery(name: bad, street: bad, streetNumber: bad, zipCode: bad, city: bad, state: bad, country: bad)
        let line = OrderLine(
            product: bad, number: 1, title: bad, kind: .goods, quantity: 1, unitPrice: try Amount("KUDOS:1"), amount: try Amount("KUDOS:1"),
            taxes: [.init(name: bad, amount: try Amount("KUDOS:0.1"))], deliveryDate: bad)
        let order = try await bench.paidOrder([line], delivery: delivery)
        _ = try await bench.store.setSent(order.id, .init(time: bench.clock.now(), note: bad))
        bench.backend.set { state in
            var deposit = OrderStatus.Deposit(exchangeURL: "https://\(bad)/", state: .open, coins: [], attempts: 1)
            deposit.lastError = bad
            for hash in state.statuses.keys { state.statuses[hash]?.deposits = [deposit] }
        }
        var owner = try await bench.owner()
        let encoded = PercentEncoding.encode(bad)
        for target in [
            "/orders", "/orders?q=\(encoded)&state=\(encoded)&kind=\(encoded)&from=\(encoded)&to=\(encoded)", "/orders/\(order.id)",
            "/orders/\(order.id)?notice=\(encoded)", "/orders?q=script", "/login?next=\(encoded)", "/\(encoded)",
        ] {
            try await owner.get(target)
            #expect(!owner.text.contains("<script>alert"), "\(target)")
            #expect(!owner.text.contains("\"'>"), "\(target)")
            let markedQuote = "\"\u{301}"
            #expect(!owner.text.contains(markedQuote), "\(target)")
        }
        _ = try await bench.store.setSent(order.id, nil)
        try await owner.get("/orders/\(order.id)")
        let form = ["day": bad, "note": bad, "amount": bad, "reason": bad, "returned": bad]
        for (target, fields) in [
            ("/orders/\(order.id)/sent", form), ("/orders/\(order.id)/refund", form),
            ("/orders/\(order.id)/refund", form.merging(["amount": "1"]) { $1 }),
        ] {
            try await owner.submit(target, fields)
            #expect(owner.status == 422 || owner.status == 200)
            #expect(!owner.text.contains("<script>alert") && !owner.text.contains("\"'>"), "\(target)")
        }
    }
}
