// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// What every page of the shop shows.
enum PageFrame {
    static func record(_ settings: ShopSettings) -> PageRecord {
        var record: PageRecord = ["shopName": .text(settings.name), "base": .text(settings.base)]
        if let origin = settings.walletOrigin { record["wallet"] = .record(["origin": .text(origin)]) }
        return record
    }

    static let sample: PageRecord = ["shopName": "Shop", "base": "", "wallet": .record(["origin": "https://wallet.example"])]
}

/// Every kind of page that the shop shows.
enum ShopPages {
    static let all: [any Page.Type] = [IndexPage.self, ProductPage.self, FulfillmentPage.self, ExecutePage.self, ErrorPage.self]
}
