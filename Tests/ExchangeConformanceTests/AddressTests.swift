// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import Testing

/// Addresses that begin as one of the exchange's, over real sockets.
@Suite struct AddressTests {
    @Test(arguments: [
        ("/keys/more", 1002), ("/batch-deposit/more", 1002), ("/deposits/A/B/C", 1002), ("/deposits/A/B/C/D/E", 1002),
        ("/transfers", 1002), ("/transfers/A/B", 1002), ("/reserves/A/history/more", 1002), ("/coins", 1002), ("/kyc-check", 1002),
        ("/coins/A/nothing", 1001), ("/reserves/A/nothing", 1001), ("/nope", 21), ("/nope/A/B", 21),
    ])
    func theRestOfAnAddressHasCodesOfItsOwn(_ address: String, _ code: Int) async throws {
        let exchange = try await LiveExchange()
        for method in [HTTPMethod.get, .post] {
            let response = try await exchange.send(method, address)
            #expect(response.status == 404)
            #expect(response.code == code)
        }
        await exchange.stop()
    }

    @Test func anAddressOfARouteStaysWithItsMethods() async throws {
        let exchange = try await LiveExchange()
        let response = try await exchange.get("/batch-deposit")
        #expect(response.status == 405)
        #expect(response.code == 20)
        #expect(response.fields["Allow"] == "POST")
        await exchange.stop()
    }
}
