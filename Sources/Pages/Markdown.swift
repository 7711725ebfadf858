// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A small part of Markdown: headings (`#` to `###`), paragraphs, `- ` and `1. ` lists, `> ` quotes, `**strong**`, `*emphasis*`, `` `code` ``
/// and links to http and https addresses. Everything else, HTML included, is shown as it is written.
public enum Markdown {
    /// Headings begin at `<h2>`: a page has its own `<h1>`.
    public static func render(_ text: String) -> Markup {
        let blocks = text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" } }
        return Markup(trusted: blocks.map { block(Array($0)) }.joined(separator: "\n"))
    }

    private static func block(_ lines: [Substring]) -> String {
        if let first = lines.first, lines.count == 1 {
            for level in 1...3 where first.hasPrefix(String(repeating: "#", count: level) + " ") {
                return "<h\(level + 1)>\(inline(first.dropFirst(level + 1)))</h\(level + 1)>"
            }
        }
        if lines.allSatisfy({ $0.hasPrefix(">") }) {
            return "<blockquote><p>\(inline(lines.map { $0.dropFirst().drop { $0 == " " } }.joined(separator: "\n")))</p></blockquote>"
        }
        if let items = items(lines, marker: bulletLength) { return list("ul", items) }
        if let items = items(lines, marker: numberLength) { return list("ol", items) }
        return "<p>\(inline(lines.joined(separator: "\n")))</p>"
    }

    private static func list(_ tag: String, _ items: [String]) -> String {
        "<\(tag)>" + items.map { "<li>\(inline($0))</li>" }.joined() + "</\(tag)>"
    }

    /// The items of a block that begins with a marker; indented lines go on with the item above.
    private static func items(_ lines: [Substring], marker: (Substring) -> Int?) -> [String]? {
        var items: [String] = []
        for line in lines {
            if let length = marker(line) {
                items.append(String(line.dropFirst(length)))
            } else if line.hasPrefix(" "), let last = items.popLast() {
                items.append(last + "\n" + line.drop { $0 == " " })
            } else {
                return nil
            }
        }
        return items
    }

    private static func bulletLength(_ line: Substring) -> Int? { line.hasPrefix("- ") || line.hasPrefix("* ") ? 2 : nil }

    private static func numberLength(_ line: Substring) -> Int? {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(digits.count), line.dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return digits.count + 2
    }

    private static func inline(_ text: some StringProtocol) -> String {
        MarkdownInline.render(Array(Markup(escaping: text).html.unicodeScalars))
    }
}
