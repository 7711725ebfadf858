// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@testable import Localization

struct FormatTests {
    struct Row: CustomTestStringConvertible {
        let language: Language
        let amounts: [String]
        let date: String
        let dateTime: String
        let sizes: [String]
        var testDescription: String { language.code }
    }

    static let amounts = ["KUDOS:0.5", "KUDOS:3", "KUDOS:1234567.00000001", "KUDOS:4503599627370496.99999999", "KUDOS:12345.678"]

    static let rows = [
        Row(
            language: .english,
            amounts: ["0.50 KUDOS", "3.00 KUDOS", "1,234,567.00000001 KUDOS", "4,503,599,627,370,496.99999999 KUDOS", "12,345.678 KUDOS"],
            date: "15 January 2027", dateTime: "15 January 2027, 08:00 UTC", sizes: ["1 byte", "512 bytes", "43 kB", "12.3 MB"]),
        Row(
            language: .german,
            amounts: ["0,50 KUDOS", "3,00 KUDOS", "1.234.567,00000001 KUDOS", "4.503.599.627.370.496,99999999 KUDOS", "12.345,678 KUDOS"],
            date: "15. Januar 2027", dateTime: "15. Januar 2027, 08:00 Uhr UTC", sizes: ["1 Byte", "512 Byte", "43 kB", "12,3 MB"]),
        Row(
            language: .french,
            amounts: ["0,50 KUDOS", "3,00 KUDOS", "1 234 567,00000001 KUDOS", "4 503 599 627 370 496,99999999 KUDOS", "12 345,678 KUDOS"],
            date: "15 janvier 2027", dateTime: "15 janvier 2027 à 08:00 UTC", sizes: ["1 octet", "512 octets", "43 ko", "12,3 Mo"]),
        Row(
            language: .spanish,
            amounts: ["0,50 KUDOS", "3,00 KUDOS", "1.234.567,00000001 KUDOS", "4.503.599.627.370.496,99999999 KUDOS", "12.345,678 KUDOS"],
            date: "15 de enero de 2027", dateTime: "15 de enero de 2027, 08:00 UTC", sizes: ["1 byte", "512 bytes", "43 kB", "12,3 MB"]),
        Row(
            language: .italian,
            amounts: ["0,50 KUDOS", "3,00 KUDOS", "1.234.567,00000001 KUDOS", "4.503.599.627.370.496,99999999 KUDOS", "12.345,678 KUDOS"],
            date: "15 gennaio 2027", dateTime: "15 gennaio 2027, ore 08:00 UTC", sizes: ["1 byte", "512 byte", "43 kB", "12,3 MB"]),
    ]

    private static let dates: [Language: String] = [
        .english: "{date}, {time} UTC", .german: "{date}, {time} Uhr UTC", .french: "{date} à {time} UTC", .spanish: "{date}, {time} UTC",
        .italian: "{date}, ore {time} UTC",
    ]

    @Test(arguments: rows) func numbersAndDatesHaveTheLocalForm(row: Row) throws {
        let texts = try Texts(Self.dates.mapValues { "format.dateTime = \($0)\nformat.never = never" })
        let words = texts.words(row.language)
        #expect(try Self.amounts.map { plain(words.amount(try Amount($0))) } == row.amounts)
        let time = try Timestamp(seconds: 1_800_000_000)
        #expect(words.date(time) == row.date)
        #expect(words.dateTime(time) == row.dateTime)
        #expect(words.dateTime(.never) == "never")
        #expect([1, 512, 43210, 12_345_678].map { plain(words.size($0)) } == row.sizes)
    }

    @Test func thousandsOfFrenchNumbersAreNotTornApart() throws {
        let words = try Texts([.english: "a = b", .french: "a = b"]).words(.french)
        #expect(words.number(12345) == "12\u{202F}345")
    }

    @Test(
        arguments: [(1_798_761_600, "1er janvier 2027"), (1_799_625_600, "11 janvier 2027"), (1_798_848_000, "2 janvier 2027")]
            as [(UInt64, String)])
    func theFirstOfAFrenchMonthIsAnOrdinal(seconds: UInt64, text: String) throws {
        #expect(try Texts([.english: "a = b", .french: "a = b"]).words(.french).date(try Timestamp(seconds: seconds)) == text)
    }

    /// Spaces of every width are told apart by ``thousandsOfFrenchNumbersAreNotTornApart()``.
    private func plain(_ text: String) -> String { text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ") }

    @Test(arguments: [
        ("1", "1"), ("1.50", "1.5"), ("1,50", "1.5"), (" 1 234,50 ", "1234.5"), ("1.234,50", "1234.5"), ("1,234.50", "1234.5"),
        ("1.234.567,5", "1234567.5"), ("1'234.5", "1234.5"), ("1\u{202F}234,5", "1234.5"), ("1.234", "1.234"), (",5", "0.5"),
        ("0.00000001", "0.00000001"),
    ])
    func amountsAreReadAsPeopleTypeThem(typed: String, digits: String) throws {
        #expect(Words.amount(typed: typed, try Currency("KUDOS")) == (try Amount("KUDOS:" + digits)))
    }

    @Test(arguments: [
        "", " ", ",", ".", "-1", "+1", "1e3", "1.2.3", "1,2,3", "12,34.5", "1234,567.8", "1.", "1.000000001", "٣", "1 KUDOS", "KUDOS:1",
        "0x1",
        "1.,5", "99999999999999999999", "1\u{301}",
    ])
    func whatIsNoAmountIsNotGuessed(typed: String) throws { #expect(Words.amount(typed: typed, try Currency("KUDOS")) == nil) }
}
