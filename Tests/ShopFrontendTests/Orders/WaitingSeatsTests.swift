// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import Testing

@testable import ShopFrontend

struct WaitingSeatsTests {
    private let seats = WaitingSeats()

    /// - Parameter number: below 1000.
    private func order(_ number: Int) throws -> OrderID {
        try #require(OrderID("\(1000 + number)" + String(repeating: "0", count: 22)))
    }

    @Test func oneOrderHasEightAndGetsThemBack() throws {
        let (one, other) = (try order(1), try order(2))
        for _ in 0..<8 { #expect(seats.take(one)) }
        #expect(!seats.take(one))
        #expect(seats.take(other))
        seats.leave(one)
        #expect(seats.take(one))
        #expect(!seats.take(one))
    }

    @Test func allOrdersTogetherLeaveHalfOfTheConnections() throws {
        for number in 0..<WaitingSeats.maximumCount { #expect(seats.take(try order(number))) }
        #expect(!seats.take(try order(999)))
        seats.leave(try order(7))
        #expect(seats.take(try order(999)))
        #expect(!seats.take(try order(7)))
    }

    @Test func whoNeverSatLeavesNothing() throws {
        seats.leave(try order(1))
        for _ in 0..<8 { #expect(seats.take(try order(1))) }
        #expect(!seats.take(try order(1)))
    }
}
