// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization

extension CatalogFile {
    /// - Parameters:
    ///   - name: the file's name in the catalog's folder: `ID.md`, `ID.LANGUAGE.md`, or something with the ending `.list`.
    ///   - path: how complaints call the file.
    init(name: String, path: String, text: String, rules: CatalogRules) {
        let lines = TextLines.of(text)
        if name.hasSuffix(".list") {
            readList(lines, path, rules)
            return
        }
        let stem = name.dropLast(".md".count)
        // Translations are not blamed for what is wrong with the product's own file.
        ids.formUnion(Self.ids(of: name))
        guard lines.first == "---" else {
            complaints = [CatalogError(file: path, line: 1, reason: "the first line must be ---")]
            return
        }
        guard let end = lines.dropFirst().firstIndex(of: "---") else {
            complaints = [CatalogError(file: path, line: 1, reason: "the second --- is missing")]
            return
        }
        let head = HeadReader(Head(file: path, line: 1, lines: lines[1..<end], firstLine: 2), rules: rules)
        let texts = TwoTexts(lines[(end + 1)...])
        if let dot = stem.lastIndex(of: ".") {
            readTranslation(head, texts, of: String(stem[..<dot]), to: String(stem[stem.index(after: dot)...]))
        } else {
            readProduct(head, texts, textLine: end + 1, id: String(stem))
        }
    }

    /// The product that a file is about by its name; none for lists and translations.
    static func ids(of name: String) -> Set<String> {
        let stem = name.dropLast(".md".count)
        return name.hasSuffix(".md") && !stem.contains(".") ? [String(stem)] : []
    }

    /// Heads with lines `---` between them.
    private mutating func readList(_ lines: [Substring], _ path: String, _ rules: CatalogRules) {
        var start = 0
        while start < lines.count {
            let end = lines[start...].firstIndex(of: "---") ?? lines.count
            if let first = (start..<end).first(where: { !lines[$0].trimmed.isEmpty }) {
                let head = HeadReader(
                    Head(file: path, line: first + 1, lines: lines[first..<end], firstLine: first + 1), rules: rules)
                readProduct(head, nil, textLine: first + 1, id: nil)
            }
            start = end + 1
        }
    }

    /// - Parameters:
    ///   - texts: nil when they stand in the head.
    ///   - id: what the file's name says.
    private mutating func readProduct(_ head: HeadReader, _ texts: TwoTexts?, textLine: Int, id: String?) {
        var reader = ProductReader(head, texts: texts, textLine: textLine, fileID: id)
        let product = reader.read()
        drafts.append(
            ProductDraft(
                product: product, id: reader.id, number: reader.number, language: reader.language, picture: reader.picture,
                download: reader.download, file: head.head.file, line: head.head.line,
                lines: Dictionary(head.head.entries.map { ($0.key, $0.line) }, uniquingKeysWith: { first, _ in first })))
        if let id = reader.id { ids.insert(id) }
        translations += reader.translations
        complaints += reader.complaints
    }

    private mutating func readTranslation(_ head: HeadReader, _ texts: TwoTexts, of id: String, to code: String) {
        var head = head
        for entry in head.head.entries where !["title", "summary", ""].contains(entry.key) {
            head.complain(entry.line, "\(entry.key) is no key of a translation: title and summary are")
        }
        let title = head.line("title", isRequired: false)
        let summary = head.line("summary", isRequired: false)
        complaints += head.complaints
        guard let language = Language(rawValue: code) else {
            let known = Language.allCases.map(\.code).joined(separator: ", ")
            complaints.append(CatalogError(file: head.head.file, line: 1, reason: "\(code) is none of the languages \(known)"))
            return
        }
        translations.append(
            Translation(
                product: id, language: language, title: title, summary: summary, teaser: texts.teaser.isEmpty ? nil : texts.teaser,
                body: texts.body.isEmpty ? nil : texts.body, file: head.head.file, line: 1))
    }
}
