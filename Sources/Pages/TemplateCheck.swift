// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Compares the names in a template, its partials and its parent with those that a page offers.
struct TemplateCheck {
    let templates: [String: [TemplateNode]]
    let file: (String) -> String

    /// - Throws: ``TemplateError`` at the first name that the page does not have, or has as something else.
    func check(_ template: String, against sample: PageRecord) throws(TemplateError) {
        guard let nodes = templates[template] else { throw TemplateError(file: file(template), reason: "the template is missing") }
        try check(nodes, Place(template: template, scopes: [.record(sample)], blocks: [:], depth: 0))
    }

    /// Where in a page the check is.
    private struct Place {
        var template: String
        var scopes: [PageValue]
        var blocks: [String: Override]
        var depth: Int
    }

    private struct Override {
        var template: String
        var nodes: [TemplateNode]
    }

    private func check(_ nodes: [TemplateNode], _ place: Place) throws(TemplateError) {
        for node in nodes { try check(node, place) }
    }

    private func check(_ node: TemplateNode, _ place: Place) throws(TemplateError) {
        func complain(_ reason: String) -> TemplateError { TemplateError(file: file(place.template), line: node.line, reason: reason) }
        guard place.depth < 32 else { throw complain("templates include one another without end") }
        var place = place
        switch node.kind {
        case .variable, .unescaped, .section, .inverted:
            guard let value = find(node.name, in: place.scopes) else { throw complain("the page has nothing named “\(node.name)”") }
            try check(node, value, &place)
        case .partial, .parent:
            guard let nodes = templates[node.name] else { throw complain("there is no template named “\(node.name)”") }
            for child in node.children {
                guard child.kind == .block else { throw complain("only {{$blocks}} may stand inside {{<\(node.name)}}") }
                if place.blocks[child.name] == nil { place.blocks[child.name] = Override(template: place.template, nodes: child.children) }
            }
            place.template = node.name
            place.depth += 1
            try check(nodes, place)
        case .block:
            guard let override = place.blocks[node.name] else { return try check(node.children, place) }
            place.template = override.template
            place.depth += 1
            try check(override.nodes, place)
        }
    }

    private func check(_ node: TemplateNode, _ value: PageValue, _ place: inout Place) throws(TemplateError) {
        func complain(_ reason: String) -> TemplateError { TemplateError(file: file(place.template), line: node.line, reason: reason) }
        switch (node.kind, value) {
        case (.variable, .text), (.unescaped, .markup), (.section, .text), (.section, .markup): break
        case (.variable, .markup): throw complain("“\(node.name)” is markup: write {{{\(node.name)}}}")
        case (.variable, _), (.unescaped, .text): throw complain("“\(node.name)” cannot be shown like this")
        case (.unescaped, _): throw complain("“\(node.name)” is not markup")
        case (.section, .record): place.scopes.append(value)
        case (.section, .hidden(let record)): place.scopes.append(.record(record))
        case (.section, .list(let elements)):
            guard let first = elements.first else { throw complain("the sample's list “\(node.name)” is empty") }
            // An element may have names that another one lacks.
            place.scopes.append(elements.dropFirst().reduce(first) { $0.united(with: $1) })
        default: break
        }
        try check(node.children, place)
    }

    /// As the engine does it: the innermost scope that has the first part of the name, then down its parts.
    private func find(_ name: String, in scopes: [PageValue]) -> PageValue? {
        if name == "." { return scopes.last }
        let parts = name.split(separator: ".").map(String.init)
        guard let head = parts.first else { return nil }
        for case .record(let record) in scopes.reversed() {
            guard var value = record[head] else { continue }
            for part in parts.dropFirst() {
                guard case .record(let inner) = value, let next = inner[part] else { return nil }
                value = next
            }
            return value
        }
        return nil
    }
}
