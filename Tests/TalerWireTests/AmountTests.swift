// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct AmountTests {
    private func amount(_ text: String) throws -> Amount { try Amount(text) }

    @Test func textAndObjectFormAreRead() throws {
        let expected = try amount("KUDOS:10.5")
        #expect(try Amount(json: "KUDOS:10.5") == expected)
        #expect(try Amount(json: ["currency": "KUDOS", "value": 10, "fraction": 50_000_000]) == expected)
        #expect(try Amount(json: ["value": 10, "currency": "KUDOS"]) == amount("KUDOS:10"))
        #expect(expected.json == "KUDOS:10.5")
        #expect(expected.classicJSON.text == "{\"currency\":\"KUDOS\",\"fraction\":50000000,\"value\":10}")
        #expect(try ClassicAmount(json: "KUDOS:10.5").json == expected.classicJSON)
    }

    @Test func anObjectWithAWrongMemberIsRefused() {
        let objects: [JSONValue] = [
            [:], ["currency": "KUDOS"], ["value": 1], ["currency": "kudos", "value": 1], ["currency": "KUDOS", "value": -1],
            ["currency": "KUDOS", "value": "1"], ["currency": "KUDOS", "value": .number("1.5")],
            ["currency": "KUDOS", "value": 4_503_599_627_370_497], ["currency": "KUDOS", "value": 1, "fraction": 100_000_000],
            ["currency": "KUDOS", "value": 1, "fraction": -1], ["currency": "KUDOS", "value": 1, "fraction": "0"], 1, .null, [], true,
        ]
        for object in objects { #expect(throws: JSONError.self, "\(object.text)") { try Amount(json: object) } }
    }

    @Test(arguments: ["KUDOS:1\u{0}", "KUDOS:١", "ＫＵＤＯＳ:1", "KUDOS:1\n", "KÜDOS:1", "KUDOS:0.", "KUDOS:.", "KUDOS::1", "", ":"])
    func aTextOfOtherCharactersIsRefused(_ text: String) {
        #expect(throws: WireError.self) { try Amount(text) }
    }

    @Test func sumsHaveOneCurrencyAndALimit() throws {
        let currency = try Currency("KUDOS")
        #expect(try Amount.sum([], in: currency) == .zero(currency))
        #expect(try Amount.sum([amount("KUDOS:0.6"), amount("KUDOS:0.6")], in: currency) == amount("KUDOS:1.2"))
        #expect(throws: AmountError.currencyMismatch) { try Amount.sum([amount("EUR:1")], in: currency) }
        let largest = try amount("KUDOS:4503599627370496.99999999")
        #expect(throws: AmountError.overflow) { try largest.adding(amount("KUDOS:0.00000001")) }
        #expect(throws: AmountError.overflow) { try largest.multiplied(by: .max) }
        #expect(throws: AmountError.overflow) { try largest.divided(by: 0) }
        #expect(try largest.multiplied(by: 0).isZero)
    }

    @Test func roundingNeverRaises() throws {
        #expect(try amount("KUDOS:1.99").roundedDown(to: amount("KUDOS:0")) == amount("KUDOS:1.99"))
        #expect(throws: AmountError.currencyMismatch) { try amount("KUDOS:1").roundedDown(to: amount("EUR:1")) }
        #expect(try !amount("KUDOS:1").isMultiple(of: amount("EUR:1")))
        #expect(try amount("KUDOS:1").isLess(than: amount("KUDOS:1.00000001")))
    }
}
