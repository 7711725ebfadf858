// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Testing

@testable import Localization

struct LanguageTests {
    struct Row: CustomTestStringConvertible {
        let header: String
        let language: Language
        var offered = Language.allCases
        var testDescription: String { "“\(header)” → \(language)" }
    }

    static let rows = [
        Row(header: "", language: .english),
        Row(header: "de", language: .german),
        Row(header: "de-AT", language: .german),
        Row(header: "DE-at", language: .german),
        Row(header: "de-Latn-DE-1996", language: .german),
        Row(header: "de-CH, en;q=0.5", language: .german),
        Row(header: "en;q=0.5, fr;q=0.9", language: .french),
        Row(header: "en;q=0.5,fr;q=0.501", language: .french),
        Row(header: "fr, it", language: .french),
        Row(header: "it, fr", language: .italian),
        Row(header: "pt-BR, pt;q=0.9, es;q=0.5", language: .spanish),
        Row(header: "pt", language: .english),
        Row(header: "*", language: .english),
        Row(header: "*", language: .french, offered: [.french, .english]),
        Row(header: "pt, *;q=0.5", language: .english),
        Row(header: "en;q=0, *", language: .german),
        Row(header: "en;q=0.2, *;q=0.7", language: .german),
        Row(header: "*;q=0", language: .english),
        Row(header: "*;q=0, it;q=0.1", language: .italian),
        Row(header: "de;q=0, en;q=0.1", language: .english),
        Row(header: "de-CH;q=0, de;q=0.5", language: .german),
        Row(header: "de-CH;q=0, fr;q=0.1", language: .french),
        Row(header: "de-CH;q=0.8, de;q=0.3, en;q=0.5", language: .german),
        Row(header: "*, it", language: .italian, offered: [.english, .italian]),
        Row(header: "fr ; q=1 ,\tit;Q=0.9", language: .french),
        Row(header: "fr;q=1.001, it;q=0.9", language: .italian),
        Row(header: "fr;q=2, it;q=0.9", language: .italian),
        Row(header: "fr;q=, it;q=0.9", language: .italian),
        Row(header: "fr;q=0.5555, it;q=0.1", language: .italian),
        Row(header: "fr;level=1, it", language: .italian),
        Row(header: "q=1, ;;, ,-, de-, it;q=0.1", language: .italian),
        Row(header: "deutsch, es", language: .spanish),
        Row(header: "den, es;q=0.1", language: .spanish),
        Row(header: "de", language: .italian, offered: [.italian, .french]),
        Row(header: "fr\u{301}, it;q=0.1", language: .italian),
        Row(header: "fr;q=0.000, it;q=0.001", language: .italian),
    ]

    @Test(arguments: rows) func theFieldIsReadAsRFC9110Says(row: Row) throws {
        #expect(try language(["Accept-Language": row.header], offered: row.offered) == row.language)
    }

    @Test func severalFieldsCountAsOne() throws {
        #expect(try language(["Accept-Language": "pt, en;q=0.2", "accept-language": "it;q=0.4"]) == .italian)
    }

    @Test func theCookieIsStrongerThanTheField() throws {
        #expect(try language(["Accept-Language": "de", "Cookie": "a=b; shop_language=fr"]) == .french)
    }

    @Test func theAddressIsStrongerThanTheCookie() throws {
        #expect(try language(["Cookie": "shop_language=fr"], "/?lang=es") == .spanish)
    }

    @Test(arguments: ["pt", "", "de-AT", "DE", "en%0D%0ASet-Cookie:%20a=b", "%22", "fr;Path=/"])
    func whatIsNotOfferedIsNeitherChosenNorKept(code: String) throws {
        let choice = LanguageChoice(Language.allCases, cookie: "shop_language", isSecure: false)
        let request = try #require(Request(.get, "/?lang=" + code, fields: ["Accept-Language": "it"]))
        #expect(choice.language(for: request) == .italian)
        var response = Response()
        choice.mark(&response, chosen: choice.chosen(by: request))
        #expect(response.fields.all("Set-Cookie").isEmpty)
        #expect(response.fields["Vary"] == "Accept-Language, Cookie")
    }

    @Test func theOwnerDecidesWhatIsOffered() throws {
        let offered: [Language] = [.italian, .german, .italian]
        #expect(LanguageChoice(offered, cookie: "c", isSecure: false).offered == [.italian, .german])
        #expect(try language(["Cookie": "shop_language=fr"], offered: offered) == .italian)
        #expect(try language([:], "/?lang=fr", offered: offered) == .italian)
        #expect(try language([:], offered: []) == .english)
    }

    @Test func aChoiceIsKeptForAYear() throws {
        let choice = LanguageChoice(Language.allCases, cookie: "shop_language", isSecure: true)
        var response = Response()
        choice.mark(&response, chosen: choice.chosen(by: try #require(Request(.get, "/?lang=de"))))
        #expect(
            response.fields.all("Set-Cookie") == ["shop_language=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"])
    }

    @Test func theSwitchKeepsTheOtherParameters() throws {
        let choice = LanguageChoice(Language.allCases, cookie: "c", isSecure: false)
        let request = try #require(Request(.get, "/order/1?key=A%22%3E%26b&lang=fr&q=caf%C3%A9+noir&lang=it"))
        #expect(choice.query(.german, of: request) == "?key=A%22%3E%26b&q=caf%C3%A9%20noir&lang=de")
    }

    private func language(_ fields: HTTPFields, _ target: String = "/", offered: [Language] = Language.allCases) throws -> Language {
        let request = try #require(Request(.get, target, fields: fields))
        return LanguageChoice(offered, cookie: "shop_language", isSecure: false).language(for: request)
    }
}
