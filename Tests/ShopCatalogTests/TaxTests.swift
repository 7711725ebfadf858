// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopCatalog
import TalerWire
import Testing

struct TaxTests {
    private static func tax(_ millionths: UInt32, _ name: String = "VAT") -> Tax { Tax(name: name, millionths: millionths) }

    @Test(arguments: [
        ("KUDOS:11.90", 190_000, "KUDOS:1.9"), ("KUDOS:119", 190_000, "KUDOS:19"), ("KUDOS:1", 190_000, "KUDOS:0.16"),
        // 0.01 × 19 ÷ 119 = 0.0016; 0.03 × 19 ÷ 119 = 0.0048; 0.04 × 19 ÷ 119 = 0.0064
        ("KUDOS:0.01", 190_000, "KUDOS:0"), ("KUDOS:0.03", 190_000, "KUDOS:0"), ("KUDOS:0.04", 190_000, "KUDOS:0.01"),
        // Just half a cent is rounded up, and just below it down.
        ("KUDOS:0.11", 100_000, "KUDOS:0.01"), ("KUDOS:0.055", 100_000, "KUDOS:0.01"), ("KUDOS:0.05499999", 100_000, "KUDOS:0"),
        ("KUDOS:0.01", 1_000_000, "KUDOS:0.01"), ("KUDOS:5.50", 55_000, "KUDOS:0.29"), ("KUDOS:100", 1, "KUDOS:0"),
        ("KUDOS:4503599627370496", 1_000_000, "KUDOS:2251799813685248"),
        ("KUDOS:4503599627370496", 190_000, "KUDOS:719062125378482.55"),
    ])
    func aTaxIsExactAndRoundedHalfUp(price: String, millionths: UInt32, expected: String) throws {
        let amounts = try Tax.amounts(of: [Self.tax(millionths)], in: try Amount(price), roundedTo: try Amount("KUDOS:0.01"))
        #expect(amounts == [TaxAmount(name: "VAT", amount: try Amount(expected))])
    }

    @Test func severalTaxesAreAllOnThePriceWithoutTaxes() throws {
        let amounts = try Tax.amounts(
            of: [Self.tax(190_000), Self.tax(10_000, "Levy")], in: try Amount("KUDOS:120"), roundedTo: try Amount("KUDOS:0.01"))
        #expect(amounts.map(\.amount) == [try Amount("KUDOS:19"), try Amount("KUDOS:1")])
        #expect(amounts.map(\.name) == ["VAT", "Levy"])
    }

    @Test func theStepMayBeAnythingAndZeroMeansNone() throws {
        let price = try Amount("KUDOS:10")
        #expect(
            try Tax.amounts(of: [Self.tax(190_000)], in: price, roundedTo: try Amount("KUDOS:1")).first?.amount == (try Amount("KUDOS:2")))
        #expect(
            try Tax.amounts(of: [Self.tax(190_000)], in: price, roundedTo: try Amount("KUDOS:0")).first?.amount
                == (try Amount("KUDOS:1.59663866")))
    }

    @Test func allTaxesTogetherAreNeverMoreThanThePrice() throws {
        let unit = try Amount("KUDOS:0.01")
        for count in 1...10 {
            let taxes = (0..<count).map { Self.tax(UInt32(1_000_000 / count), "\($0)") }
            for cents in UInt32(1)...60 {
                let price = try unit.multiplied(by: cents)
                let sum = try Amount.sum(try Tax.amounts(of: taxes, in: price, roundedTo: unit).map(\.amount), in: unit.currency)
                #expect(try !price.isLess(than: sum), "\(count) taxes on \(price)")
            }
        }
    }

    @Test func anotherCurrencyIsRefused() throws {
        #expect(throws: AmountError.currencyMismatch) {
            try Tax.amounts(of: [Self.tax(190_000)], in: try Amount("EUR:1"), roundedTo: try Amount("KUDOS:0.01"))
        }
    }

    @Test(arguments: [(190_000, "19"), (55_000, "5.5"), (1, "0.0001"), (81_000, "8.1"), (1_000_000, "100")])
    func theRateIsWrittenAsItIs(millionths: UInt32, expected: String) {
        #expect(Self.tax(millionths).percent == expected)
    }

    @Test(arguments: [
        ("tax: VAT 19%", ["VAT 19"]), ("tax: VAT 19 %", ["VAT 19"]),
        ("tax: VAT 5.5%\ntax: Book levy 0.25%", ["VAT 5.5", "Book levy 0.25"]),
        ("taxes: VAT 19%, Levy 1%", ["VAT 19", "Levy 1"]), ("taxes: VAT 19%,\n  Levy 1%", ["VAT 19", "Levy 1"]),
    ])
    func taxesAreRead(text: String, expected: [String]) throws {
        let folder = try CatalogFolder(["a.md": CatalogFolder.article.replacing("author: x", with: "author: x\n" + text)])
        #expect(try folder.catalog()["a"]?.taxes.map { "\($0.name) \($0.percent)" } == expected)
    }
}
