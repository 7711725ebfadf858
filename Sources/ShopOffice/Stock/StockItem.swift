// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire
import WebSession

/// One product's stock: how it is reckoned, a form to change it, and who changed it when.
struct GetStockItem: OfficeEndpoint {
    static let route = Route(.get, "/stock/:product")
    let office: Office

    /// - Throws: 404 / 2006.
    func answer(_ visit: Visit) async throws -> Response {
        let product = visit.path["product"]
        var done: StockChange?
        if let id = visit.query["done"].flatMap(Int64.init), let change = try await office.store.stockChange(id), change.product == product
        {
            done = change
        }
        let page = try await office.stockItemPage(product, form: StockForm(form: SessionCookie.newSession()), done: done)
        return try office.answer(page, to: visit.visitor)
    }
}

/// The form of a product's stock was sent.
struct PostStockItem: OfficeEndpoint {
    static let route = Route(.post, "/stock/:product")
    let office: Office

    /// - Throws: 400 / 26 for a form without a name, 404 / 2006.
    func answer(_ visit: Visit) async throws -> Response {
        let product = visit.path["product"]
        var form = StockForm(visit.form)
        guard (16...64).contains(form.form.utf8.count), form.form.utf8.allSatisfy({ $0.isLetterOrDigit }) else {
            throw APIError(.genericParameterMalformed, hint: "This form has no name. Nothing was done.", detail: "form")
        }
        guard let difference = form.check() else {
            return try office.answer(try await office.stockItemPage(product, form: form), to: visit.visitor, status: 400)
        }
        let outcome = try await office.store.changeSupply(
            of: product, by: difference, reason: form.reason, form: form.form, at: office.clock.now())
        switch outcome {
        case .done(let change), .doneBefore(let change):
            return office.redirect(StockRow.address(change.product, base: "") + "?done=\(change.id)")
        case .outOfRange(let stock):
            form.differenceProblem =
                difference < 0
                ? "There are only \(stock.supply.grouped) in the supply: it cannot go below 0."
                : "That would be more than \(ShopStore.maximumSupply.grouped), which is the most that can be counted."
        case .notLimited:
            guard try await office.store.stockEntry(product) != nil else { throw Office.noSuchStock }
            form.differenceProblem = "The catalog does not limit this product’s number any more: nothing is counted."
        }
        return try office.answer(try await office.stockItemPage(product, form: form), to: visit.visitor, status: 409)
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

extension Office {
    static let noSuchStock = APIError(.merchantGenericProductUnknown, hint: "There is no stock of such a product.")

    fileprivate static let maximumChanges = 100

    /// - Throws: 404 / 2006.
    func stockItemPage(_ product: String, form: StockForm, done: StockChange? = nil) async throws -> StockItemPage {
        guard let entry = try await store.stockEntry(product) else { throw Self.noSuchStock }
        return StockItemPage(
            base: settings.base, shopURL: settings.shopURL, row: StockRow(entry: entry, title: catalog.title(product)), form: form,
            changes: try await store.stockChanges(of: product, limit: Self.maximumChanges), done: done)
    }
}

struct StockItemPage: OfficePage {
    static let templateName = "stock-item"
    static let section: OfficeSection? = .stock

    var base: String
    var shopURL: String
    var row: StockRow
    var form: StockForm
    /// The newest first.
    var changes: [StockChange]
    /// What has just been done.
    var done: StockChange?

    var record: PageRecord {
        let stock = row.stock
        var record = row.record(base: base).merging([
            "title": .text("Stock of \(row.name)"),
            "changes": .list(changes.map(Self.record)), "catalog": .text(stock.catalog.grouped),
        ])
        if row.entry.isLimited { record["change"] = .record(form.record) }
        if row.title != nil {
            record["inShop"] = .record(["url": .text("\(shopURL)/product/\(PercentEncoding.encode(stock.product))")])
        }
        if let done {
            record["done"] = .record([
                "words": .text("Changed by \(Self.signed(done.difference)): the supply was \(done.supply.grouped) then.")
            ])
        }
        if stock.missing > 0 {
            record["lack"] = .record(["count": .text(stock.missing.grouped), "promised": .text((stock.held + stock.sold).grouped)])
        } else if row.entry.isLimited, row.need == .soldOut || row.need == .low {
            record["low"] = .record([
                "words": .text(stock.available == 0 ? "Nobody can order it now." : "Only \(stock.available.grouped) can be ordered.")
            ])
        }
        if row.entry.isLimited, stock.catalog != stock.supply { record["differs"] = .record(["words": .text(reckoning)]) }
        if !row.entry.isLimited {
            record["former"] = .record([
                "words": .text(
                    row.title == nil
                        ? "The catalog does not have this product any more. What was counted stays here, and counts again when it comes back."
                        : "The product’s file has no stock: line any more, so buyers may order as many as they like.")
            ])
        }
        return record
    }

    /// Why the supply is not what the file says.
    private var reckoning: String {
        let stock = row.stock
        let more = stock.supply - stock.catalog
        let how = more > 0 ? "\(more.grouped) more were added" : "\((-more).grouped) were taken away"
        return
            "The product’s file says stock: \(stock.catalog.grouped), and the supply is \(stock.supply.grouped), as \(how) here. The number in the file is not what is left: when you change it, the difference is added to the supply."
    }

    static func signed(_ number: Int) -> String { number < 0 ? "−\(MoneySum.grouped("\(number.magnitude)"))" : "+\(number.grouped)" }

    private static func record(_ change: StockChange) -> PageValue {
        .record([
            "time": change.time.record, "difference": .text(signed(change.difference)), "supply": .text(change.supply.grouped),
            "reason": .text(change.origin == .file ? "The number in the product’s file was changed" : change.reason),
        ])
    }

    static var samples: [StockItemPage] {
        let change = StockChange(id: 1, product: "p", time: .zero, difference: 1, supply: 1, origin: .owner, reason: "r")
        let low = StockEntry(stock: Stock(product: "p", supply: 1, catalog: 1, held: 0, sold: 0), isLimited: true)
        let former = StockEntry(stock: low.stock, isLimited: false)
        return [
            StockItemPage(base: "", shopURL: "", row: .sample, form: .sample, changes: [change], done: change),
            StockItemPage(base: "", shopURL: "", row: StockRow(entry: low, title: "P"), form: .sample, changes: [change]),
            StockItemPage(base: "", shopURL: "", row: StockRow(entry: former, title: nil), form: .sample, changes: [change]),
        ]
    }
}
