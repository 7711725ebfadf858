// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Emphasis, code and links inside one block. Works on text that is escaped already, so whatever it leaves alone is safe.
enum MarkdownInline {
    private static let backquote = Array("&#96;".unicodeScalars)

    static func render(_ text: [Unicode.Scalar]) -> String {
        var out = ""
        var index = 0
        while index < text.count {
            if let (html, next) = code(text, index) ?? strong(text, index) ?? emphasis(text, index) ?? link(text, index) {
                out += html
                index = next
            } else {
                out.unicodeScalars.append(text[index])
                index += 1
            }
        }
        return out
    }

    private static func starts(_ text: [Unicode.Scalar], _ index: Int, _ mark: [Unicode.Scalar]) -> Bool {
        index + mark.count <= text.count && text[index..<index + mark.count].elementsEqual(mark)
    }

    /// What stands between two marks, and where it ends. Nil when it would be empty, begin or end with a space, or not be closed.
    private static func span(_ text: [Unicode.Scalar], _ index: Int, _ mark: [Unicode.Scalar]) -> (inner: [Unicode.Scalar], next: Int)? {
        guard starts(text, index, mark) else { return nil }
        var end = index + mark.count
        while end < text.count, !starts(text, end, mark) { end += 1 }
        guard end < text.count else { return nil }
        let inner = Array(text[(index + mark.count)..<end])
        guard let first = inner.first, let last = inner.last, first != " ", last != " ", first != "\n", last != "\n" else { return nil }
        return (inner, end + mark.count)
    }

    private static func code(_ text: [Unicode.Scalar], _ index: Int) -> (String, Int)? {
        guard let found = span(text, index, backquote) else { return nil }
        return ("<code>\(string(found.inner))</code>", found.next)
    }

    private static func strong(_ text: [Unicode.Scalar], _ index: Int) -> (String, Int)? {
        guard let found = span(text, index, ["*", "*"]) else { return nil }
        return ("<strong>\(render(found.inner))</strong>", found.next)
    }

    private static func emphasis(_ text: [Unicode.Scalar], _ index: Int) -> (String, Int)? {
        guard !starts(text, index, ["*", "*"]), let found = span(text, index, ["*"]) else { return nil }
        return ("<em>\(render(found.inner))</em>", found.next)
    }

    private static func link(_ text: [Unicode.Scalar], _ index: Int) -> (String, Int)? {
        guard text[index] == "[", let close = text[index...].firstIndex(of: "]"), starts(text, close, ["]", "("]),
            let end = text[close...].firstIndex(of: ")")
        else { return nil }
        let address = string(Array(text[(close + 2)..<end]))
        let label = Array(text[(index + 1)..<close])
        guard !label.isEmpty, !label.contains("["), address.hasPrefix("http://") || address.hasPrefix("https://"),
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return nil }
        return ("<a href=\"\(address)\" rel=\"noopener noreferrer\">\(render(label))</a>", end + 1)
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }
}
