// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import Pages
import TalerWire
import WebSession

/// The form for the token. `next` is where to go then.
struct GetLogin: OpenOfficeEndpoint {
    static let route = Route(.get, "/login")
    let office: Office

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = office.visitor(request)
        let next = request.query["next"].flatMap(Office.destination) ?? ""
        guard !visitor.isOwner else { return office.redirect(next.isEmpty ? "/" : next) }
        let notice = request.query["notice"] == "logged-out" ? "You are logged out." : nil
        var response = try office.answer(LoginPage(next: next, notice: notice), to: visitor)
        if visitor.isNew { office.cookie.set(visitor.name, in: &response) }
        return response
    }
}

/// 303 to where the owner wanted to go; 401 for a wrong token, 429 after too many.
struct PostLogin: OpenOfficeEndpoint {
    static let route = Route(.post, "/login")
    let office: Office

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = office.visitor(request)
        let form = try office.form(request, visitor)
        let next = form["next"].flatMap(Office.destination) ?? ""

        let browser = office.browserCookie.session(of: request)
        let attempt = LoginLimiter.Attempt(
            address: request.countedNetwork(isBehindProxy: office.settings.isBehindProxy), browser: browser)
        if let wait = office.limiter.admit(attempt, at: office.clock.now()) {
            let minutes = (wait + 59) / 60
            let words = "There were too many wrong tokens. Please wait \(minutes == 1 ? "a minute" : "\(minutes) minutes") and try again."
            guard !request.wantsJSON else {
                throw APIError(.genericForbidden, hint: words, status: 429, fields: ["Retry-After": "\(wait)"])
            }
            var response = try office.answer(LoginPage(next: next, problem: words), to: visitor, status: 429)
            response.fields["Retry-After"] = "\(wait)"
            return response
        }
        guard office.token.isMatched(by: form["token"] ?? "") else {
            office.logger.warning("somebody tried a wrong token at the back office", metadata: ["request": "\(request.id)"])
            let words = "This is not the token of this shop. It is the first line of the file that the configuration names as TOKEN_FILE."
            guard !request.wantsJSON else { throw APIError(.genericUnauthorized, hint: words) }
            return try office.answer(LoginPage(next: next, problem: words), to: visitor, status: 401)
        }
        office.limiter.succeeded(attempt)
        office.sessions.end(visitor.name)
        var response = office.redirect(next.isEmpty ? "/" : next)
        // Under a new name: whoever knew the browser's name before has nothing from it.
        office.cookie.set(office.sessions.begin(at: office.clock.now()), in: &response)
        if browser == nil { office.browserCookie.set(SessionCookie.newSession(), in: &response) }
        return response
    }
}

/// Ends the session and gives the browser a fresh name.
struct PostLogout: OfficeEndpoint {
    static let route = Route(.post, "/logout")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        office.sessions.end(visit.visitor.name)
        var response = office.redirect("/login?notice=logged-out")
        office.cookie.set(SessionCookie.newSession(), in: &response)
        return response
    }
}
