// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// No order of events makes a buyer pay twice, or hands what was bought to somebody else.
struct PayOnceTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    @Test(arguments: ["edate", "wire_transfer_deadline"])
    func theBuyerDoesNotDecideWhenTheShopGetsItsMoney(member: String) async throws {
        let visitor = bench.visitor()
        #expect(try await visitor.pay(try await visitor.offer(), changes: [member: "/Date(9000000000)/"]).status == 301)
        #expect(bench.backend.read { $0.permissions.first?[member] } == nil)
    }
}
