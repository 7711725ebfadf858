// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import Testing

private struct Card: Page {
    static let templateName = "card"
    static let samples = [
        Card(record: ["name": "n", "html": .markup(Markup(trusted: "<b>x</b>")), "more": .record([:]), "words": .list([])]),
        Card(record: [
            "more": .record(["inner": "i"]), "items": .list([.record(["label": "l"])]), "words": .list(["w"]), "shown": .flag(true),
        ]),
    ]
    var record: PageRecord
}

struct TemplatesTests {
    private let attack = "\"\u{301} onmouseover=alert(1) x=\"><script>"

    private func render(_ template: String, _ record: PageRecord, others: [String: String] = [:]) throws -> String {
        try Templates(others.merging(["card": template]) { $1 }, pages: [Card.self]).render(Card(record: record))
    }

    private func complaint(_ template: String, others: [String: String] = [:]) -> TemplateError? {
        #expect(throws: TemplateError.self) { try Templates(others.merging(["card": template]) { $1 }, pages: [Card.self]) }
    }

    @Test func textIsEscapedInAttributes() throws {
        let html = try render("<a title=\"{{name}}\">", ["name": .text(attack)])
        #expect(html.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 2)
        #expect(!html.contains("<script"))
    }

    @Test func textIsEscapedInPartials() throws {
        let html = try render("{{>part}}", ["name": .text(attack)], others: ["part": "<a title=\"{{name}}\">"])
        #expect(html.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 2)
        #expect(!html.contains("&amp;quot;"), "escaped once only")
    }

    @Test func textIsEscapedInInheritedBlocks() throws {
        let layout = "<p title=\"{{name}}\">{{$main}}{{/main}}</p>"
        let html = try render(
            "{{<layout}}\n{{$main}}\n<a title=\"{{name}}\">\n{{/main}}\n{{/layout}}", ["name": .text(attack)], others: ["layout": layout])
        #expect(html.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 4)
        #expect(!html.contains("<script"))
        #expect(!html.contains("&amp;quot;"))
    }

    @Test func textIsEscapedInListsAndSections() throws {
        let html = try render(
            "{{#items}}<i title=\"{{label}}\">{{/items}}{{#words}}<b title=\"{{.}}\">{{/words}}",
            ["items": .list([.record(["label": .text(attack)])]), "words": .list([.text(attack), .text("plain")])])
        #expect(html.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 6)
        #expect(!html.contains("<script"))
    }

    @Test func aTextCannotBringTagsOfItsOwn() throws {
        #expect(try render("{{name}}", ["name": "{{html}}{{>other}}"]) == "{{html}}{{&gt;other}}")
    }

    @Test func markupStandsAsItIs() throws {
        #expect(try render("{{{html}}}", ["html": .markup(Markup(trusted: "<b>x</b>"))]) == "<b>x</b>")
    }

    @Test func sectionsFollowFlagsRecordsAndAbsence() throws {
        let template = "{{#shown}}a{{/shown}}{{^shown}}b{{/shown}}{{#more}}{{inner}}{{/more}}{{^more}}none{{/more}}"
        #expect(try render(template, ["shown": .flag(true), "more": .record(["inner": "x"])]) == "ax")
        #expect(try render(template, ["shown": .flag(false)]) == "bnone")
    }

    @Test func aMisspeltNameIsRefusedWithItsLine() {
        #expect(
            complaint("one\n{{name}}\n{{nmae}}\n")
                == TemplateError(file: "card.mustache", line: 3, reason: "the page has nothing named “nmae”"))
    }

    @Test func aMisspeltNameInAPartialAndInABlockIsRefusedWhereItStands() {
        #expect(complaint("{{>part}}", others: ["part": "a\n{{nope}}"])?.description.hasPrefix("part.mustache:2:") == true)
        #expect(
            complaint("{{<layout}}\n{{$main}}\n{{nope}}\n{{/main}}\n{{/layout}}", others: ["layout": "{{$main}}{{/main}}"])?
                .description.hasPrefix("card.mustache:3:") == true)
    }

    @Test func aNameOfAListsElementIsNotKnownOutside() {
        #expect(complaint("{{label}}")?.line == 1)
    }

    @Test func textCannotBeTakenForMarkupNorMarkupForText() {
        #expect(complaint("{{{name}}}") != nil)
        #expect(complaint("{{html}}")?.reason == "“html” is markup: write {{{html}}}")
    }

    @Test(arguments: [
        "{{&name}}", "{{uppercased(name)}}", "{{=<% %>=}}", "{{% CONTENT_TYPE: TEXT}}", "{{>*name}}", "{{name", "{{{name}}", "{{#name}}",
        "{{/name}}", "{{#more}}{{/shown}}", "{{>missing}}", "{{}}",
    ])
    func tagsThatAreNotUsedHereAreRefused(template: String) {
        #expect(complaint(template) != nil)
    }

    @Test func aMissingTemplateIsRefusedAtStart() {
        #expect(throws: TemplateError(file: "card.mustache", reason: "the template is missing")) {
            try Templates(["other": ""], pages: [Card.self])
        }
    }

    @Test func templatesThatIncludeThemselvesAreRefused() {
        #expect(complaint("{{>card}}")?.reason == "templates include one another without end")
    }

    @Test func aFolderThatIsNotThereIsRefused() {
        #expect(throws: TemplateError.self) { try Templates(folder: "/nonexistent/templates", pages: []) }
    }
}
