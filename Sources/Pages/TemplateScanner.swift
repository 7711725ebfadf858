// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Finds the tags of a template. Of Mustache it accepts what ``TemplateNode/Kind`` names and comments: no other delimiters, no `{{&name}}`,
/// no pragmas, no transforms, no names of partials that a page could choose.
struct TemplateScanner {
    private let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    private init(file: String, text: String) {
        self.file = file
        bytes = Array(text.utf8)
    }

    /// - Throws: ``TemplateError`` with the line of a broken, foreign or unclosed tag.
    static func scan(file: String, text: String) throws(TemplateError) -> [TemplateNode] {
        var scanner = TemplateScanner(file: file, text: text)
        return try scanner.nodes(inside: nil)
    }

    private func error(_ reason: String, line: Int? = nil) -> TemplateError {
        TemplateError(file: file, line: line ?? self.line, reason: reason)
    }

    private mutating func nodes(inside section: TemplateNode?) throws(TemplateError) -> [TemplateNode] {
        var found: [TemplateNode] = []
        while let tag = try nextTag() {
            switch tag.mark {
            case UInt8(ascii: "!"): continue
            case UInt8(ascii: "/"):
                guard let section else { throw error("{{/\(tag.name)}} closes nothing", line: tag.line) }
                guard section.name == tag.name else {
                    throw error("{{/\(tag.name)}} where {{/\(section.name)}} of line \(section.line) is due", line: tag.line)
                }
                return found
            default:
                guard let kind = Self.kind(tag.mark) else {
                    throw error("tags that begin with \(Character(Unicode.Scalar(tag.mark))) are not used here", line: tag.line)
                }
                var node = TemplateNode(kind: kind, name: tag.name, line: tag.line)
                if [.section, .inverted, .parent, .block].contains(kind) { node.children = try nodes(inside: node) }
                found.append(node)
            }
        }
        if let section { throw error("{{/\(section.name)}} is missing", line: section.line) }
        return found
    }

    private static func kind(_ mark: UInt8) -> TemplateNode.Kind? {
        switch mark {
        case 0: .variable
        case UInt8(ascii: "{"): .unescaped
        case UInt8(ascii: "#"): .section
        case UInt8(ascii: "^"): .inverted
        case UInt8(ascii: ">"): .partial
        case UInt8(ascii: "<"): .parent
        case UInt8(ascii: "$"): .block
        default: nil
        }
    }

    private struct Tag {
        /// 0 for a plain variable.
        var mark: UInt8
        var name: String
        var line: Int
    }

    private mutating func nextTag() throws(TemplateError) -> Tag? {
        while position + 1 < bytes.count {
            if bytes[position] == UInt8(ascii: "{"), bytes[position + 1] == UInt8(ascii: "{") {
                position += 2
                return try tag()
            }
            advance()
        }
        return nil
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func tag() throws(TemplateError) -> Tag {
        let start = line
        var content: [UInt8] = []
        while !(position + 1 < bytes.count && bytes[position] == UInt8(ascii: "}") && bytes[position + 1] == UInt8(ascii: "}")) {
            guard position < bytes.count else { throw error("a tag is not closed", line: start) }
            content.append(bytes[position])
            advance()
        }
        position += 2
        if content.first == UInt8(ascii: "{") {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "}") else { throw error("}}} is missing", line: start) }
            position += 1
        }
        let text = String(decoding: content, as: UTF8.self)
        if content.first == UInt8(ascii: "!") { return Tag(mark: UInt8(ascii: "!"), name: "", line: start) }
        let isName = content.first.map(Self.isNameByte) ?? false
        let name = isName ? text : String(text.dropFirst())
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
            throw error("{{\(text)}} is no tag that is used here", line: start)
        }
        return Tag(mark: isName ? 0 : content[0], name: name, line: start)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
