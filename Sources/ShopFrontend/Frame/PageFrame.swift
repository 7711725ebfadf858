// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// What every page of the shop shows.
enum PageFrame {
    static func record(_ shop: Shop, _ visitor: Visitor, isFound: Bool, hasForm: Bool) -> PageRecord {
        let words = visitor.words
        var record: PageRecord = [
            "shopName": .text(shop.settings.name), "base": .text(shop.settings.base), "language": .text(words.language.code),
            "t": .record(shop.textRecords[words.language] ?? texts(words)), "paidWith": .markup(paidWith(words)),
        ]
        if let seller = shop.settings.seller { record["seller"] = .record(["line": .text(seller)]) }
        if let contact = shop.settings.contact { record["contact"] = .record(["link": .text(contact)]) }
        if let legal = shop.settings.legal { record["legal"] = .record(["link": .text(legal)]) }
        if let origin = shop.settings.walletOrigin { record["wallet"] = .record(["origin": .text(origin)]) }
        if visitor.addresses.count > 1 {
            record["switch"] = .record(["languages": .list(visitor.addresses.map { link($0, words.language) })])
        }
        if isFound {
            record["alternates"] = .list(
                visitor.addresses.map { .record(["code": .text($0.language.code), "address": .text(shop.links.absolute($0.path))]) })
        }
        if visitor.cartCount > 0 {
            record["cart"] = .record([
                "number": .text(words.number(visitor.cartCount)), "label": .text(words("frame.cartCount", count: visitor.cartCount)),
            ])
        }
        if visitor.place == "cart" || visitor.place == "checkout" { record["atCart"] = .flag(true) }
        if visitor.place == "purchases" { record["atPurchases"] = .flag(true) }
        if hasForm { record["formToken"] = .text(visitor.formToken) }
        return record
    }

    private static func link(_ address: Visitor.Address, _ current: Language) -> PageValue {
        .record([
            "code": .text(address.language.code), "name": .text(address.language.ownName), "link": .text(address.path),
            "isCurrent": .flag(address.language == current),
        ])
    }

    private static func paidWith(_ words: Words) -> Markup {
        words.markup("frame.taler", ["taler": .link("https://taler.net/", "GNU Taler")])
    }

    /// The texts that templates show as they are, in nested records: `{{t.cart.title}}` is the text `cart.title`.
    static func texts(_ words: Words) -> PageRecord {
        var record = PageRecord()
        for (key, text) in words.plainTexts { put(text, at: key.split(separator: ".")[...], in: &record) }
        return record
    }

    private static func put(_ text: String, at path: ArraySlice<Substring>, in record: inout PageRecord) {
        guard let head = path.first else { return }
        guard path.count > 1 else {
            record[String(head)] = .text(text)
            return
        }
        var inner = PageRecord()
        if case .record(let known)? = record[String(head)] { inner = known }
        put(text, at: path.dropFirst(), in: &inner)
        record[String(head)] = .record(inner)
    }

    /// The names of every frame, for the check of templates.
    static func sample(_ words: Words) -> PageRecord {
        [
            "shopName": "Shop", "base": "", "wallet": .record(["origin": "https://wallet.example"]), "language": "en",
            "t": .record(texts(words)), "paidWith": .markup(paidWith(words)), "formToken": "f", "atCart": .flag(true),
            "atPurchases": .flag(true),
            "cart": .record(["number": "1", "label": .text(words("frame.cartCount", count: 1))]),
            "switch": .record(["languages": .list([.record(["code": "en", "name": "n", "link": "l", "isCurrent": .flag(true)])])]),
            "seller": .record(["line": "s"]), "contact": .record(["link": "c"]), "legal": .record(["link": "l"]),
            "alternates": .list([.record(["code": "en", "address": "a"])]),
        ]
    }
}

/// Every kind of page that the shop shows.
enum ShopPages {
    static let all: [any Page.Type] = [
        IndexPage.self, ProductPage.self, CartPage.self, CheckoutPage.self, OrderPage.self, PurchasesPage.self, FulfillmentPage.self,
        PartsPage.self, ReceiptPage.self, ExecutePage.self, ErrorPage.self,
    ]
}
