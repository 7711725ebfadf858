// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

/// Some entries of the registry, as GANA publishes them.
@Suite struct ErrorCodeTests {
    @Test(arguments: [
        (0, "NONE", 0), (21, "GENERIC_ENDPOINT_UNKNOWN", 404), (22, "GENERIC_JSON_INVALID", 400), (26, "GENERIC_PARAMETER_MALFORMED", 400),
        (1205, "EXCHANGE_DEPOSIT_COIN_SIGNATURE_INVALID", 403), (2005, "MERCHANT_GENERIC_ORDER_UNKNOWN", 404),
        (2000, "MERCHANT_GENERIC_INSTANCE_UNKNOWN", 404),
    ])
    func anEntryHasItsNameAndStatus(_ number: Int, _ name: String, _ status: Int) throws {
        let code = try #require(ErrorCode(rawValue: number))
        #expect(code.name == name)
        #expect(code.status == status)
        #expect(code.rawValue == number)
    }

    @Test func everyEntryHasANameAndAStatusOfHTTPOrNone() {
        let codes = (0..<10_000).compactMap { ErrorCode(rawValue: $0) }
        #expect(codes.count > 500)
        #expect(Set(codes.map(\.name)).count == codes.count)
        for code in codes { #expect(code.status == 0 || (200...599).contains(code.status), "\(code)") }
    }

    @Test func anUnknownNumberIsNoEntry() {
        #expect(ErrorCode(rawValue: -1) == nil)
        #expect(ErrorCode(rawValue: 999_999) == nil)
    }
}
