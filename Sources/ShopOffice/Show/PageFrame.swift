// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import TalerWire

/// A page of the back office.
protocol OfficePage: Page {
    /// The part of the navigation that it belongs to; nil for pages outside of it.
    static var section: OfficeSection? { get }
}

/// The parts of the back office.
enum OfficeSection: String, CaseIterable {
    case dashboard, orders, stock, revenue, status

    var address: String { self == .dashboard ? "/" : "/\(rawValue)" }
    var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// What every page shows.
enum PageFrame {
    static func record(_ settings: OfficeSettings, _ visitor: Visitor?, _ section: OfficeSection?) -> PageRecord {
        var record: PageRecord = [
            "shopName": .text(settings.shopName), "base": .text(settings.base), "shopURL": .text(settings.shopURL + "/"),
            "currency": .text(settings.currency.text), "formToken": .text(visitor?.formToken ?? ""),
        ]
        if visitor?.isOwner == true {
            let items: [PageValue] = OfficeSection.allCases.map {
                .record([
                    "address": .text(settings.base + $0.address), "label": .text($0.label), "icon": .text($0.rawValue),
                    "isCurrent": .flag($0 == section),
                ])
            }
            record["navigation"] = .record(["items": .list(items)])
        }
        return record
    }

    static let sample: PageRecord = [
        "shopName": "Shop", "base": "", "shopURL": "http://shop/", "currency": "KUDOS", "formToken": "t",
        "navigation": .record(["items": .list([.record(["address": "/", "label": "l", "icon": "i", "isCurrent": .flag(true)])])]),
    ]
}

extension String? {
    /// A section with `words`, or none.
    func section(_ record: inout PageRecord, _ name: String) { if let self { record[name] = .record(["words": .text(self)]) } }
}
