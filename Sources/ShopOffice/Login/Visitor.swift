// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire
import WebSession

/// Who looks at a page.
struct Visitor: Sendable {
    /// What the browser's cookie holds.
    let name: String
    /// The browser has no cookie yet.
    let isNew: Bool
    /// Has logged in, and the session is not over.
    let isOwner: Bool
    /// What the forms of this visitor's pages hold, and nobody else's.
    let formToken: String
}

extension Office {
    private static let formPurpose = Signer.Purpose("office form")

    /// A form's body is no longer: the largest holds a note to a buyer.
    public static let maximumFormBytes = 64 << 10
    static let maximumFormFields = 200

    func visitor(_ request: Request) -> Visitor {
        let known = cookie.session(of: request)
        let name = known ?? SessionCookie.newSession()
        return Visitor(
            name: name, isNew: known == nil, isOwner: known.map { sessions.isOpen($0, at: clock.now()) } ?? false,
            formToken: signer.signature(of: name, for: Self.formPurpose))
    }

    /// The fields of a form that came from one of this visitor's own pages. What can be refused unread is not parsed: strangers
    /// send forms too.
    /// - Throws: 413 / 32 for what is too long, 400 / 26, 403 / 44.
    func form(_ request: Request, _ visitor: Visitor) throws(APIError) -> Query {
        guard request.body.count <= Self.maximumFormBytes else {
            throw APIError(.genericUploadExceedsLimit, hint: "A form is not that long. Nothing was done.")
        }
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        let separators = request.body.count { $0 == UInt8(ascii: "&") }
        guard type == "application/x-www-form-urlencoded", separators < Self.maximumFormFields else { throw .noForm }
        guard !visitor.isNew else { throw .foreignForm }
        guard let form = Query(encoded: String(decoding: request.body, as: UTF8.self)) else { throw .noForm }
        guard let token = form["form_token"], signer.isValid(token, of: visitor.name, for: Self.formPurpose) else { throw .foreignForm }
        return form
    }

    /// To the login, and from there back to the page; nothing of what was sent is done.
    func loginNeeded(_ request: Request, _ visitor: Visitor) throws -> Response {
        guard !request.wantsJSON else { throw APIError(.genericUnauthorized, hint: "Please log in first.") }
        if request.method == .get || request.method == .head {
            return redirect(
                Self.destination(request.target).map { $0 == "/" ? "/login" : "/login?next=" + PercentEncoding.encode($0) } ?? "/login")
        }
        let note = "Your session is over: eight hours had passed, somebody logged out, or the shop was started again. Nothing was done."
        var response = try answer(LoginPage(problem: note), to: visitor, status: 401)
        if visitor.isNew { cookie.set(visitor.name, in: &response) }
        return response
    }
}

extension APIError {
    fileprivate static var noForm: APIError {
        APIError(.genericParameterMalformed, hint: "This was no form of the back office. Nothing was done.")
    }

    fileprivate static var foreignForm: APIError {
        APIError(
            .genericForbidden,
            hint:
                "This form is too old, or it was not made here for you. Nothing was done. Go back, reload the page and try again; the browser must keep this site’s cookies."
        )
    }
}
