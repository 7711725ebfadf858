// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import Pages
public import TalerWire

/// What the shop sells: a folder with one Markdown file for each product, and the folders `pictures` and `files`.
public struct Catalog: Sendable {
    /// In the order of their numbers.
    public let products: [Product]
    public let pictures: StaticFiles
    public let files: StaticFiles
    private let byID: [String: Product]

    /// - Parameter smallestUnit: prices must be whole numbers of it; names the currency.
    /// - Throws: ``CatalogError`` with file and line of the first thing that is wrong.
    public init(folder: String, smallestUnit: Amount) throws(CatalogError) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted() } catch {
            throw CatalogError(file: folder, reason: "the folder of the catalog cannot be read")
        }
        pictures = try Self.folder("\(folder)/pictures")
        files = try Self.folder("\(folder)/files")
        let reader = ProductReader(
            currency: smallestUnit.currency, smallestUnit: smallestUnit, pictures: Set(pictures.names), files: Set(files.names))
        var found: [String: Product] = [:]
        var numbers: [Int64: String] = [:]
        for name in names {
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
                throw CatalogError(file: path, reason: "the file cannot be read as UTF-8")
            }
            let product = try reader.product(try ProductFile(name: path, text: text))
            guard found[product.id] == nil else { throw CatalogError(file: path, reason: "another product has the id \(product.id)") }
            if let other = numbers[product.number] {
                throw CatalogError(file: path, reason: "\(other) has the number \(product.number), too")
            }
            found[product.id] = product
            numbers[product.number] = product.id
        }
        guard !found.isEmpty else { throw CatalogError(file: folder, reason: "there is no product") }
        byID = found
        products = found.values.sorted { $0.number < $1.number }
    }

    public subscript(_ id: String) -> Product? { byID[id] }

    private static func folder(_ path: String) throws(CatalogError) -> StaticFiles {
        do { return try StaticFiles(folder: path) } catch { throw CatalogError(file: error.file, reason: error.reason) }
    }
}
