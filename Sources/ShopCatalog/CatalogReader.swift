// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Pages

/// Reads the folder of a catalog, and remembers what each file held: the next time only those that have changed are read.
struct CatalogReader {
    let folder: String
    let rules: CatalogRules
    private var read: [String: (stamp: FileStamp, content: CatalogFile)] = [:]
    private var pictures = Shelf()
    private var files = Shelf()

    init(folder: String, rules: CatalogRules) {
        self.folder = folder
        self.rules = rules
    }

    /// Files that are held in memory, and how they looked when they were read.
    private struct Shelf {
        var stamps: [String: FileStamp] = [:]
        var files = StaticFiles()

        /// - Returns: complaints about what cannot be read.
        mutating func update(_ listed: [String: FileStamp], folder: String) -> [CatalogError] {
            var complaints: [CatalogError] = []
            for name in stamps.keys where listed[name] == nil {
                files.remove(name)
                stamps[name] = nil
            }
            for (name, stamp) in listed where stamps[name] != stamp {
                do {
                    try files.read(name, in: folder)
                    stamps[name] = stamp
                } catch { complaints.append(CatalogError(file: error.file, reason: error.reason)) }
            }
            return complaints
        }
    }

    /// - Throws: ``CatalogErrors`` with everything that is wrong.
    mutating func catalog(_ listing: CatalogListing) throws(CatalogErrors) -> Catalog {
        var complaints = pictures.update(listing.pictures, folder: "\(folder)/pictures")
        complaints += files.update(listing.files, folder: "\(folder)/files")
        complaints += readTexts(listing.texts)
        var assembly = CatalogAssembly(pictures: listing.pictures, files: listing.files)
        for name in listing.texts.keys.sorted() {
            if let content = read[name]?.content { assembly.add(content) } else { assembly.expect(CatalogFile.ids(of: name)) }
        }
        let products = assembly.finish()
        complaints += assembly.complaints
        if complaints.isEmpty, products.isEmpty { complaints = [CatalogError(file: folder, reason: "there is no product")] }
        guard complaints.isEmpty else { throw CatalogErrors(complaints) }
        return Catalog(products: products, pictures: pictures.files, files: files.files)
    }

    private mutating func readTexts(_ listed: [String: FileStamp]) -> [CatalogError] {
        var complaints: [CatalogError] = []
        for name in read.keys where listed[name] == nil { read[name] = nil }
        for (name, stamp) in listed where read[name]?.stamp != stamp {
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
                read[name] = nil
                complaints.append(CatalogError(file: path, reason: "the file cannot be read as UTF-8"))
                continue
            }
            read[name] = (stamp, CatalogFile(name: name, path: path, text: text, rules: rules))
        }
        return complaints
    }
}
