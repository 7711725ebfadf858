// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore

/// The last look before an order is made: what it comes to, and where goods go.
struct CheckoutPage: Page {
    static let templateName = "checkout"
    static var samples: [CheckoutPage] {
        get throws {
            let problems = AddressForm.Field.allCases.map { AddressForm.Problem(field: $0, fault: .digits(5)) }
            let line = Line(title: "t", language: "en", quantity: 2, amount: "a")
            let address = Address(form: AddressForm(), problems: problems, countries: Countries(["DE", "FR"], language: "en"))
            let faults: [AddressForm.Fault] = [.missing, .tooLong, .characters, .destination]
            for fault in faults {
                for field in AddressForm.Field.allCases { _ = Words.sample.words(AddressForm.Problem(field: field, fault: fault)) }
            }
            return try Totals.samples.map { totals in
                CheckoutPage(
                    words: Words.sample, lines: [line], totals: totals, address: address,
                    notice: Notice(words: "n", link: "l", label: "l"), checkout: "c", seen: "s", minutesHeld: 60)
            }
        }
    }

    struct Line: Sendable {
        var title: String
        /// Of the title, where it is not the page's.
        var language: String?
        var quantity: Int
        var amount: String
    }

    struct Address: Sendable {
        var form: AddressForm
        var problems: [AddressForm.Problem]
        var countries: Countries
    }

    struct Notice: Sendable {
        var words: String
        var link: String?
        var label = ""
    }

    let words: Words
    var lines: [Line]
    var totals: Totals
    /// Nil when nothing is sent.
    var address: Address?
    /// False when goods could be sent nowhere.
    var canBeSent = true
    var notice: Notice?
    /// The form's random name.
    var checkout: String
    /// Stands for what the page shows to be bought.
    var seen: String
    /// How long scarce things are kept; nil when nothing in the cart is scarce.
    var minutesHeld: Int?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(words("checkout.title")), "description": .text(words("checkout.description")), "checkout": .text(checkout),
            "seen": .text(seen), "totals": .record(totals.record(words)), "lines": .list(lines.map { .record(self.record($0)) }),
            "open": .flag(canBeSent), "nothingSent": .flag(address == nil && canBeSent),
        ]
        if let minutesHeld { record["held"] = .record(["words": .text(words("checkout.held", count: minutesHeld))]) }
        if let notice {
            var said: PageRecord = ["words": .text(notice.words)]
            if let link = notice.link { said["link"] = .record(["address": .text(link), "label": .text(notice.label)]) }
            record["notice"] = .record(said)
        }
        if let address {
            record["address"] = .record(self.record(address))
            if !address.problems.isEmpty { record["problems"] = .record(summary(address.problems)) }
        }
        return record
    }

    private func record(_ line: Line) -> PageRecord {
        var record: PageRecord = ["title": .text(line.title), "amount": .text(line.amount)]
        if let language = line.language { record["foreign"] = .record(["code": .text(language)]) }
        if line.quantity > 1 { record["several"] = .record(["number": .text(words.number(line.quantity))]) }
        return record
    }

    private func summary(_ problems: [AddressForm.Problem]) -> PageRecord {
        [
            "heading": .text(words("checkout.problems", count: problems.count)),
            "fields": .list(
                problems.map { .record(["field": .text($0.field.rawValue), "words": .text(words.words($0))]) }),
        ]
    }

    private func record(_ address: Address) -> PageRecord {
        var record = PageRecord()
        for field in AddressForm.Field.allCases {
            var part: PageRecord = ["value": .text(address.form[field]), "maximum": .text("\(field.maximumLength)")]
            if let problem = address.problems.first(where: { $0.field == field }) {
                part["problem"] = .record(["words": .text(words.words(problem))])
            }
            if field == .country {
                let chosen = address.form[.country]
                part["choose"] = .flag(address.countries.all.count != 1)
                part["countries"] = .list(
                    address.countries.all.map {
                        .record(["code": .text($0.code), "name": .text($0.name), "chosen": .flag($0.code == chosen)])
                    })
            }
            record[field.rawValue] = .record(part)
        }
        return record
    }
}

extension Words {
    /// What to do about a field of an address.
    func words(_ problem: AddressForm.Problem) -> String {
        switch problem.fault {
        case .missing: self(Self.missingKey(problem.field))
        case .tooLong: self("checkout.tooLong", count: problem.field.maximumLength)
        case .characters: self("checkout.characters")
        case .digits(let count): self("checkout.digits", count: count)
        case .destination: self("checkout.destination")
        }
    }

    private static func missingKey(_ field: AddressForm.Field) -> String {
        switch field {
        case .name: "checkout.missingName"
        case .street: "checkout.missingStreet"
        case .number: "checkout.missingNumber"
        case .postcode: "checkout.missingPostcode"
        case .city, .state: "checkout.missingCity"
        case .country: "checkout.missingCountry"
        }
    }
}
