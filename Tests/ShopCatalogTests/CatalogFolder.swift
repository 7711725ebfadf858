// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import ShopCatalog
import TalerWire

/// A catalog's folder for one test; it goes with this object. It has the picture `a.svg` and the file `f.txt`.
final class CatalogFolder {
    let path = NSTemporaryDirectory() + "catalog-" + UUID().uuidString

    static let article = """
        ---
        id: a
        number: 1
        title: A: b
        kind: article
        price: KUDOS:0.50
        picture: a.svg
        summary: s
        author: x
        ---
        teaser
        ===
        body
        """

    static let goods = """
        ---
        number: 2
        title: A mug
        kind: goods
        price: KUDOS:11.90
        picture: a.svg
        summary: For tea.
        author: x
        stock: 12
        tax: VAT 19%
        delivery: DE, FR
        delivery_days: 2-5
        delivery_price: KUDOS:3
        ---
        It holds tea.
        """

    static let donation = """
        ---
        number: 3
        title: Give
        kind: donation
        price: KUDOS:2
        suggested: KUDOS:1, KUDOS:2
        minimum: KUDOS:1
        maximum: KUDOS:3
        picture: a.svg
        summary: s
        author: x
        ---
        teaser
        ===
        body
        """

    init(_ files: [String: String] = [:]) throws {
        for sub in ["pictures", "files"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(sub)", withIntermediateDirectories: true)
        }
        for (name, text) in files.merging(["pictures/a.svg": "<svg/>", "files/f.txt": "f"], uniquingKeysWith: { given, _ in given }) {
            try write(text, to: name)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Replaces the file: never the same one with the same look.
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }

    static func rules(_ language: Language = .english) throws -> CatalogRules {
        CatalogRules(smallestUnit: try Amount("KUDOS:0.01"), language: language)
    }

    func catalog(_ language: Language = .english) throws -> Catalog { try Catalog(folder: path, rules: try Self.rules(language)) }

    /// Everything that is wrong, each as `name:line: reason`.
    func complaints() throws -> [String] {
        do {
            _ = try catalog()
            return []
        } catch let errors as CatalogErrors { return errors.complaints.map { $0.description.replacing(path + "/", with: "") } }
    }
}
