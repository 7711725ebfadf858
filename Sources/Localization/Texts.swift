// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// The texts of a program in several languages. All have the same keys, and each text the same placeholders.
public struct Texts: Sendable {
    private let tables: [Language: [String: Text]]
    /// Where the English texts, which the others are compared with, come from.
    public let englishFile: String

    /// Reads `LANG.txt` of each language, and of English.
    /// - Throws: ``TextError``: a file cannot be read or understood, or its keys or placeholders are not those of English.
    public init(folder: String, languages: [Language] = Language.allCases) throws(TextError) {
        var sources: [Language: String] = [:]
        for language in Set(languages).union([.english]) {
            let path = "\(folder)/\(language.code).txt"
            guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
                throw TextError(file: path, reason: "the file does not exist, or is not UTF-8")
            }
            sources[language] = text
        }
        try self.init(sources) { "\(folder)/\($0.code).txt" }
    }

    /// Texts from memory, among them English.
    /// - Throws: as ``init(folder:languages:)``.
    public init(_ sources: [Language: String], file: (Language) -> String = { "\($0.code).txt" }) throws(TextError) {
        englishFile = file(.english)
        let english = try TextFile(file: englishFile, text: sources[.english] ?? "", language: .english)
        try Self.checkKeys(of: english)
        var tables = [Language.english: english.entries.mapValues(\.text)]
        for (language, source) in sources.sorted(by: { $0.key.code < $1.key.code }) where language != .english {
            let other = try TextFile(file: file(language), text: source, language: language)
            try Self.compare(other, with: english)
            tables[language] = other.entries.mapValues(\.text)
        }
        self.tables = tables
    }

    /// The words of a language; English for one that was not read.
    /// - Parameter noting: hears of keys that are asked for in vain.
    public func words(_ language: Language, noting missing: MissingTexts? = nil) -> Words {
        guard let table = tables[language] else { return Words(.english, tables[.english] ?? [:], missing) }
        return Words(language, table, missing)
    }

    private static func checkKeys(of file: TextFile) throws(TextError) {
        for (key, entry) in file.entries.sorted(by: { $0.value.line < $1.value.line }) {
            func complain(_ reason: String) -> TextError { TextError(file: file.file, line: entry.line, reason: reason) }
            var parts = key.split(separator: ".")
            if parts.last == "one", file.entries[key.dropLast(3) + "other"] == nil {
                throw complain("“\(key)” needs a form for others: “.other”")
            }
            if parts.last == "other", file.entries[key.dropLast(5) + "one"] == nil {
                throw complain("“\(key)” needs a form for one: “.one”")
            }
            while parts.count > 1 {
                parts.removeLast()
                let above = parts.joined(separator: ".")
                if let other = file.entries[above] {
                    throw complain("“\(above)” of line \(other.line) is a text itself, so “\(key)” cannot be one")
                }
            }
        }
    }

    private static func compare(_ file: TextFile, with english: TextFile) throws(TextError) {
        for (key, entry) in file.entries.sorted(by: { $0.value.line < $1.value.line }) {
            func complain(_ reason: String) -> TextError { TextError(file: file.file, line: entry.line, reason: reason) }
            guard let original = english.entries[key] else { throw complain("“\(key)” is not in \(english.file)") }
            let (own, wanted) = (entry.text.placeholders, original.text.placeholders)
            if let foreign = own.subtracting(wanted).min(), !(foreign == "count" && key.hasSuffix(".one")) {
                throw complain("{\(foreign)} is not in \(english.file):\(original.line)")
            }
            if let absent = wanted.subtracting(own).min(), !(absent == "count" && key.hasSuffix(".one")) {
                throw complain("{\(absent)} of \(english.file):\(original.line) is missing")
            }
        }
        if let (key, entry) = english.entries.filter({ file.entries[$0.key] == nil }).min(by: { $0.value.line < $1.value.line }) {
            throw TextError(file: file.file, reason: "“\(key)” of \(english.file):\(entry.line) is missing")
        }
    }
}
