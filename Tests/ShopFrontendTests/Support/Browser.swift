// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import Testing
import WebSession

@testable import ShopFrontend

/// A browser that has been here before: keeps its cookies, and sends forms with the token of its session.
final class Browser {
    let bench: ShopBench
    let session: String
    /// Where it asks from.
    var peer: String?
    /// Sent with every request.
    var fields = HTTPFields()
    private var cookies: [String: String] = [:]

    init(_ bench: ShopBench, language: String = "en") {
        self.bench = bench
        session = SessionCookie.newSession()
        fields["Accept"] = "text/html,*/*"
        fields["Accept-Language"] = language
        var response = Response()
        bench.shop.sessions.set(session, in: &response)
        keep(response)
    }

    var token: String { bench.shop.formToken(session) }

    func send(_ method: HTTPMethod, _ target: String, body: String = "", more: [(String, String)] = []) async throws -> Response {
        var fields = fields
        if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        for (name, value) in more { fields[name] = value }
        let request = try #require(Request(method, target, fields: fields, body: Array(body.utf8), id: "request-1", peer: peer))
        let response = await bench.shop.handler.handle(request)
        keep(response)
        return response
    }

    func get(_ target: String) async throws -> Response { try await send(.get, target) }

    /// The page at an address, read strictly.
    func page(_ target: String, status: Int = 200) async throws -> StrictHTML {
        let response = try await get(target)
        #expect(response.status == status)
        return try StrictHTML(response.text)
    }

    /// Sends a form with its token.
    func submit(_ target: String, _ values: KeyValuePairs<String, String>) async throws -> Response {
        try await submitRaw(target, [("form_token", token)] + values.map { ($0.key, $0.value) })
    }

    func submitRaw(_ target: String, _ values: [(String, String)], more: [(String, String)] = []) async throws -> Response {
        let body = values.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return try await send(.post, target, body: body, more: [("Content-Type", "application/x-www-form-urlencoded")] + more)
    }

    /// Puts something into the cart.
    func add(_ product: String, quantity: Int = 1) async throws {
        let response = try await submit("/cart", ["product": product, "quantity": "\(quantity)"])
        #expect(response.status == 303)
        #expect(response.fields["Location"] == "/cart?notice=added&product=\(product)")
    }

    static let address: KeyValuePairs = [
        "name": "Ana Peña", "street": "Calle Mayor", "number": "7", "postcode": "28013", "city": "Madrid", "state": "", "country": "ES",
    ]

    /// The fields of the checkout's form as it is now, with an address.
    func checkout(_ changes: [String: String] = [:]) async throws -> [(String, String)] {
        let page = try await page("/checkout")
        let hidden = page.elements.filter { $0.name == "input" && $0["type"] == "hidden" && $0.path.contains("main") }
        let known = hidden.compactMap { input in input["name"].flatMap { name in input["value"].map { (name, $0) } } }
        let values = known + Self.address.map { ($0.key, $0.value) }
        return values.map { ($0.0, changes[$0.0] ?? $0.1) }
    }

    func setCookie(_ name: String, _ value: String) { cookies[name] = value }

    private func keep(_ response: Response) {
        for field in response.fields.all("Set-Cookie") {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
    }
}

extension ShopBench {
    /// A shop with a few things of every kind.
    /// - Parameter text: makes texts of each product's name.
    static func scratch(
        publicURL: String = "http://shop.example:8080", stock: Int? = 3, text: (String) -> String = { $0 }
    ) throws -> ShopBench {
        try ShopBench(publicURL: publicURL, catalog: Catalog(products: try products(stock: stock, text: text)))
    }

    static func products(stock: Int? = 3, text: (String) -> String = { $0 }) throws -> [Product] {
        func passages(_ name: String) -> ProductText {
            let passage = Passage(text(name), .english)
            return ProductText(title: passage, summary: passage, teaser: passage, body: passage)
        }
        let countries = ["DE", "ES", "FR"].compactMap { CountryCode($0) }
        let range = DonationRange(suggested: [try Amount("KUDOS:1")], minimum: try Amount("KUDOS:0.1"), maximum: try Amount("KUDOS:50"))
        let kinds: [(String, Product.Kind, Int, Int?)] = [
            ("essay", .article, 99, nil), ("gift", .donation(range), 1, nil),
            ("mug", .goods(DeliveryTerms(destinations: .countries(countries), days: 2...4, price: try Amount("KUDOS:0.9"))), 9, stock),
            ("card", .goods(DeliveryTerms(destinations: .everywhere, days: 1...2, price: nil)), 99, nil),
            ("stone", .goods(DeliveryTerms(destinations: .countries([countries[0]]), days: 1...2, price: nil)), 99, nil),
            ("water", .goods(DeliveryTerms(destinations: .countries([countries[2]]), days: 1...2, price: nil)), 99, nil),
        ]
        return try kinds.enumerated().map { index, kind in
            Product(
                id: kind.0, number: Int64(index + 1), author: text("author"), price: try Amount("KUDOS:2.5"), picture: "p.svg",
                kind: kind.1, text: passages(kind.0), stock: kind.3,
                taxes: kind.0 == "mug" ? [Tax(name: text("VAT"), millionths: 190_000)] : [], maximumQuantity: kind.2)
        }
    }
}
