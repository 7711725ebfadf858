// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopOffice
import ShopStore
import TalerWire
import Testing
import TestSupport

@Suite struct OrderListTests {
    @Test func nothingIsThereBeforeTheFirstOrder() async throws {
        var owner = try await OfficeBench().owner()
        try await owner.get("/orders")
        #expect(owner.text.contains("Nobody has ordered anything yet."))
        try await owner.get("/orders?q=x")
        #expect(owner.text.contains("No order is like this."))
    }

    @Test func pagesOfFiftyGoOnWhereTheLastEnded() async throws {
        let bench = try OfficeBench()
        var all: [String] = []
        for index in 0..<120 {
            // Many in one second, so that names decide.
            let time = bench.clock.now().advanced(bySeconds: Int64(index / 40))
            all.append(try await bench.order([try OfficeBench.line()], session: "s\(index)", at: time).id.text)
        }
        for filter in ["", "kind=goods", "state=open", "q=tally", "from=2027-01-15&to=2027-01-15"] {
            var owner = try await bench.owner()
            var seen: [String] = []
            var target: String? = "/orders?" + filter
            var sizes: [Int] = []
            while let page = target {
                try await owner.get(page)
                #expect(owner.status == 200)
                let ids = owner.text.orderLinks
                sizes.append(ids.count)
                seen += ids
                target = owner.text.next
            }
            #expect(sizes == [50, 50, 20], "\(filter)")
            #expect(Set(seen) == Set(all) && seen.count == 120, "\(filter)")
            #expect(Set(seen.prefix(40)) == Set(all.suffix(40)), "\(filter)")
        }
    }

    @Test func filtersShowWhatTheySay() async throws {
        let bench = try OfficeBench()
        let open = try await bench.order([try OfficeBench.line("poem", title: "A Poem", kind: .article)], session: "a")
        let toSend = try await bench.paidOrder(number: 1, session: "b", delivery: OfficeBench.address)
        let sent = try await bench.paidOrder(number: 2, session: "c", delivery: OfficeBench.address)
        _ = try await bench.store.setSent(sent.id, .init(time: bench.clock.now(), note: ""))
        let back = try await bench.paidOrder(number: 3, session: "d", delivery: OfficeBench.address)
        try await bench.store.noteRefund(back.id, back.amount)
        let donation = try await bench.paidOrder([try OfficeBench.line("gift", title: "Gift", kind: .donation)], number: 4, session: "e")
        let closed = try await bench.order([try OfficeBench.line()], session: "f")
        #expect(try await bench.store.close(closed.id, .expired, transaction: nil, at: bench.clock.now()))
        let old = try await bench.order(
            [try OfficeBench.line("old", title: "Old", kind: .download)], session: "g", at: Timestamp(seconds: 1_700_000_000))
        let everything = [open, toSend, sent, back, donation, closed, old].map(\.id)
        let cases: [(query: String, orders: [OrderID])] = [
            ("", everything), ("state=open", [open.id, old.id]), ("state=paid", [toSend.id, sent.id, back.id, donation.id]),
            ("state=to-send", [toSend.id]), ("state=given-back", [back.id]), ("state=closed", [closed.id]), ("state=returned", []),
            ("kind=article", [open.id]), ("kind=donation", [donation.id]), ("kind=goods", [toSend.id, sent.id, back.id, closed.id]),
            ("kind=goods&state=closed", [closed.id]), ("kind=donation&state=open", []), ("to=2023-11-14", [old.id]),
            ("from=2023-11-15", everything.filter { $0 != old.id }), ("from=2023-11-14&to=2023-11-14", [old.id]),
            ("kind=download&from=2023-11-15", []), ("state=nonsense&kind=nonsense", everything),
        ]
        for (query, orders) in cases {
            var owner = try await bench.owner()
            try await owner.get("/orders?" + query)
            #expect(Set(owner.text.orderLinks) == Set(orders.map(\.text)), "\(query)")
        }
        var owner = try await bench.owner()
        try await owner.get("/orders")
        #expect(owner.text.contains("1 order waits to be sent"))
    }

    @Test func aProductHasOneTitleAndAPackingListOnlyGoods() async throws {
        let bench = try OfficeBench(catalog: CatalogView(title: { ["tally-sticks": "Tally Sticks", "essay": "Essay"][$0] }))
        let lines = [
            try OfficeBench.line("essay", title: "Aufsatz", kind: .article), try OfficeBench.line(title: "Kerbhölzer", quantity: 2),
            try OfficeBench.line("gone", title: "Fort"),
        ]
        let order = try await bench.paidOrder(lines, delivery: OfficeBench.address)
        var owner = try await bench.owner()
        try await owner.get("/orders")
        #expect(owner.text.contains("Essay, Tally Sticks × 2 and 1 more"))
        try await owner.get("/orders?state=to-send")
        #expect(owner.text.contains("2 × Tally Sticks, 1 × Fort") && !owner.text.contains("Essay"))
        try await owner.get("/")
        #expect(owner.text.contains("2 × Tally Sticks, 1 × Fort") && owner.text.contains("Essay, Tally Sticks × 2 and 1 more"))
        try await owner.get("/orders.csv")
        #expect(owner.text.contains("1 × Essay; 2 × Tally Sticks; 1 × Fort"))
        try await owner.get("/orders/\(order.id)")
        #expect(owner.text.contains("Kerbhölzer") && owner.text.contains("3 products, "))
    }

    @Test func searchFindsByNameNumberHashProductAndAddress() async throws {
        let bench = try OfficeBench()
        let ada = try await bench.paidOrder(
            [try OfficeBench.line(), try OfficeBench.line("poem", title: "Das Öl", kind: .article)], number: 7,
            delivery: OfficeBench.address)
        var grace = OfficeBench.address
        grace.name = "Grace \"Amazing\" Hopper"
        grace.city = "New York"
        let other = try await bench.paidOrder(
            [try OfficeBench.line("other", title: "Other thing")], number: 8, session: "b", delivery: grace)
        let hash = try ContractHash([UInt8](repeating: 7, count: 64)).base32
        let cases: [(search: String, orders: [OrderID])] = [
            (ada.id.text, [ada.id]), (String(other.id.text.prefix(10)).lowercased(), [other.id]), ("7", [ada.id]), ("8", [other.id]),
            (hash, [ada.id]), (hash.lowercased(), [ada.id]), ("tally", [ada.id]), ("sticks", [ada.id]), ("tally-sticks", [ada.id]),
            ("das ol", [ada.id]), ("öl", [ada.id]), ("lovelace", [ada.id]), ("LODZ", []), ("łódź", [ada.id]), ("ada łó", [ada.id]),
            ("new york", [other.id]), ("amaz", [other.id]), ("\"amazing\"", [other.id]), ("nobody", []), ("\"", []), ("* OR NOT (", []),
            ("words:tally", []), ("NEAR(a b)", []), ("-", []), ("'; DROP TABLE orders; --", []), ("  Grace   Hopper ", [other.id]),
            ("9223372036854775808", []), ("%", []), (String(repeating: "x", count: 5000), []),
        ]
        for (search, orders) in cases {
            var owner = try await bench.owner()
            try await owner.get("/orders?q=" + PercentEncoding.encode(search))
            #expect(owner.status == 200, "\(search)")
            #expect(owner.text.orderLinks == orders.map(\.text), "\(search)")
        }
        var owner = try await bench.owner()
        try await owner.get("/orders?q=lovelace&state=open")
        #expect(owner.text.orderLinks.isEmpty)
    }

    @Test(arguments: ["x", "w", "w0", "1-2", "-1-00000000000000000000000000", "1-00000000000000000000000000-1"])
    func aPlaceThatIsNoneIsRefusedInWords(after: String) async throws {
        var owner = try await OfficeBench().owner()
        try await owner.get("/orders?after=" + after)
        #expect(owner.status == 400)
        #expect(owner.text.contains("There is no such page of the list."))
    }

    @Test func aDateThatIsNoneIsNamedBesideItsField() async throws {
        var owner = try await OfficeBench().owner()
        try await owner.get("/orders?from=tomorrow&to=2027-02-30")
        #expect(owner.status == 200)
        #expect(owner.text.contains("id=\"from-problem\"") && owner.text.contains("id=\"to-problem\""))
        try await owner.get("/orders?from=2027-02-02&to=2027-02-01")
        #expect(owner.text.contains("This day is before the first one."))
    }
}

extension String {
    /// The orders that a page links to, in their order.
    var orderLinks: [String] {
        components("<a class=\"code\" href=\"/orders/").dropFirst().map { String($0.prefix(26)) }
    }

    /// Where "Older orders" leads.
    var next: String? {
        guard let end = firstRange(of: "\" rel=\"next\"") else { return nil }
        let before = self[..<end.lowerBound]
        guard let start = before.ranges(of: "href=\"").last else { return nil }
        return String(before[start.upperBound...]).replacing("&amp;", with: "&")
    }
}
