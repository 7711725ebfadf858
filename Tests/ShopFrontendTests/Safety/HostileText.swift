// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Testing

/// What somebody may send in order to break out of the place where a page shows it.
struct HostileText: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String

    var testDescription: String { name }

    static let all = [
        HostileText(name: "script tag", text: "<script>alert(1)</script>"),
        HostileText(name: "closing tags", text: "</textarea></title></script></p></div></form><img src=x onerror=alert(1)>"),
        HostileText(name: "double quote", text: "\" onmouseover=\"alert(1)\" x=\""),
        HostileText(name: "single quote", text: "' onmouseover='alert(1)' x='"),
        HostileText(name: "quote under a combining mark", text: "\"\u{301} onmouseover=alert(1) x=\"\u{301}"),
        HostileText(name: "bracket under a combining mark", text: "<\u{338}script>\u{338}alert(1)<\u{338}/script>"),
        HostileText(name: "ampersand under a joiner", text: "&\u{200D}lt;script&\u{200D}gt;"),
        HostileText(name: "backquotes", text: "``onmouseover=alert(1)"),
        HostileText(name: "references", text: "&lt;script&gt;&#x3c;img&#62;&quot;"),
        HostileText(name: "template tags", text: "{{title}}{{{body}}}{{#base}}{{/base}}{{>layout}}{{=<% %>=}}{{! }}"),
        HostileText(name: "placeholders", text: "{title} {count} {name} {0} %s %@ \\(title)"),
        HostileText(name: "address of a script", text: "javascript:alert(1)"),
        HostileText(name: "address without a scheme", text: "//evil.example/x"),
        HostileText(name: "address with backslashes", text: "/\\evil.example/x"),
        HostileText(name: "turned direction", text: "\u{202E}gnp.exe\u{2066}\u{2069}\u{202C}"),
        HostileText(name: "lines", text: "a\r\nSet-Cookie: x=1\r\n\r\n<b>b</b>"),
        HostileText(name: "separators", text: "a\u{2028}b\u{2029}c\u{85}d"),
        HostileText(name: "NUL", text: "a\0b"),
        HostileText(name: "controls", text: "a\u{1B}[31mb\u{7}\u{8}\u{7F}"),
        HostileText(name: "percent signs", text: "%3Cscript%3E%22%27%00%0d%0aX%"),
        HostileText(name: "comment", text: "--><!-- --!><![CDATA[<b>]]>"),
        HostileText(name: "path", text: "../../../../etc/passwd\\..\\"),
        HostileText(name: "SQL", text: "'; DROP TABLE orders; --"),
        HostileText(name: "wide signs", text: "＜script＞＂＇"),
        HostileText(name: "bytes that are cut", text: "\u{FFFD}\u{FEFF}\u{10FFFF}"),
        HostileText(name: "very long", text: String(repeating: "<b a=\"'`&\u{301}", count: 1200)),
    ]

    /// Several at once, for what takes long.
    static let groups: [HostileText] = stride(from: 0, to: all.count, by: 5).map { start in
        let some = all[start..<min(start + 5, all.count)]
        return HostileText(name: some.map(\.name).joined(separator: ", "), text: some.map(\.text).joined(separator: " x "))
    }

    /// As a form or a query has it.
    var encoded: String {
        text.utf8.map { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
