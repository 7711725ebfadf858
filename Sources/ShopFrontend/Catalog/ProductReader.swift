// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import TalerWire

/// Makes a product of its file, and complains about what cannot be sold.
struct ProductReader {
    let currency: Currency
    /// Amounts must be whole numbers of it.
    let smallestUnit: Amount
    let pictures: Set<String>
    let files: Set<String>

    private static let known: Set<String> = [
        "id", "number", "title", "kind", "price", "picture", "summary", "author", "file", "suggested", "minimum", "maximum",
    ]

    /// - Throws: ``CatalogError`` with the line of the first thing that is wrong.
    func product(_ file: ProductFile) throws(CatalogError) -> Product {
        if let unknown = file.head.first(where: { !Self.known.contains($0.key) }) {
            throw CatalogError(file: file.name, line: unknown.value.line, reason: "\(unknown.key) is no key of a product")
        }
        let id = try file.value("id")
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isIdentifierByte) else {
            throw file.complaint("id", "lower-case letters, digits and dashes only")
        }
        guard let number = Int64(try file.value("number")), (0..<1 << 53).contains(number) else {
            throw file.complaint("number", "a whole number below 2^53 is needed")
        }
        let title = try file.value("title")
        guard title.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw file.complaint("title", "a control character cannot stand in a contract")
        }
        let picture = try file.value("picture")
        guard pictures.contains(picture) else { throw file.complaint("picture", "there is no pictures/\(picture)") }
        guard !file.teaser.isEmpty else { throw CatalogError(file: file.name, reason: "the text is missing") }
        let kind = try kind(file)
        guard !file.body.isEmpty else { throw CatalogError(file: file.name, reason: "what is shown after paying is missing, below ===") }
        return Product(
            id: id, number: number, title: title, summary: try file.value("summary"), author: try file.value("author"),
            price: try amount("price", try file.value("price"), file), picture: picture, teaser: Markdown.render(file.teaser),
            body: Markdown.render(file.body),
            wordCount: (file.teaser + " " + file.body).split(whereSeparator: \.isWhitespace).count, kind: kind)
    }

    private func kind(_ file: ProductFile) throws(CatalogError) -> Product.Kind {
        switch try file.value("kind") {
        case "article": return .article
        case "download":
            let name = try file.value("file")
            guard files.contains(name) else { throw file.complaint("file", "there is no files/\(name)") }
            return .download(file: name)
        case "donation":
            var suggested: [Amount] = []
            for piece in try file.value("suggested").split(separator: ",") {
                suggested.append(try amount("suggested", piece.trimmed, file))
            }
            let range = DonationRange(
                suggested: suggested, minimum: try amount("minimum", try file.value("minimum"), file),
                maximum: try amount("maximum", try file.value("maximum"), file))
            guard suggested.allSatisfy(range.contains), range.contains(try amount("price", try file.value("price"), file)) else {
                throw file.complaint("suggested", "every amount must lie between minimum and maximum")
            }
            return .donation(range)
        default: throw file.complaint("kind", "article, download or donation is needed")
        }
    }

    private func amount(_ key: String, _ text: String, _ file: ProductFile) throws(CatalogError) -> Amount {
        let amount: Amount
        do { amount = try Amount(text) } catch { throw file.complaint(key, "\(text) is no amount: \(error)") }
        guard amount.currency == currency else { throw file.complaint(key, "the shop's currency is \(currency)") }
        guard !amount.isZero else { throw file.complaint(key, "the amount is zero") }
        guard amount.isMultiple(of: smallestUnit) else { throw file.complaint(key, "\(amount) is no whole number of \(smallestUnit)") }
        return amount
    }

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
}
