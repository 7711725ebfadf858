// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// A piece of a drawing: XML that also reads as HTML. Attributes and texts are escaped when it is written; there are no `style` attributes,
/// which the pages' policy forbids.
indirect enum SVGNode {
    case element(String, [(String, String)], [SVGNode])
    case text(String)

    static func element(_ name: String, _ attributes: [(String, String)], text: String) -> SVGNode {
        .element(name, attributes, [.text(text)])
    }

    static func rectangle(x: Double, y: Double, width: Double, height: Double, _ more: [(String, String)]) -> SVGNode {
        .element(
            "rect", [("x", number(x)), ("y", number(y)), ("width", number(max(0, width))), ("height", number(max(0, height)))] + more, [])
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ more: [(String, String)]) -> SVGNode {
        .element("line", [("x1", number(x1)), ("y1", number(y1)), ("x2", number(x2)), ("y2", number(y2))] + more, [])
    }

    /// - Parameter anchor: `start`, `middle` or `end` is at x.
    static func label(_ text: String, x: Double, y: Double, anchor: String = "start", _ more: [(String, String)] = []) -> SVGNode {
        .element(
            "text", [("x", number(x)), ("y", number(y)), ("text-anchor", anchor), ("fill", "currentColor")] + more, [.text(text)])
    }

    /// A drawing that is one picture for who cannot see it.
    /// - Parameter id: unique in the page.
    static func picture(id: String, size: (width: Double, height: Double), title: String, description: String, _ content: [SVGNode])
        -> Markup
    {
        let root = SVGNode.element(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(number(size.width)) \(number(size.height))"), ("role", "img"),
                ("aria-labelledby", "\(id)-title \(id)-text"), ("font-size", "\(number(TextWidth.fontSize))"), ("focusable", "false"),
            ],
            [
                .element("title", [("id", "\(id)-title")], text: title), .element("desc", [("id", "\(id)-text")], text: description),
            ] + content)
        return Markup(trusted: root.xml)
    }

    var xml: String {
        var out = ""
        write(to: &out)
        return out
    }

    private func write(to out: inout String) {
        switch self {
        case .text(let text): out += Self.escaped(text)
        case .element(let name, let attributes, let children):
            out += "<\(name)"
            for (attribute, value) in attributes { out += " \(attribute)=\"\(Self.escaped(value))\"" }
            guard !children.isEmpty else {
                out += "/>"
                return
            }
            out += ">"
            for child in children { child.write(to: &out) }
            out += "</\(name)>"
        }
    }

    /// Characters that no XML text may hold become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: clean.append(scalar)
            case 0x09, 0x0A, 0x0D: clean.append(" ")
            default: clean.append("\u{FFFD}")
            }
        }
        return Markup(escaping: String(clean)).html
    }

    /// With two digits after the point at most.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "0" }
        let hundredths = Int64((value * 100).rounded())
        let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let digits = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : ".\(part < 10 ? "0" : "")\(part)"
        return "\(hundredths < 0 ? "-" : "")\(whole)\(digits)"
    }
}
