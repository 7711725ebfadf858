// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import Testing

/// Which texts the shop's sources and templates ask for.
struct TextUseTests {
    private static func files(_ folder: String, ending: String) throws -> [String: String] {
        let root = ShopBench.root + "/" + folder
        let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
        return try Dictionary(
            uniqueKeysWithValues: names.filter { $0.hasSuffix(ending) }
                .map { ("\(folder)/\($0)", try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)) })
    }

    private static func keys() throws -> Set<String> {
        Set(try ShopBench.texts.words(.english).sources(prefix: "").keys)
    }

    @Test func everyTextThatSourcesNameIsThere() throws {
        let keys = try Self.keys()
        for (file, source) in try Self.files("Sources/ShopFrontend", ending: ".swift") {
            for match in source.matches(of: /[wW]ords(?:\.markup)?\(\s*"([a-z][A-Za-z0-9.]*)"(, count:)?/) {
                let key = String(match.output.1)
                let isThere = match.output.2 == nil ? keys.contains(key) : keys.contains(key + ".other")
                #expect(isThere, "\(file): \(key)")
            }
        }
    }

    @Test func everyTextThatTheScriptNamesIsThere() throws {
        let keys = try Self.keys()
        let script = try String(contentsOfFile: ShopBench.root + "/static/taler.js", encoding: .utf8)
        var found = 0
        for match in script.matches(of: /(?:text|sentences)\(((?:'[A-Za-z0-9]+'(?:, )?)+)/) {
            for name in match.output.1.matches(of: /'([A-Za-z0-9]+)'/) {
                #expect(keys.contains("script.\(name.output.1)"), "\(name.output.1)")
                found += 1
            }
        }
        #expect(found > 10)
        for match in script.matches(of: /\b([12]\d{3}): \[/) { #expect(keys.contains("script.code\(match.output.1)")) }
    }

    @Test func noTextIsThereForNothing() throws {
        let sources = try Self.files("Sources/ShopFrontend", ending: ".swift").values.joined()
        let templates = try Self.files("templates", ending: ".mustache").values.joined()
        let script = try String(contentsOfFile: ShopBench.root + "/static/taler.js", encoding: .utf8)
        for key in try Self.keys() {
            let stem = key.hasSuffix(".one") ? String(key.dropLast(4)) : key.hasSuffix(".other") ? String(key.dropLast(6)) : key
            // "error.\(kind)" names all texts of its page.
            let page = stem.prefix { $0 != "." }
            let isUsed =
                sources.contains("\"\(stem)\"") || sources.contains("\"\(page).\\(") || templates.contains("{{t.\(stem)}}")
                || script.contains("'\(stem.dropFirst(7))'") || stem.hasPrefix("script.code") || stem.hasPrefix("format.")
            #expect(isUsed, "\(key)")
        }
    }
}
