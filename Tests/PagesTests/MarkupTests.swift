// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import Testing

struct MarkupTests {
    @Test(arguments: [
        ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\"'`", "&quot;&#39;&#96;"), ("Erdély – ✓", "Erdély – ✓"),
        ("a\u{0}b", "a\u{FFFD}b"),
    ])
    func everyCharacterWithAMeaningInHTMLIsEscaped(text: String, html: String) {
        #expect(Markup(escaping: text).html == html)
    }

    @Test(arguments: ["\"", "'", "<", ">", "&", "`"])
    func aCombiningMarkDoesNotHideACharacter(mark: String) {
        let html = Markup(escaping: mark + "\u{301} onmouseover=alert(1)").html
        #expect(!html.utf8.contains(mark.utf8.first ?? 0) || mark == "&")
        #expect(html.utf8.starts(with: "&".utf8))
        #expect(html.contains(";\u{301}") || html.unicodeScalars.contains("\u{301}"))
    }
}
