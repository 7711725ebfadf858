// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
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
    let staticFiles: StaticFiles
    let store: ShopStore
    let clock: any WallClock
    let logger: Logger
    let links: ShopLinks
    let sessions: SessionCookie
    let offers: Offers
    let payments: Payments
    let backend: MerchantClient
    /// For a task that looks after payments without a known outcome.
    public let settlement: Settlement

    public init(
        settings: ShopSettings, catalogs: CatalogHolder, templates: Templates, staticFiles: StaticFiles, store: ShopStore,
        backend: MerchantClient, signer: Signer, clock: any WallClock = SystemWallClock(), logger: Logger
    ) {
        self.settings = settings
        self.catalogs = catalogs
        self.templates = templates
        self.staticFiles = staticFiles
        self.store = store
        self.backend = backend
        self.clock = clock
        self.logger = logger
        links = ShopLinks(settings: settings, signer: signer)
        sessions = SessionCookie(name: "taler_shop_session", signer: signer, path: "/", isSecure: settings.isSecure)
        settlement = Settlement(store: store, backend: backend, clock: clock, logger: logger)
        offers = Offers(settings: settings, store: store, backend: backend, clock: clock, settlement: settlement)
        payments = Payments(store: store, backend: backend, settlement: settlement)
    }

    /// What is sold at this moment.
    var catalog: Catalog { catalogs.current }

    /// The shop's templates, checked against its pages.
    /// - Throws: `TemplateError`.
    public static func templates(folder: String) throws(TemplateError) -> Templates {
        try Templates(folder: folder, pages: ShopPages.all, common: PageFrame.sample)
    }

    /// A page as an answer that no cache keeps: pages depend on who looks at them.
    func answer(_ page: some Page, status: Int = 200) throws -> Response {
        var response = Response(
            status: status, type: ContentType.html, text: try templates.render(page, common: PageFrame.record(settings)))
        response.fields["Cache-Control"] = "no-store"
        return response
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
