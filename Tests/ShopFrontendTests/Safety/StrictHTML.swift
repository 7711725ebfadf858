// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A page in its tokens, read by rules that are narrower than a browser's: what passes here means the same to every browser. Values of
/// attributes stand in double quotes, every element is closed, no `<` stands for itself, every `&` begins a reference.
struct StrictHTML {
    struct Element: Equatable {
        let name: String
        let attributes: [Attribute]
        /// Names of the elements around it, outermost first.
        let path: [String]

        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    struct Attribute: Equatable {
        let name: String
        /// References resolved.
        let value: String
    }

    struct Complaint: Error, CustomStringConvertible {
        let reason: String
        let rest: String
        var description: String { "\(reason) at: \(rest)" }
    }

    private(set) var elements: [Element] = []
    /// References resolved; of all elements, in order.
    private(set) var text = ""

    private static let void: Set<String> = ["meta", "link", "img", "input", "br", "hr", "path", "circle", "rect", "line"]
    private static let references = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#96": "`", "nbsp": "\u{A0}", "shy": "\u{AD}", "times": "×",
    ]

    private var bytes: ArraySlice<UInt8>
    private var open: [String] = []

    init(_ page: String) throws(Complaint) {
        bytes = Array(page.utf8)[...]
        guard take("<!doctype html>") else { throw complaint("no doctype") }
        while let byte = bytes.first {
            if byte == 0 { throw complaint("NUL") }
            if byte == UInt8(ascii: "<") { try tag() } else { try words() }
        }
        guard open.isEmpty else { throw complaint("not closed: \(open)") }
    }

    /// What must be the same whatever the page's texts are: elements with their places and the names of their attributes.
    var skeleton: [String] {
        elements.map { "\($0.path.joined(separator: ">"))>\($0.name)[\($0.attributes.map(\.name).joined(separator: " "))]" }
    }

    /// What nothing that came from outside may bring about.
    var dangers: [String] {
        elements.flatMap { element in
            var found = element.attributes.filter { $0.name.hasPrefix("on") || $0.name == "style" || $0.name == "srcdoc" }.map(\.name)
            for name in ["href", "src", "action", "formaction"] {
                guard let address = element[name] else { continue }
                let isOwn = address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/\\")
                if !isOwn, !["#", "?", "https://", "http://"].contains(where: address.hasPrefix) { found.append("\(name)=\(address)") }
            }
            return found
        }
    }

    private func complaint(_ reason: String) -> Complaint {
        Complaint(reason: reason, rest: String(decoding: bytes.prefix(120), as: UTF8.self))
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes.starts(with: text.utf8) else { return false }
        bytes = bytes.dropFirst(text.utf8.count)
        return true
    }

    private mutating func words() throws(Complaint) {
        let words = bytes.prefix { $0 != UInt8(ascii: "<") }
        bytes = bytes.dropFirst(words.count)
        text += try resolved(words)
    }

    private func resolved(_ raw: ArraySlice<UInt8>) throws(Complaint) -> String {
        // Most words have nothing in them to resolve.
        guard raw.contains(UInt8(ascii: "&")) || raw.contains(UInt8(ascii: ">")) else { return String(decoding: raw, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = raw
        while let byte = rest.popFirst() {
            guard byte != UInt8(ascii: ">") else { throw complaint("a lonely >") }
            guard byte == UInt8(ascii: "&") else {
                out.append(byte)
                continue
            }
            let name = String(decoding: rest.prefix { $0 != UInt8(ascii: ";") }.prefix(8), as: UTF8.self)
            guard let value = Self.references[name] else { throw complaint("&\(name) is no reference that is used here") }
            out += value.utf8
            rest = rest.dropFirst(name.utf8.count + 1)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func tag() throws(Complaint) {
        if take("</") {
            let name = self.name()
            guard open.popLast() == name, take(">") else { throw complaint("</\(name)> closes nothing") }
            return
        }
        guard take("<") else { throw complaint("no tag") }
        let name = self.name()
        guard !name.isEmpty else { throw complaint("a lonely <") }
        var attributes: [Attribute] = []
        while !take(">") {
            guard bytes.first == 0x20 || bytes.first == 0x0A else { throw complaint("a broken tag <\(name)") }
            bytes = bytes.drop { $0 == 0x20 || $0 == 0x0A }
            if bytes.first == UInt8(ascii: ">") { continue }
            let attribute = try self.attribute()
            guard !attributes.contains(where: { $0.name == attribute.name }) else { throw complaint("\(attribute.name) twice") }
            attributes.append(attribute)
        }
        elements.append(Element(name: name, attributes: attributes, path: open))
        guard !Self.void.contains(name) else { return }
        if name == "script" || name == "style" {
            guard take("</\(name)>") else { throw complaint("\(name) with content") }
            return
        }
        open.append(name)
    }

    private mutating func attribute() throws(Complaint) -> Attribute {
        let name = self.name()
        guard !name.isEmpty else { throw complaint("no attribute's name") }
        guard take("=") else { return Attribute(name: name, value: "") }
        guard take("\"") else { throw complaint("the value of \(name) has no quotes") }
        let raw = bytes.prefix { $0 != UInt8(ascii: "\"") }
        guard !raw.contains(UInt8(ascii: "<")) else { throw complaint("< in the value of \(name)") }
        bytes = bytes.dropFirst(raw.count)
        guard take("\"") else { throw complaint("the value of \(name) has no end") }
        return Attribute(name: name, value: try resolved(raw))
    }

    private mutating func name() -> String {
        let name = bytes.prefix {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
                || (0x41...0x5A).contains($0)
        }
        bytes = bytes.dropFirst(name.count)
        return String(decoding: name, as: UTF8.self)
    }
}
