// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Mustache

/// The Mustache templates of one folder, read and checked once.
public struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Reads every `*.mustache` of the folder and checks those of `pages` against their samples.
    /// - Parameter common: names that every page has beside its own.
    /// - Throws: ``TemplateError``: the folder or a page's template is missing, a tag is broken, a name is misspelt.
    public init(folder: String, pages: [any Page.Type], common: PageRecord = [:]) throws(TemplateError) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mustache") }.sorted() } catch {
            throw TemplateError(file: folder, reason: "the folder of templates cannot be read")
        }
        var texts: [String: String] = [:]
        for name in names {
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
                throw TemplateError(file: path, reason: "the file does not exist, or is not UTF-8")
            }
            texts[String(name.dropLast(".mustache".count))] = text
        }
        try self.init(texts, pages: pages, common: common) { "\(folder)/\($0).mustache" }
    }

    /// Templates from memory, by name.
    /// - Throws: as ``init(folder:pages:common:)``.
    public init(
        _ texts: [String: String], pages: [any Page.Type], common: PageRecord = [:], file: (String) -> String = { "\($0).mustache" }
    ) throws(TemplateError) {
        var nodes: [String: [TemplateNode]] = [:]
        var library = MustacheLibrary()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            nodes[name] = try TemplateScanner.scan(file: file(name), text: text)
            // Texts come escaped; the engine must not do it again in its own, weaker way.
            do { try library.register("{{% CONTENT_TYPE: TEXT}}\n" + text, named: name) } catch let error as MustacheTemplate.ParserError {
                throw TemplateError(file: file(name), line: error.context.lineNumber - 1, reason: "\(error.error)")
            } catch { throw TemplateError(file: file(name), reason: "\(error)") }
        }
        try withoutActuallyEscaping(file) { file throws(TemplateError) in
            let check = TemplateCheck(templates: nodes, file: file)
            for page in pages { try check.check(page.templateName, against: try Self.sampleRecord(page, common)) }
        }
        self.library = library
    }

    private static func sampleRecord<Kind: Page>(_ page: Kind.Type, _ common: PageRecord) throws(TemplateError) -> PageRecord {
        do { return try page.samples.reduce(common) { $0.united(with: $1.record) } } catch {
            throw TemplateError(file: page.templateName, reason: "there is no sample to check it against: \(error)")
        }
    }

    /// The page as HTML.
    /// - Throws: ``TemplateError`` for a page that was not named when the templates were read and has no template.
    public func render<Content: Page>(_ page: Content, common: PageRecord = [:]) throws(TemplateError) -> String {
        let record = MustacheRecord(record: common.merging(page.record))
        guard let html = library.render(record, withTemplate: Content.templateName) else {
            throw TemplateError(file: Content.templateName, reason: "the template is missing")
        }
        return html
    }
}
