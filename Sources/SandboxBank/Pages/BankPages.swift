// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire
import WebSession

/// What the bank's pages have in common.
struct BankPages: Sendable {
    let bank: Bank
    let templates: Templates
    let staticFiles: StaticFiles
    let signer: Signer
    let cookie: SessionCookie
    /// Tells which accounts the browser has been logged in to.
    let browserCookie: SessionCookie
    let limiter = LoginLimiter()

    init(bank: Bank, files: BankPageFiles) {
        self.bank = bank
        templates = files.templates
        staticFiles = files.staticFiles
        signer = files.signer
        let isSecure = bank.settings.baseURL.hasPrefix("https://")
        cookie = SessionCookie(
            name: "taler_bank_session", signer: files.signer, path: bank.settings.path + "/", isSecure: isSecure,
            lifetime: Int(clamping: bank.settings.sessionLimits.total))
        browserCookie = SessionCookie(
            name: "taler_bank_browser", signer: files.signer, purpose: Signer.Purpose("browser"), path: bank.settings.path + "/login",
            isSecure: isSecure, lifetime: 31_536_000)
    }

    static let all: [any Page.Type] = [
        HomePage.self, LoginPage.self, OpenAccountPage.self, AccountPage.self, TransferPage.self, WithdrawPage.self, HandoverPage.self,
        QuestionPage.self, PublicAccountsPage.self, PublicAccountPage.self, ProblemPage.self,
    ]

    static let endpoints: [any PageEndpoint.Type] = [
        GetHome.self, GetBankStatic.self, GetLogin.self, PostLogin.self, PostLogout.self, GetOpenAccount.self, PostOpenAccount.self,
        GetAccount.self, PostVisibility.self, GetTransferForm.self, PostTransferForm.self, GetWithdrawForm.self, PostWithdrawForm.self,
        GetWithdrawal.self, PostWithdrawal.self, GetPublicAccounts.self, GetPublicAccount.self,
    ]

    var settings: BankSettings { bank.settings }

    /// A page as an answer that no cache keeps.
    func answer(_ page: some Page, to visitor: Visitor?, status: Int = 200) throws -> Response {
        let frame = PageFrame.record(settings, visitor)
        var response = Response(status: status, type: ContentType.html, text: try templates.render(page, common: frame))
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    /// To another page of the bank, which the browser gets.
    func redirect(_ path: String) -> Response {
        Response(status: 303, fields: ["Location": settings.path + path, "Cache-Control": "no-store"])
    }

    /// To the login, and from there back to `path`; for programs a refusal.
    func loginNeeded(_ request: Request, for path: String) throws -> Response {
        guard !request.wantsJSON else { throw APIError(.genericUnauthorized, hint: "Please log in first.") }
        return redirect("/login?next=" + PercentEncoding.encode(path))
    }

    /// Fresh, 26 characters: nobody can guess it.
    static func newName() -> String { SessionCookie.newSession() }
}

/// An endpoint of the pages.
protocol PageEndpoint: Endpoint {
    init(pages: BankPages)
}

extension BankSettings {
    /// The path of ``baseURL`` without a slash at its end: what links begin with.
    var path: String {
        let rest = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? baseURL[...]
        let path = rest.drop { $0 != "/" }
        return String(path.hasSuffix("/") ? path.dropLast() : path)
    }

    /// ``baseURL`` without a slash at its end.
    var address: String { baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL }

    /// The exchange with that base URL, if the configuration knows it. Scheme and host may be written in any case, the slash at the
    /// end may be missing.
    func exchange(_ url: String) -> DefaultExchange? {
        let wanted = Self.normalized(url)
        return ([defaultExchange].compactMap(\.self) + exchanges).first { Self.normalized($0.url) == wanted }
    }

    private static func normalized(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let end = url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex
        let path = url[end...]
        return url[..<end].lowercased() + (path.hasSuffix("/") ? path.dropLast() : path)
    }
}
