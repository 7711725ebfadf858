// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopStore
import TalerWire

/// How an order is shown, wherever it is.
extension Order {
    /// What the owner has to know at the first look.
    var badges: [(words: String, tone: Tone)] {
        var badges: [(words: String, tone: Tone)] = []
        switch state {
        case .open: badges.append(("Not paid yet", .note))
        case .paid: badges.append(isWhollyRefunded ? ("Given back", .quiet) : ("Paid", .good))
        case .closed: badges.append((closed?.reason == .cancelled ? "Cancelled" : "Expired", .quiet))
        case .returned: badges.append(("Paid too late", .bad))
        }
        if isPaid, !isWhollyRefunded, !refunded.isZero { badges.append(("Partly given back", .wait)) }
        if isPaid, !refundRefused.isZero { badges.append(("Refund refused", .bad)) }
        if isPaid, sent != nil {
            badges.append(("Sent", .good))
        } else if isToSend {
            badges.append(("To be sent", .wait))
        }
        return badges
    }

    /// Paid goods that were neither sent nor wholly given back.
    var isToSend: Bool { isPaid && delivery != nil && sent == nil && !isWhollyRefunded }

    var badgeRecord: PageValue {
        .list(badges.map { .record(["words": .text($0.words), "tone": .text($0.tone.rawValue)]) })
    }

    /// `Tally Sticks × 2, Small Change and 3 more`: one product has one title, whatever language its buyers read.
    func contents(_ catalog: CatalogView) -> String {
        let products = lines.filter { $0.kind != .delivery }
        let names = products.prefix(2).map { $0.quantity == 1 ? catalog.title(of: $0) : "\(catalog.title(of: $0)) × \($0.quantity)" }
        let more = products.count - names.count
        return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    /// `2 × Tally Sticks, 1 × Ledger`: all that goes into the parcel.
    func packingList(_ catalog: CatalogView) -> String {
        let goods = lines.filter { $0.kind == .goods }
        guard !goods.isEmpty else { return contents(catalog) }
        return goods.map { "\($0.quantity) × \(catalog.title(of: $0))" }.joined(separator: ", ")
    }

    /// The name's first part, by which people may call it.
    var shortName: String { String(id.text.prefix(8)) }
}

extension OrderLine.Kind {
    var words: String {
        switch self {
        case .article: "Article"
        case .download: "Download"
        case .donation: "Donation"
        case .goods: "Goods"
        case .delivery: "Delivery"
        case .unknown: "From before"
        }
    }
}

extension Delivery {
    /// As an envelope has it.
    var envelope: [String] {
        [name, [street, streetNumber].filter { !$0.isEmpty }.joined(separator: " "), "\(zipCode) \(city)", state ?? "", country]
            .filter { !$0.isEmpty }
    }
}
