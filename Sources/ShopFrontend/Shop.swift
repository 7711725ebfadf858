// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import Localization
public import Logging
public import MerchantAPI
public import Pages
public import ShopCatalog
public import ShopStore
import TalerWire
public import WebSession

/// The shop: what its endpoints have in common.
public struct Shop: Sendable {
    let settings: ShopSettings
    let catalogs: CatalogHolder
    let templates: Templates
    let texts: Texts
    /// What templates find under `t`.
    let textRecords: [Language: PageRecord]
    let scripts: [Language: ScriptTexts]
    let languages: LanguageChoice
    let staticFiles: StaticFiles
    let store: ShopStore
    let clock: any WallClock
    let logger: Logger
    let links: ShopLinks
    let sessions: SessionCookie
    let offers: Offers
    let payments: Payments
    let backend: MerchantClient
    let buckets = TokenBuckets()
    let seats = WaitingSeats()
    /// For a task that looks after payments without a known outcome.
    public let settlement: Settlement
    /// Waits for a change of an order.
    let waiting: LongPoll<OrderID>

    public init(
        settings: ShopSettings, catalogs: CatalogHolder, templates: Templates, texts: Texts, staticFiles: StaticFiles, store: ShopStore,
        backend: MerchantClient, signer: Signer, clock: any WallClock = SystemWallClock(), logger: Logger
    ) {
        self.settings = settings
        self.catalogs = catalogs
        self.templates = templates
        self.texts = texts
        languages = LanguageChoice(
            settings.languages, cookie: settings.cookieName("taler_shop_language"), path: settings.cookiePath, isSecure: settings.isSecure)
        let words = languages.offered.map { texts.words($0) }
        textRecords = Dictionary(words.map { ($0.language, PageFrame.texts($0)) }) { first, _ in first }
        scripts = Dictionary(words.map { ($0.language, ScriptTexts($0)) }) { first, _ in first }
        self.staticFiles = staticFiles
        self.store = store
        self.backend = backend
        self.clock = clock
        self.logger = logger
        links = ShopLinks(settings: settings, signer: signer)
        sessions = SessionCookie(
            name: settings.cookieName("taler_shop_session"), signer: signer, path: settings.cookiePath, isSecure: settings.isSecure)
        settlement = Settlement(store: store, backend: backend, clock: clock, logger: logger)
        waiting = LongPoll(bell: settlement.bell, maximum: GetOrderState.maximumWait)
        offers = Offers(settings: settings, store: store, backend: backend, clock: clock, settlement: settlement)
        payments = Payments(store: store, backend: backend, settlement: settlement)
    }

    /// What is sold at this moment.
    var catalog: Catalog { catalogs.current }

    /// The shop's templates, checked against its pages, and the texts against what both ask for.
    /// - Throws: `TemplateError`, `TextError`.
    public static func templates(folder: String, texts: Texts) throws -> Templates {
        let missing = MissingTexts()
        let words = texts.words(.english, noting: missing)
        let templates = try Words.$sample.withValue(words) {
            try Templates(folder: folder, pages: ShopPages.all, common: PageFrame.sample(words))
        }
        if let key = missing.keys.first { throw TextError(file: texts.englishFile, reason: "“\(key)” is missing") }
        return templates
    }

    /// - Throws: 404 / 2006.
    func product(_ id: String) throws(APIError) -> Product {
        guard let product = catalog[id] else { throw APIError(.merchantGenericProductUnknown, hint: "There is no such product.") }
        return product
    }

    /// - Throws: 404 / 2005 for a text that is no order's name, or nobody's order.
    func order(_ text: String) async throws -> Order {
        guard let id = OrderID(text), let order = try await store.order(id) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no such order.")
        }
        return order
    }
}
