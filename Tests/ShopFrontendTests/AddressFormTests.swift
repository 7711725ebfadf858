// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import Testing

@testable import ShopFrontend

struct AddressFormTests {
    private static let good = [
        "name": "Ana Lucía Peña", "street": "Calle Mayor", "number": "7 bis", "postcode": "28013", "city": "Madrid", "state": "",
        "country": "ES",
    ]

    private func form(_ changes: [String: String] = [:]) -> AddressForm {
        let values = Self.good.merging(changes) { $1 }
        return AddressForm { values[$0] }
    }

    private let destinations = ["DE", "ES", "HK", "GB"]

    @Test func anAddressIsTakenAsItWasTyped() {
        #expect(form().problems(destinations: destinations).isEmpty)
        #expect(
            form().delivery(destinations: destinations)
                == Delivery(
                    name: "Ana Lucía Peña", street: "Calle Mayor", streetNumber: "7 bis", zipCode: "28013", city: "Madrid", country: "ES"))
        #expect(form(["state": "Madrid"]).delivery(destinations: destinations)?.state == "Madrid")
    }

    @Test func spacesAreTidiedAndAccentsComposed() {
        let form = form(["name": "  Ana   Luci\u{301}a\t Pen\u{303}a\u{A0}"])
        #expect(Array(form[.name].unicodeScalars) == Array("Ana Lucía Peña".unicodeScalars))
    }

    @Test(arguments: ["name", "street", "number", "postcode", "city", "country"])
    func whatIsNeededIsAskedFor(field: String) {
        let problems = form([field: "  "]).problems(destinations: destinations)
        #expect(problems.map(\.field.rawValue) == [field])
        #expect(problems.map(\.fault) == [.missing])
        #expect(form([field: ""]).delivery(destinations: destinations) == nil)
    }

    @Test func aNumberInTheStreetsFieldIsEnough() {
        #expect(form(["street": "Calle Mayor 7", "number": ""]).problems(destinations: destinations).isEmpty)
        #expect(form(["number": "–"]).problems(destinations: destinations).isEmpty)
    }

    @Test func someCountriesHaveNoPostcodes() {
        #expect(form(["country": "HK", "postcode": ""]).problems(destinations: destinations).isEmpty)
        #expect(form(["country": "GB", "postcode": "SW1A 1AA"]).problems(destinations: destinations).isEmpty)
    }

    @Test(arguments: ["2801", "280133", "28O13", "28 013", "２８０１３"]) func aPostcodeOfDigitsIsCounted(postcode: String) {
        #expect(form(["postcode": postcode]).problems(destinations: destinations).map(\.fault) == [.digits(5)])
    }

    @Test(arguments: ["FR", "XX", "es", "España", "E"]) func goodsAreNotSentElsewhere(country: String) {
        let fault = form(["country": country]).problems(destinations: destinations).map(\.fault)
        #expect(fault == [country.count > 2 ? .tooLong : .destination])
    }

    @Test(arguments: [
        "Ana\nLucía", "Ana\u{0}", "Ana\u{202E}aicul", "Ana\u{2066}", "\u{FEFF}Ana", "Ana\u{2028}", "Ana\u{85}", "12345", "…", "\u{E000}na",
        "Ana\u{FFFF}", "Ana\rLucía", "Ana\u{1B}[31m",
    ])
    func whatCannotBeReadIsRefused(name: String) {
        let problems = form(["name": name]).problems(destinations: destinations)
        #expect(problems == [AddressForm.Problem(field: .name, fault: .characters)])
    }

    @Test(arguments: ["李小龍", "محمد", "می\u{200C}خواهم", "O’Neill-Łukaszewicz", "Ⅳ. Büro"]) func namesOfAllScriptsAreTaken(name: String) {
        #expect(form(["name": name]).problems(destinations: destinations).isEmpty)
    }

    @Test func lengthsAreCounted() {
        #expect(form(["name": String(repeating: "é", count: 100)]).problems(destinations: destinations).isEmpty)
        #expect(form(["name": String(repeating: "é", count: 101)]).problems(destinations: destinations).map(\.fault) == [.tooLong])
    }

    @Test func countriesHaveTheNamesOfTheLanguageInItsOrder() {
        #expect(
            Countries(["AT", "DE", "EG", "FR"], language: "de").all.map(\.name) == ["Ägypten", "Deutschland", "Frankreich", "Österreich"])
        #expect(Countries(["DE", "FR"], language: "fr").all.map(\.code) == ["DE", "FR"])
        #expect(Countries.name("DE", language: "it") == "Germania")
    }
}
