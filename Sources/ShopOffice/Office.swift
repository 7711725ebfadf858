// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import Logging
public import MerchantAPI
public import Pages
public import ShopStore
import TalerWire
public import WebSession

/// The owner's back office: what its endpoints have in common.
public struct Office: Sendable {
    let settings: OfficeSettings
    let templates: Templates
    let staticFiles: StaticFiles
    let store: ShopStore
    let backend: MerchantClient
    let catalog: CatalogView
    let token: OfficeToken
    let signer: Signer
    let clock: any WallClock
    let logger: Logger
    let sessions = OfficeSessions()
    let limiter = LoginLimiter()
    let cookie: SessionCookie
    /// Tells browsers that have been logged in before from all others.
    let browserCookie: SessionCookie

    /// - Parameter signer: of cookies and forms; it may be the shop's own, whose signatures are for other purposes.
    public init(
        settings: OfficeSettings, templates: Templates, staticFiles: StaticFiles, store: ShopStore, backend: MerchantClient,
        catalog: CatalogView, token: OfficeToken, signer: Signer, clock: any WallClock = SystemWallClock(), logger: Logger
    ) {
        self.settings = settings
        self.templates = templates
        self.staticFiles = staticFiles
        self.store = store
        self.backend = backend
        self.catalog = catalog
        self.token = token
        self.signer = signer
        self.clock = clock
        self.logger = logger
        cookie = SessionCookie(
            name: settings.cookieName("taler_office_session"), signer: signer, purpose: Signer.Purpose("office session"),
            path: settings.base + "/", isSecure: settings.isSecure, lifetime: 30 * 86_400, sameSite: .strict)
        browserCookie = SessionCookie(
            name: "taler_office_browser", signer: signer, purpose: Signer.Purpose("office browser"), path: settings.base + "/login",
            isSecure: settings.isSecure, lifetime: 365 * 86_400, sameSite: .strict)
    }

    /// The back office's templates, checked against its pages.
    /// - Throws: `TemplateError`.
    public static func templates(folder: String) throws(TemplateError) -> Templates {
        try Templates(folder: folder, pages: pages, common: PageFrame.sample)
    }

    /// A page as an answer that no cache keeps.
    func answer<Content: OfficePage>(_ page: Content, to visitor: Visitor?, status: Int = 200) throws -> Response {
        let frame = PageFrame.record(settings, visitor, Content.section)
        var response = Response(status: status, type: ContentType.html, text: try templates.render(page, common: frame))
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    /// To another page of the back office, which the browser gets.
    func redirect(_ path: String) -> Response {
        Response(status: 303, fields: ["Location": settings.base + path, "Cache-Control": "no-store"])
    }
}
