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

    /// `Tally Sticks × 2, Small Change and 3 more`.
    var contents: String {
        let products = lines.filter { $0.kind != .delivery }
        let names = products.prefix(2).map { $0.quantity == 1 ? $0.title : "\($0.title) × \($0.quantity)" }
        let more = products.count - names.count
        return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
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
