// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import Sodium
import TalerWire
import WebSession

/// The form for name and password. `next` is where to go then.
struct GetLogin: PageEndpoint {
    static let route = Route(.get, "/login")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let next = request.query["next"].flatMap(BankPages.destination) ?? ""
        guard visitor.session == nil else { return pages.redirect(next.isEmpty ? "/account" : next) }
        let note = next.isEmpty ? nil : "Please log in to go on."
        var response = try pages.answer(LoginPage(next: next, note: note), to: visitor)
        if visitor.isNew { pages.cookie.set(visitor.token, in: &response) }
        return response
    }
}

/// 303 to the account; 401 for a wrong name or password, 429 after too many.
struct PostLogin: PageEndpoint {
    static let route = Route(.post, "/login")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        let name = (form["username"] ?? "").trimmingWhitespace
        let password = form["password"] ?? ""
        let next = form["next"].flatMap(BankPages.destination) ?? ""
        let owner = AccountName.isValid(name) ? try await pages.bank.store.account(named: name) : nil

        let attempt = LoginLimiter.Attempt(
            account: AccountName.isValid(name) ? name : "?", address: pages.address(of: request),
            browser: pages.knownBrowser(request, of: owner?.number))
        if let wait = pages.limiter.admit(attempt, at: pages.bank.clock.now()) {
            let minutes = (wait + 59) / 60
            let words =
                "There were too many attempts with a wrong password. Please wait \(minutes == 1 ? "a minute" : "\(minutes) minutes") and try again. Your money is safe: nothing but this form is closed."
            guard !request.wantsJSON else { throw APIError(.bankTanRateLimited, hint: words, fields: ["Retry-After": "\(wait)"]) }
            var response = try pages.answer(LoginPage(name: name, next: next, problem: words), to: visitor, status: 429)
            response.fields["Retry-After"] = "\(wait)"
            return response
        }
        guard let owner = try await pages.owner(owner, password: password) else {
            let words = "Name or password is wrong."
            guard !request.wantsJSON else { throw APIError(.genericUnauthorized, hint: words) }
            return try pages.answer(LoginPage(name: name, next: next, problem: words), to: visitor, status: 401)
        }
        pages.limiter.succeeded(attempt)
        var response = pages.redirect(next.isEmpty ? "/account" : next)
        try await pages.logIn(owner, from: visitor, in: &response)
        pages.remember(request, for: owner.number, in: &response)
        return response
    }
}

/// Ends the session, in the books too, and gives the browser a fresh name.
struct PostLogout: PageEndpoint {
    static let route = Route(.post, "/logout")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        _ = try pages.form(request, visitor)
        try await pages.bank.store.endSession(BankPages.key(visitor.token))
        var response = pages.redirect("/?notice=logged-out")
        pages.cookie.set(SessionCookie.newSession(), in: &response)
        return response
    }
}

extension BankPages {
    /// So that hashing one password cannot take long.
    static let maximumPassword = 4096

    /// The account if the password is its own. Takes as long for an account that is not there.
    func owner(_ account: Account?, password: String) async throws -> Account? {
        guard password.utf8.count <= Self.maximumPassword else { return nil }
        let isValid = await bank.hasher.isValid(password, for: account?.passwordHash ?? bank.login.decoy)
        guard let account, account.passwordHash != nil, isValid else { return nil }
        return account
    }

    /// Begins a session under a new name: whoever knew the browser's name before has nothing from it.
    func logIn(_ account: Account, from visitor: Visitor, in response: inout Response) async throws {
        let token = SessionCookie.newSession()
        _ = try await bank.store.beginSession(
            Self.key(token), of: account.number, replacing: Self.key(visitor.token), limits: settings.sessionLimits, at: bank.clock.now())
        cookie.set(token, in: &response)
    }

    /// Where a login may lead: no address that a stranger could think of.
    static func destination(_ path: String) -> String? {
        ["/account", "/account/transfer", "/account/withdraw"].contains(path) ? path : nil
    }
}
