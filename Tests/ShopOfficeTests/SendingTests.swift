// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing
import TestSupport

@Suite struct SendingTests {
    @Test func anOrderIsMarkedAsSentAndThatIsUndone() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        bench.clock.advance(bySeconds: 2 * 86_400)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        #expect(owner.value(of: "day") == "2027-01-17")
        try await owner.submit("/orders/\(order.id)/sent", ["day": "2027-01-16", "note": "parcel\u{7} 12\n3"])
        #expect(owner.location == "/orders/\(order.id)?notice=sent")
        let sent = try #require(try await bench.store.order(order.id)?.sent)
        #expect(sent.note == "parcel 12 3")
        #expect(sent.time.seconds == 1_800_057_600)
        try await owner.get("/orders/\(order.id)?notice=sent")
        #expect(owner.text.contains("Sent on 16 Jan 2027.") && owner.text.contains("parcel 12 3"))
        try await owner.get("/orders?state=to-send")
        #expect(owner.text.orderLinks.isEmpty)
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/sent", ["undo": "yes"])
        #expect(owner.location == "/orders/\(order.id)?notice=unsent")
        #expect(try await bench.store.order(order.id)?.sent == nil)
    }

    @Test(arguments: [
        ("", "A date like 2027-01-15 is needed."), ("2027-01-16", "This day has not come yet."),
        ("2027-01-14", "before the order was made"),
        ("1969-01-01", "A date like"),
    ])
    func aDayThatCannotBeIsNamedBesideItsField(day: String, words: String) async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/sent", ["day": day, "note": "kept"])
        #expect(owner.status == 422)
        #expect(owner.text.contains(words) && owner.text.contains("value=\"kept\"") && owner.text.contains("id=\"day-problem\""))
        #expect(try await bench.store.order(order.id)?.sent == nil)
    }

    @Test func aNoteHasAnEnd() async throws {
        let bench = try OfficeBench()
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        var owner = try await bench.owner()
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/sent", ["day": "2027-01-15", "note": String(repeating: "x", count: 301)])
        #expect(owner.status == 422)
        #expect(owner.text.contains("id=\"note-problem\""))
    }
}
