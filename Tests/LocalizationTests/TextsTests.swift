// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Testing

@testable import Localization

struct TextsTests {
    private func complaint(_ english: String, _ german: String? = nil) -> String? {
        var sources = [Language.english: english]
        sources[.german] = german
        do {
            _ = try Texts(sources) { "texts/\($0.code).txt" }
            return nil
        } catch { return "\(error)" }
    }

    @Test func commentsEmptyLinesAndBlanksAreForPeople() throws {
        let texts = try Texts([.english: "\u{FEFF}# no = text\n\n  a.b =  What, = ? \r\n\t# again\r\nc=d\n"])
        #expect(texts.words(.english)("a.b") == "What, = ?")
        #expect(texts.words(.english)("c") == "d")
    }

    @Test(arguments: [
        ("a = b\nnonsense", "texts/en.txt:2: a line like “key = text” is needed"),
        ("a b = c", "texts/en.txt:1: “a b” is no key: letters, digits and points are needed"),
        (".a = c", "texts/en.txt:1: “.a” is no key: letters, digits and points are needed"),
        (" = c", "texts/en.txt:1: “” is no key: letters, digits and points are needed"),
        ("\n\na =", "texts/en.txt:3: “a” has no text"),
        ("a = b\n\na = c", "texts/en.txt:3: “a” stands in line 1 already"),
        ("a = {b", "texts/en.txt:1: “{” is not closed"),
        ("a = b}", "texts/en.txt:1: “}” closes nothing"),
        ("a = {b c}", "texts/en.txt:1: “{b c}” is no placeholder: letters and digits are needed"),
        ("a = {}", "texts/en.txt:1: “{}” is no placeholder: letters and digits are needed"),
        ("a.one = b", "texts/en.txt:1: “a.one” needs a form for others: “.other”"),
        ("a.other = b", "texts/en.txt:1: “a.other” needs a form for one: “.one”"),
        ("a = b\na.b = c", "texts/en.txt:2: “a” of line 1 is a text itself, so “a.b” cannot be one"),
    ])
    func aWrongLineIsNamed(english: String, reason: String) { #expect(complaint(english) == reason) }

    @Test(arguments: [
        ("b = x", "texts/de.txt:1: “b” is not in texts/en.txt"),
        ("# nothing", "texts/de.txt: “a” of texts/en.txt:2 is missing"),
        ("\na = x", "texts/de.txt:2: {name} of texts/en.txt:2 is missing"),
        ("a = {nam} {name}", "texts/de.txt:1: {nam} is not in texts/en.txt:2"),
        ("a = {name}\nb.one = x", "texts/de.txt:2: “b.one” is not in texts/en.txt"),
    ])
    func anotherLanguageHasTheSameKeysAndPlaceholders(german: String, reason: String) {
        #expect(complaint("\na = for {name}", german) == reason)
    }

    @Test func aFormForOneMayLeaveTheCountOut() {
        #expect(complaint("a.one = one\na.other = {count}", "a.one = {count}\na.other = {count}") == nil)
        #expect(complaint("a.one = {count}\na.other = {count}", "a.one = eins\na.other = viele") != nil)
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let error = #expect(throws: TextError.self) { try Texts(folder: "/nonexistent", languages: []) }
        #expect(error?.description == "/nonexistent/en.txt: the file does not exist, or is not UTF-8")
    }

    @Test func placesAreFilledAndOthersShowTheirName() throws {
        let words = try Texts([.english: "a = {b} of {c}, {b}"]).words(.english)
        #expect(words("a", ["b": "1 {c}", "c": "2"]) == "1 {c} of 2, 1 {c}")
        #expect(words("a", ["b": "1"]) == "1 of {c}, 1")
    }

    @Test func aMissingTextShowsItsKeyAndIsHeardOf() throws {
        let missing = MissingTexts()
        let words = try Texts([.english: "a = b"]).words(.english, noting: missing)
        #expect(words("a") + words("b.c") + words("d", count: 2) == "b⟦b.c⟧⟦d.other⟧")
        #expect(missing.keys == ["b.c", "d.other"])
    }

    @Test func formsForOneAndForOthersFollowTheLanguage() throws {
        let source = "a.one = {count} one\na.other = {count} others"
        let texts = try Texts(Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, source) }))
        for language in Language.allCases {
            let words = texts.words(language)
            #expect(words("a", count: 1) == "1 one")
            #expect(words("a", count: 2) == "2 others")
            #expect(words("a", count: 0) == (language == .french ? "0 one" : "0 others"))
        }
    }

    @Test func onlyTextsThatStandForThemselvesArePlain() throws {
        let words = try Texts([.english: "a = b\nc = {d}\ne.one = f\ne.other = g\nh.i = j"]).words(.english)
        #expect(words.plainTexts == ["a": "b", "h.i": "j"])
        #expect(words.sources(prefix: "h.") == ["i": "j"])
    }

    @Test func aLanguageThatWasNotReadSpeaksEnglish() throws {
        let words = try Texts([.english: "a = b"]).words(.german)
        #expect(words("a") == "b")
        #expect(words.language == .english)
    }

    @Test func frenchPunctuationIsBoundToItsWord() throws {
        let source = "a = « Oui » : non ; si ! quoi ?"
        let texts = try Texts([.english: source, .french: source])
        #expect(texts.words(.french)("a") == "«\u{A0}Oui\u{A0}»\u{A0}: non\u{202F}; si\u{202F}! quoi\u{202F}?")
        #expect(texts.words(.english)("a") == "« Oui » : non ; si ! quoi ?")
    }
}
