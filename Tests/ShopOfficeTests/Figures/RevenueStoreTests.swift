// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire
import Testing

@testable import ShopStore

struct RevenueStoreTests {
    private let currency: Currency
    private let store: ShopStore

    init() throws {
        currency = try Currency("KUDOS")
        store = try ShopStore.inMemory()
    }

    /// An order that is paid.
    @discardableResult
    private func sell(_ lines: [(product: String, amount: Amount)], number: Int64, at time: Timestamp, refund: Amount? = nil) async throws
        -> OrderID
    {
        let all = lines.map {
            OrderLine(
                product: $0.product, number: 1, title: "T\(number)", kind: .goods, quantity: 2, unitPrice: $0.amount, amount: $0.amount)
        }
        let units = lines.reduce(0) { $0 + $1.amount.units }
        let amount = try Amount.make(lines.first?.amount.currency ?? currency, total: units)
        let order = try await store.order(
            for: Wish(session: "s\(number)", lines: all, amount: amount), at: time, heldUntil: time.advanced(bySeconds: 60))
        var hash = [UInt8](repeating: 0, count: 64)
        for index in 0..<8 { hash[index] = UInt8(truncatingIfNeeded: number >> (8 * Int64(index))) }
        let offer = Offer(
            transactionID: number, order: order.id, contract: "{}", signature: .zero, contractHash: try ContractHash(hash), expiry: time)
        _ = try await store.attach(offer, replacing: nil)
        _ = try await store.settle(offer.contractHash, at: time)
        if let refund { try await store.noteRefund(order.id, refund) }
        return order.id
    }

    /// Of the same amounts, summed by hand.
    private struct Expected {
        var days: [Int: (orders: Int, paid: UInt128, refunded: UInt128)] = [:]
        var products: [String: UInt128] = [:]
    }

    @Test(arguments: [UInt64(50), UInt64(1) << 52]) func sumsAreThoseOfTheAmountsToTheLastDigit(_ highest: UInt64) async throws {
        var random = SystemRandomNumberGenerator()
        var expected = Expected()
        for number in 1...400 as ClosedRange<Int64> {
            let day = Int.random(in: 20_000...20_009, using: &random)
            let time = try Timestamp(seconds: UInt64(day * 86_400 + .random(in: 0..<86_400, using: &random)))
            let lines = try (0..<Int.random(in: 1...3, using: &random)).map { index in
                let amount = try Amount(
                    currency, value: .random(in: 0...highest / 4, using: &random), fraction: .random(in: 0..<100_000_000, using: &random))
                return (product: "p\(index)-\(Int.random(in: 0..<5, using: &random))", amount: amount)
            }
            let total = lines.reduce(0) { $0 + $1.amount.units }
            let refund = Bool.random() ? UInt128.random(in: 0...total, using: &random) : 0
            try await sell(lines, number: number, at: time, refund: try Amount.make(currency, total: refund))
            let before = expected.days[day] ?? (0, 0, 0)
            expected.days[day] = (before.orders + 1, before.paid + total, before.refunded + refund)
            for line in lines { expected.products[line.product, default: 0] += line.amount.units }
        }
        let found = try await store.revenue(20_000...20_009, in: currency)
        #expect(found.days.map(\.number) == expected.days.keys.sorted())
        for day in found.days {
            let wanted = try #require(expected.days[day.number])
            #expect(day.takings.orders == wanted.orders)
            #expect(day.takings.paid.units == Int128(wanted.paid))
            #expect(day.takings.refunded.units == Int128(wanted.refunded))
        }
        #expect(Dictionary(uniqueKeysWithValues: found.products.map { ($0.id, UInt128($0.takings.paid.units)) }) == expected.products)
        #expect(found.products.map(\.takings.paid) == found.products.map(\.takings.paid).sorted(by: >))
        // What products brought and what all brought is the same money.
        let kept = found.products.reduce(MoneySum.zero) { $0 + $1.takings.left }
        #expect(kept - found.sharedRefunds == found.total.left)
        if highest < 1_000 {
            let amounts = try found.days.map { try Amount.make(currency, total: UInt128($0.takings.paid.units)) }
            #expect(try Amount.sum(amounts, in: currency).digits == found.total.paid.digits)
        } else {
            #expect(found.total.paid.units > Int128(UInt64.max))
        }
    }

    @Test func aDayEndsAtMidnightInUTC() async throws {
        let amount = try Amount("KUDOS:1")
        let midnight = UInt64(20_001 * 86_400)
        for (number, time) in [midnight - 1, midnight, midnight + 86_399, midnight + 86_400].enumerated() {
            try await sell([("p", amount)], number: Int64(number + 1), at: try Timestamp(seconds: time))
        }
        #expect(try await store.revenue(20_001...20_001, in: currency).total.orders == 2)
        #expect(try await store.revenue(20_000...20_002, in: currency).days.map(\.takings.orders) == [1, 2, 1])
        #expect(try await store.revenue(Int.min...Int.max, in: currency).total.orders == 4)
    }

    @Test func refundsBelongToProductsWhereThatIsKnown() async throws {
        let time = try Timestamp(seconds: 20_000 * 86_400)
        let one = try Amount("KUDOS:1")
        let two = try Amount("KUDOS:2")
        try await sell([("single", two)], number: 1, at: time, refund: one)
        try await sell([("first", one), ("second", two)], number: 2, at: time, refund: try Amount("KUDOS:3"))
        try await sell([("first", one), ("second", two)], number: 3, at: time.advanced(bySeconds: 1), refund: try Amount("KUDOS:0.5"))
        let found = try await store.revenue(20_000...20_000, in: currency)
        let refunds = Dictionary(uniqueKeysWithValues: found.products.map { ($0.id, $0.takings.refunded.digits) })
        #expect(refunds == ["single": "1", "first": "1", "second": "2"])
        #expect(found.sharedRefunds.digits == "0.5")
        #expect(found.total.refunded.digits == "4.5")
        #expect(found.products.first { $0.id == "first" }?.title == "T3")
        #expect(found.products.first { $0.id == "first" }?.quantity == 4)
    }

    @Test func onlyWhatIsPaidInTheShopsCurrencyCounts() async throws {
        let time = try Timestamp(seconds: 20_000 * 86_400)
        try await sell([("p", try Amount("KUDOS:1"))], number: 1, at: time)
        try await sell([("p", try Amount("EUR:7"))], number: 2, at: time)
        let line = OrderLine(
            product: "p", number: 1, title: "P", kind: .goods, quantity: 1, unitPrice: try Amount("KUDOS:5"), amount: try Amount("KUDOS:5"))
        _ = try await store.order(for: Wish(session: "x", lines: [line], amount: line.amount), at: time, heldUntil: time)
        let found = try await store.revenue(20_000...20_000, in: currency)
        #expect(found.total == Revenue.Takings(orders: 1, paid: MoneySum(try Amount("KUDOS:1")), refunded: .zero))
        #expect(found.foreignOrders == 1)
        #expect(try await store.revenue(20_000...20_000, in: currency, byProduct: false).products.isEmpty)
    }

    @Test func sumsAreWrittenAsAmountsAre() throws {
        for text in ["0", "1", "0.00000001", "1.5", "4503599627370496.99999999", "20.1"] {
            #expect(MoneySum(try Amount("KUDOS:\(text)")).digits == text)
        }
        #expect(MoneySum(units: -25_000_000).digits == "-0.25")
        #expect((MoneySum(try Amount("KUDOS:1")) - MoneySum(try Amount("KUDOS:3"))).digits == "-2")
        #expect(MoneySum(units: Int128(UInt64.max) * 100_000_000).digits == "\(UInt64.max)")
    }

    @Test func revenueIsFoundAlongTheIndexOfPayments() async throws {
        let plan = try await store.writer.read { database in
            try [ShopStore.daySQL, ShopStore.productSQL].flatMap { sql in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: [0, 1, "X"]).map { $0["detail"] as String }
            }
        }
        #expect(plan.count { $0.contains("USING INDEX orders_by_payment (paid_at>? AND paid_at<?)") } == 2, "\(plan)")
        #expect(plan.contains { $0.hasPrefix("SEARCH l USING PRIMARY KEY (order_id=?)") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN o") || $0.hasPrefix("SCAN l") }, "\(plan)")
    }

    /// The same hundred orders, alone and among a hundred thousand.
    @Test func theRestOfTheOrdersCostsNothing() async throws {
        let end = try Timestamp(seconds: 20_000 * 86_400)
        let few = try ManyOrders(count: 100, seconds: 31_536, end: end)
        let many = try ManyOrders(count: 100_000, end: end)
        let days = 19_999...19_999
        #expect(try await few.store.revenue(days, in: currency).total.orders == 100)
        let count = try await many.store.revenue(days, in: currency).total.orders
        #expect((270...280).contains(count))
        let alone = try await fastest { _ = try await few.store.revenue(days, in: currency) }
        let among = try await fastest { _ = try await many.store.revenue(days, in: currency) }
        #expect(among < alone * 30, "\(among) against \(alone)")
        // And all of them come to what the pattern of the data says.
        let all = try await many.store.revenue(0...20_000, in: currency)
        #expect(all.total.orders == 100_000)
        // 1 to 50 in turn, two more for every fourth, and hundredths from 0 to 99 in turn.
        let expected = 2_550_000 + 50_000 + 49_500
        #expect(all.total.paid.digits == "\(expected)")
        #expect(all.products.count == 1_001)
    }

    private func fastest(_ work: () async throws -> Void) async throws -> Duration {
        var best = Duration.seconds(3600)
        for _ in 0..<7 {
            let clock = ContinuousClock()
            let start = clock.now
            try await work()
            best = min(best, clock.now - start)
        }
        return best
    }
}
