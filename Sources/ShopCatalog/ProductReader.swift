// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import Localization
import TalerWire

/// Makes a product of its head and its texts, and complains about what cannot be sold.
struct ProductReader {
    private var head: HeadReader
    /// What stands below the head; nil when it is a value of the head.
    private let texts: TwoTexts?
    private let textLine: Int
    private let fileID: String?
    /// Nil when it is no name.
    private(set) var id: String?
    private(set) var translations: [Translation] = []
    private(set) var language: Language
    /// What the head says, even when the product cannot be sold for something else.
    private(set) var number: Int64?
    private(set) var picture: String?
    private(set) var download: String?

    var complaints: [CatalogError] { head.complaints }

    private static let keys: Set<String> = [
        "id", "number", "title", "kind", "price", "picture", "summary", "author", "language", "stock", "tax", "taxes", "hidden",
        "maximum_quantity",
    ]
    /// Keys that only one kind has.
    private static let kindKeys = [
        "file": "download", "suggested": "donation", "minimum": "donation", "maximum": "donation", "delivery": "goods",
        "delivery_days": "goods", "delivery_price": "goods",
    ]

    init(_ head: HeadReader, texts: TwoTexts?, textLine: Int, fileID: String?) {
        self.head = head
        self.texts = texts
        self.textLine = textLine
        self.fileID = fileID
        language = head.rules.language
    }

    /// Nil when something is wrong with it.
    mutating func read() -> Product? {
        id = readID()
        language = readLanguage()
        number = readNumber()
        let kindName = head.required("kind")
        checkKeys(kindName)
        let title = head.line("title")
        let summary = head.line("summary")
        let author = head.line("author")
        picture = head.required("picture")
        let price = head.amount("price")
        let kind = kindName.flatMap { self.kind($0, price: price) }
        let stock = head.wholeNumber("stock", in: 0...1_000_000)
        let taxes = readTaxes()
        let isHidden = head.flag("hidden")
        let maximum = head.wholeNumber("maximum_quantity", in: 1...Product.highestQuantity)
        let texts = readTexts(mayHaveNoBody: kindName == "goods")
        readTranslations()
        guard complaints.isEmpty, let id, let number, let title, let summary, let author, let picture, let price, let kind, let texts
        else { return nil }
        let text = ProductText(
            title: Passage(title, language), summary: Passage(summary, language), teaser: Passage(texts.teaser, language),
            body: Passage(texts.body, language))
        return Product(
            id: id, number: number, author: author, price: price, picture: picture, kind: kind, text: text, stock: stock, taxes: taxes,
            isHidden: isHidden, maximumQuantity: kindName == "donation" ? 1 : maximum ?? Product.highestQuantity)
    }

    private mutating func readID() -> String? {
        guard let id = fileID == nil ? head.required("id") : head.value("id") ?? fileID else { return nil }
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isIdentifierByte) else {
            head.complain("id", "lower-case letters, digits and dashes only")
            return nil
        }
        if let fileID, id != fileID { head.complain("id", "it must be the file's name, \(fileID)") }
        return id
    }

    private mutating func readNumber() -> Int64? {
        guard let text = head.required("number") else { return nil }
        guard let number = HeadReader.wholeNumber(text), number < 1 << 53 else {
            head.complain("number", "a whole number below 2^53 is needed")
            return nil
        }
        return Int64(number)
    }

    private mutating func readLanguage() -> Language {
        guard let code = head.value("language") else { return language }
        guard let known = Language(rawValue: code) else {
            head.complain("language", "one of \(Language.allCases.map(\.code).joined(separator: ", ")) is needed")
            return language
        }
        return known
    }

    private mutating func checkKeys(_ kind: String?) {
        for entry in head.head.entries where !entry.key.isEmpty {
            if let needed = Self.kindKeys[entry.key] {
                if let kind, kind != needed, Product.Kind.names.contains(kind) {
                    head.complain(entry.line, "\(entry.key) is for the kind \(needed) only")
                }
            } else if !Self.keys.contains(entry.key), translated(entry.key) == nil, texts != nil || entry.key != "text" {
                head.complain(entry.line, "\(entry.key) is no key of a product" + guess(entry.key))
            }
        }
        if kind == "donation", head.value("maximum_quantity").map({ $0 != "1" }) ?? false {
            head.complain("maximum_quantity", "of donations there is one at a time")
        }
    }

    private func guess(_ key: String) -> String {
        let known = Self.keys.union(Self.kindKeys.keys).union(texts == nil ? ["text"] : [])
        return Misspelling.nearest(to: key, in: known.sorted()).map { "; did you mean \($0)?" } ?? ""
    }

    /// The parts of `title.de`; nil for keys that are not of this form.
    private func translated(_ key: String) -> (key: String, language: Language)? {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let language = Language(rawValue: String(parts[1])),
            ["title", "summary"].contains(parts[0]) || (texts == nil && parts[0] == "text")
        else { return nil }
        return (String(parts[0]), language)
    }

    private mutating func readTexts(mayHaveNoBody: Bool) -> TwoTexts? {
        let found = texts ?? head.required("text").map { TwoTexts(TextLines.of($0)) }
        guard let found else { return nil }
        let line = head.head["text"]?.line ?? textLine
        if found.teaser.isEmpty { head.complain(line, "the text is missing") }
        if found.body.isEmpty, !mayHaveNoBody { head.complain(line, "what is shown after paying is missing, below ===") }
        return found
    }

    private mutating func readTranslations() {
        var found: [Language: Translation] = [:]
        for entry in head.head.entries {
            guard let (key, language) = translated(entry.key) else { continue }
            if language == self.language {
                head.complain(entry.line, "\(language.code) is the product's main language")
                continue
            }
            guard let id, let value = key == "text" ? head.value(entry.key) : head.line(entry.key) else { continue }
            var translation =
                found[language]
                ?? Translation(product: id, language: language, file: head.head.file, line: entry.line)
            switch key {
            case "title": translation.title = value
            case "summary": translation.summary = value
            default:
                let texts = TwoTexts(TextLines.of(value))
                translation.teaser = texts.teaser.isEmpty ? nil : texts.teaser
                translation.body = texts.body.isEmpty ? nil : texts.body
            }
            found[language] = translation
        }
        translations = found.values.sorted { $0.line < $1.line }
    }

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
}

// What depends on the kind.
extension ProductReader {
    private mutating func kind(_ name: String, price: Amount?) -> Product.Kind? {
        switch name {
        case "article": return .article
        case "download":
            download = head.required("file")
            return download.map { .download(file: $0) }
        case "donation": return range(price).map { .donation($0) }
        case "goods": return delivery().map { .goods($0) }
        default:
            head.complain("kind", "\(Product.Kind.names.dropLast().joined(separator: ", ")) or goods is needed")
            return nil
        }
    }

    private mutating func range(_ price: Amount?) -> DonationRange? {
        var suggested: [Amount] = []
        for piece in head.required("suggested").map(HeadReader.pieces) ?? [] {
            if let amount = head.amount("suggested", piece) { suggested.append(amount) }
        }
        guard let minimum = head.amount("minimum"), let maximum = head.amount("maximum") else { return nil }
        let range = DonationRange(suggested: suggested, minimum: minimum, maximum: maximum)
        if !suggested.allSatisfy(range.contains) { head.complain("suggested", "every amount must lie between minimum and maximum") }
        if let price, !range.contains(price) { head.complain("price", "it must lie between minimum and maximum") }
        return range
    }

    private mutating func delivery() -> DeliveryTerms? {
        let destinations = destinations()
        let days = days()
        let price = head.value("delivery_price").flatMap { head.amount("delivery_price", $0, mayBeZero: true) }
        guard let destinations, let days else { return nil }
        return DeliveryTerms(destinations: destinations, days: days, price: price.flatMap { $0.isZero ? nil : $0 })
    }

    private mutating func destinations() -> DeliveryTerms.Destinations? {
        guard let text = head.required("delivery") else { return nil }
        if text == "everywhere" { return .everywhere }
        var countries: [CountryCode] = []
        for piece in HeadReader.pieces(text) {
            guard let country = CountryCode(piece) else {
                head.complain("delivery", "“\(piece)” is no country: two letters of ISO 3166, or everywhere")
                continue
            }
            if countries.contains(country) { head.complain("delivery", "\(country) is there twice") }
            countries.append(country)
        }
        return .countries(countries)
    }

    private mutating func days() -> ClosedRange<Int>? {
        guard let text = head.required("delivery_days") else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { HeadReader.wholeNumber($0.trimmed) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last, last <= 365 else {
            head.complain("delivery_days", "days like 3 or 2-5 are needed, at most 365")
            return nil
        }
        return first...last
    }

    private mutating func readTaxes() -> [Tax] {
        var taxes: [Tax] = []
        for entry in head.head.entries where (entry.key == "tax" || entry.key == "taxes") && !entry.value.isEmpty {
            for piece in HeadReader.pieces(entry.value) {
                guard let tax = Tax(piece) else {
                    head.complain(entry.line, "\(entry.key): “\(piece)” is no tax: a name and a rate like VAT 19% are needed")
                    continue
                }
                if taxes.contains(where: { $0.name == tax.name }) { head.complain(entry.line, "\(entry.key): \(tax.name) is there twice") }
                taxes.append(tax)
            }
        }
        if taxes.reduce(0, { $0 + UInt64($1.millionths) }) > UInt64(Tax.maximum) {
            let key = head.head["taxes"] == nil ? "tax" : "taxes"
            head.complain(key, "all taxes together are more than 100%")
        }
        return taxes
    }
}
