// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// A product whose number is limited, as the owner sees it.
struct StockRow: Sendable {
    let entry: StockEntry
    /// Nil when the catalog does not have the product any more.
    let title: String?

    /// Who has that many or fewer left is told so.
    static let fewLeft = 5

    var stock: Stock { entry.stock }
    var name: String { title ?? stock.product }

    /// What the owner may have to do, the most pressing first.
    enum Need: Int, CaseIterable {
        /// More is promised than there is.
        case missing
        case soldOut
        case low
        case none
        /// It is not sold any more, or not counted.
        case former
    }

    var need: Need {
        if stock.missing > 0 { return .missing }
        guard entry.isLimited else { return .former }
        if stock.available == 0 { return .soldOut }
        return stock.available <= Self.fewLeft ? .low : .none
    }

    /// Words for it, and how bad it is; nil when all is well.
    var badge: (words: String, tone: Tone)? {
        switch need {
        case .missing: ("\(stock.missing.grouped) missing", .bad)
        case .soldOut: ("sold out", .bad)
        case .low: ("low", .wait)
        case .former: title == nil ? ("not in the catalog any more", .quiet) : ("not counted any more", .quiet)
        case .none: nil
        }
    }

    func record(base: String) -> PageRecord {
        var record: PageRecord = [
            "name": .text(name), "product": .text(stock.product), "url": .text(Self.address(stock.product, base: base)),
            "supply": .text(stock.supply.grouped), "held": .text(stock.held.grouped), "sold": .text(stock.sold.grouped),
            "available": .text(entry.isLimited ? stock.available.grouped : "–"),
            "missing": .text(stock.missing == 0 ? "–" : stock.missing.grouped),
        ]
        if let badge { record["badge"] = .record(["words": .text(badge.words), "tone": .text(badge.tone.rawValue)]) }
        return record
    }

    static func address(_ product: String, base: String) -> String { "\(base)/stock/\(PercentEncoding.encode(product))" }
}

extension Office {
    /// Those with the most pressing needs first, then by title.
    func stockRows() async throws -> [StockRow] {
        try await store.stockEntries()
            .filter { $0.isLimited || $0.stock.held > 0 || $0.stock.sold > 0 }
            .map { StockRow(entry: $0, title: catalog.title($0.stock.product)) }
            .map { (key: ($0.need.rawValue, $0.name.lowercased(), $0.stock.product), row: $0) }
            .sorted { $0.key < $1.key }
            .map(\.row)
    }
}
