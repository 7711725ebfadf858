// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import Testing

struct MarkdownTests {
    @Test(arguments: [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("# A", "<h2>A</h2>"),
        ("### A *b*", "<h4>A <em>b</em></h4>"),
        ("- a\n- b\n  c", "<ul><li>a</li><li>b\nc</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("> said\n> so", "<blockquote><p>said\nso</p></blockquote>"),
        ("**a** and *b* and `c*d*`", "<p><strong>a</strong> and <em>b</em> and <code>c*d*</code></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("[t](https://taler.net/)", "<p><a href=\"https://taler.net/\" rel=\"noopener noreferrer\">t</a></p>"),
        ("a **b", "<p>a **b</p>"),
        ("", ""),
    ])
    func theSubsetIsRendered(text: String, html: String) {
        #expect(Markdown.render(text).html == html)
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,x)",
        "[x](https://a\"onclick=alert(1))", "[x](https://a\"\u{301} onclick=alert(1))", "`</code><script>`", "**<b onclick=x>**",
        "[<script>](https://a/)", "# <script>", "- <script>", "> <script>", "[x](//evil.example/)", "[x](HTTPS:x)",
    ])
    func nothingBreaksOut(text: String) {
        let html = Markdown.render(text).html
        var rest = html[...]
        while let open = rest.firstIndex(of: "<") {
            guard let close = rest[open...].firstIndex(of: ">") else {
                Issue.record("an open tag in \(html)")
                return
            }
            let tag = rest[rest.index(after: open)..<close]
            let isPlain = [
                "p", "/p", "h2", "/h2", "ul", "/ul", "li", "/li", "blockquote", "/blockquote", "code", "/code", "strong", "/strong",
            ]
            .contains(String(tag))
            let isLink = tag == "/a" || tag.hasPrefix("a href=\"https://") && tag.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 4
            #expect(isPlain || isLink, "<\(tag)> in \(html)")
            rest = rest[rest.index(after: close)...]
        }
        #expect(!html.contains("href=\"javascript"))
    }
}
