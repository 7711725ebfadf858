// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import WebSession

/// `?q=&page=`: all products whose number is limited.
struct GetStock: OfficeEndpoint {
    static let route = Route(.get, "/stock")
    let office: Office

    static let pageSize = 50

    func answer(_ visit: Visit) async throws -> Response {
        let search = String((visit.query["q"] ?? "").prefix(100)).trimmedSpaces
        let rows = try await office.stockRows()
        let found = search.isEmpty ? rows : rows.filter { $0.isFound(by: search.lowercased()) }
        let last = max(0, found.count - 1) / Self.pageSize
        let page = min(max(1, visit.query["page"].flatMap(Int.init) ?? 1) - 1, last)
        let shown = found.dropFirst(page * Self.pageSize).prefix(Self.pageSize)
        return try office.answer(
            StockPage(
                base: office.settings.base, search: search, rows: shown.map { ($0, StockForm(form: SessionCookie.newSession())) },
                foundCount: found.count,
                isEmpty: rows.isEmpty, pressingCount: rows.count { [.missing, .soldOut, .low].contains($0.need) }, page: page, last: last),
            to: visit.visitor)
    }
}

extension StockRow {
    fileprivate func isFound(by words: String) -> Bool {
        name.lowercased().contains(words) || stock.product.lowercased().contains(words)
    }
}

extension String {
    /// Without white space at its ends.
    var trimmedSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// The list of limited products, with a form for each.
struct StockPage: OfficePage {
    static let templateName = "stock"
    static let section: OfficeSection? = .stock

    var base: String
    var search: String
    /// Each with a form of its own.
    var rows: [(row: StockRow, form: StockForm)]
    var foundCount: Int
    /// No product is limited at all.
    var isEmpty: Bool
    /// Of all products, those that are missing, sold out or nearly so.
    var pressingCount: Int
    /// Counted from zero.
    var page: Int
    var last: Int

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Stock", "search": .text(search), "few": .text("\(StockRow.fewLeft)"),
        ]
        if isEmpty { record["nothing"] = .record([:]) }
        if pressingCount > 0 {
            let verb = pressingCount == 1 ? "is" : "are"
            record["pressing"] = .record([
                "words": .text(
                    "\(pressingCount.grouped) \(pressingCount == 1 ? "product" : "products") \(verb) missing, sold out or nearly so")
            ])
        }
        guard !isEmpty else { return record }
        record["searching"] = .record([:])
        guard !rows.isEmpty else {
            record["notFound"] = .record([:])
            return record
        }
        record["table"] = .record([
            "rows": .list(
                rows.map { row, form in
                    var record = row.record(base: base)
                    if row.entry.isLimited { record["change"] = .record(form.record) }
                    return .record(record)
                }),
            "count": .text(foundCount == 1 ? "1 product" : "\(foundCount.grouped) products"),
        ])
        record["pages"] = pages
        return record
    }

    private var pages: PageValue? {
        guard last > 0 else { return nil }
        let query = search.isEmpty ? "" : "q=\(PercentEncoding.encode(search))&"
        var pages: PageRecord = ["number": .text("\(page + 1)"), "of": .text("\(last + 1)")]
        if page > 0 { pages["previous"] = .record(["url": .text("\(base)/stock?\(query)page=\(page)")]) }
        if page < last { pages["next"] = .record(["url": .text("\(base)/stock?\(query)page=\(page + 2)")]) }
        return .record(pages)
    }

    static var samples: [StockPage] {
        [
            StockPage(base: "", search: "", rows: [], foundCount: 0, isEmpty: true, pressingCount: 0, page: 0, last: 0),
            StockPage(base: "", search: "x", rows: [], foundCount: 0, isEmpty: false, pressingCount: 0, page: 0, last: 0),
            StockPage(base: "", search: "", rows: [(.sample, .sample)], foundCount: 9, isEmpty: false, pressingCount: 1, page: 1, last: 2),
        ]
    }
}

extension StockRow {
    /// Something is missing of it.
    static let sample = StockRow(
        entry: StockEntry(stock: Stock(product: "p", supply: 1, catalog: 2, held: 1, sold: 2), isLimited: true), title: "P")
}
