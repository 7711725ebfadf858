// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads a drawing as an XML parser does, which forgives nothing.
final class DrawingReader: NSObject, XMLParserDelegate {
    struct Broken: Error { let line: Int }
    struct Label {
        let x: Double
        var text: String
    }

    private(set) var names: [String] = []
    private(set) var attributeNames: Set<String> = []
    private(set) var ids: [String] = []
    private(set) var labelledBy: [String] = []
    private(set) var roles: [String] = []
    private(set) var boxes: [CGRect] = []
    private(set) var texts: [String] = []
    private(set) var labels: [Label] = []
    private(set) var size = CGSize.zero
    private var open: [String] = []

    func read(_ text: String) throws {
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else { throw Broken(line: parser.lineNumber) }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.append(elementName)
        open.append(elementName)
        texts.append("")
        attributeNames.formUnion(attributes.keys)
        if let id = attributes["id"] { ids.append(id) }
        if let role = attributes["role"] { roles.append(role) }
        if let references = attributes["aria-labelledby"] { labelledBy += references.split(separator: " ").map(String.init) }
        if let box = attributes["viewBox"]?.split(separator: " ").compactMap({ Double($0) }), box.count == 4 {
            size = CGSize(width: box[2], height: box[3])
        }
        func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? .nan }
        if elementName == "rect" { boxes.append(CGRect(x: number("x"), y: number("y"), width: number("width"), height: number("height"))) }
        if elementName == "text" { labels.append(Label(x: number("x"), text: "")) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !texts.isEmpty { texts[texts.count - 1] += string }
        if open.last == "text", !labels.isEmpty { labels[labels.count - 1].text += string }
    }

    func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
