// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import Localization
import Logging
import MerchantAPI
import Pages
import ShopCatalog
import ShopFrontend
import ShopStore
import Sodium
import TalerWire
import TestSupport
import Testing
import WebSession

/// The shop with its real catalog and templates, an empty store, a clock that stands still and a backend that does as it is told.
struct ShopBench {
    let backend: FakeBackend
    let clock: FixedClock
    let store: ShopStore
    let shop: Shop
    let signer: Signer

    static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized.path

    /// The shop's own files, read once for all tests.
    private static let catalog = Result {
        try Catalog(folder: root + "/catalog", rules: CatalogRules(smallestUnit: try Amount("KUDOS:0.01")))
    }
    private static let sharedTexts = Result { try Texts(folder: root + "/templates/texts") }
    private static let templates = Result { try Shop.templates(folder: root + "/templates", texts: try texts) }
    private static let staticFiles = Result { try StaticFiles(folder: root + "/static") }

    static var texts: Texts { get throws { try sharedTexts.get() } }

    init(
        walletOrigin: String? = nil, name: String = "The Quiet Press", publicURL: String = "http://shop.example:8080",
        catalog: Catalog? = nil, store: ShopStore? = nil, backend: FakeBackend = FakeBackend(), clock: FixedClock? = nil
    ) throws {
        self.backend = backend
        self.clock = try clock ?? FixedClock(try Timestamp(seconds: 1_800_000_000))
        self.store = try store ?? ShopStore.inMemory()
        let settings = ShopSettings(
            name: name, publicURL: publicURL, smallestUnit: try Amount("KUDOS:0.01"), maximumFee: try Amount("KUDOS:0.1"),
            walletOrigin: walletOrigin, address: [("country", "Testland"), ("city", "Testtown")])
        signer = try Signer(key: .random(count: 32))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        shop = Shop(
            settings: settings, catalogs: CatalogHolder(try catalog ?? Self.catalog.get(), logger: logger),
            templates: try Self.templates.get(), texts: try Self.texts, staticFiles: try Self.staticFiles.get(), store: self.store,
            backend: MerchantClient(baseURL: "http://backend/", token: "token", sender: backend),
            signer: signer, clock: self.clock, logger: logger)
    }

    /// A browser, or a program: keeps its cookie.
    final class Visitor {
        let bench: ShopBench
        var cookie: String?
        init(_ bench: ShopBench) { self.bench = bench }

        func send(
            _ method: HTTPMethod, _ target: String, accept: String? = nil, body: String = "", host: String? = nil, language: String? = nil
        )
            async throws -> Response
        {
            var fields = HTTPFields()
            if let cookie { fields["Cookie"] = cookie }
            if let accept { fields["Accept"] = accept }
            if let host { fields["Host"] = host }
            if let language { fields["Accept-Language"] = language }
            let request = try #require(Request(method, target, fields: fields, body: Array(body.utf8), id: "request-1"))
            let response = await bench.shop.handler.handle(request)
            for field in response.fields.all("Set-Cookie") { keep(field) }
            return response
        }

        private func keep(_ field: String) {
            guard let pair = field.split(separator: ";").first.map(String.init), let name = pair.split(separator: "=").first else { return }
            let others = (cookie ?? "").split(separator: "; ").map(String.init).filter { !$0.hasPrefix(name + "=") }
            cookie = (others + [pair]).joined(separator: "; ")
        }

        func get(_ target: String, accept: String? = nil, language: String? = nil) async throws -> Response {
            try await send(.get, target, accept: accept, language: language)
        }

        /// The offer of a click on "Pay with Taler".
        func offer(_ query: String = "product=small-change") async throws -> JSONObject {
            let response = try await get("/taler/contract?" + query)
            #expect(response.status == 200)
            return try response.object
        }

        /// Pays an offer as a wallet would.
        func pay(_ offer: JSONObject, accept: String? = nil, changes: JSONObject = [:]) async throws -> Response {
            var permission: JSONObject = [
                "H_contract": try #require(offer["H_contract"]), "coins": .array([]), "mint": "http://exchange/", "surprise": .integer(7),
            ]
            if case .object(let contract)? = offer["contract"] { permission["transaction_id"] = contract["transaction_id"] }
            for member in changes.members { permission[member.name] = member.value }
            return try await send(
                .post, try #require(offer["pay_url"]?.stringValue), accept: accept, body: JSONValue.object(permission).text)
        }

        /// Buys it, and gives the address of what was bought.
        func buy(_ query: String = "product=small-change") async throws -> String {
            let response = try await pay(try await offer(query))
            #expect(response.status == 301)
            return try #require(response.fields["Location"])
        }
    }

    func visitor() -> Visitor { Visitor(self) }

    /// Every kind of page that the shop shows, by a name for it, for who asks in a language.
    func pages(in language: String) async throws -> [String: Response] {
        let visitor = visitor()
        var pages: [String: Response] = [:]
        for product in ["small-change", "pocket-zine", "keep-the-lamp-lit"] {
            pages["\(product), new"] = try await visitor.get("/product/\(product)", language: language)
            let link = try await visitor.buy("product=\(product)")
            pages["\(product), paid"] = try await visitor.get(link, language: language)
            pages["\(product), again"] = try await visitor.get("/product/\(product)", language: language)
        }
        let offer = try await visitor.offer("product=keep-the-lamp-lit")
        pages["execute"] = try await visitor.get(try #require(offer["exec_url"]?.stringValue), accept: "text/html", language: language)
        pages.merge(try await orderPages(in: language)) { first, _ in first }
        backend.set { $0.answer = .silence }
        _ = try await visitor.pay(offer)
        pages["under way"] = try await visitor.get("/product/keep-the-lamp-lit", language: language)
        pages["front"] = try await visitor.get("/", language: language)
        pages["not found"] = try await visitor.get("/nothing", accept: "text/html", language: language)
        pages["forbidden"] = try await self.visitor().get("/download/x", accept: "text/html", language: language)
        pages["method"] = try await visitor.send(.post, "/", accept: "text/html", language: language)
        return pages
    }
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }

    var object: JSONObject {
        get throws {
            guard case .object(let object) = try json() else { throw JSONError(reason: "no object") }
            return object
        }
    }

    var code: Int64? { (try? object)?["code"]?.integerValue }
}
