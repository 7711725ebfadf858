// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Sodium
import TalerWire
import WebSession

/// Who looks at a page.
struct Visitor: Sendable {
    /// What the browser's cookie holds.
    let token: String
    /// The browser has no cookie yet.
    let isNew: Bool
    /// Nil when nobody is logged in.
    let session: Session?
    /// What the forms of this visitor's pages hold, and nobody else's.
    let formToken: String
}

extension BankPages {
    private static let formPurpose = Signer.Purpose("form")

    func visitor(_ request: Request) async throws -> Visitor {
        guard let token = cookie.session(of: request) else { return visitor(SessionCookie.newSession(), isNew: true) }
        let session = try await bank.store.session(Self.key(token), limits: settings.sessionLimits, at: bank.clock.now())
        return visitor(token, isNew: false, session: session)
    }

    func visitor(_ token: String, isNew: Bool, session: Session? = nil) -> Visitor {
        Visitor(token: token, isNew: isNew, session: session, formToken: signer.signature(of: token, for: Self.formPurpose))
    }

    /// What the database knows a cookie by.
    static func key(_ token: String) -> HashCode { HashCode(checked: SHA512.hash(Array(token.utf8))) }

    /// The fields of a form that came from one of this visitor's own pages.
    /// - Throws: 400 / 26, 403 / 44.
    func form(_ request: Request, _ visitor: Visitor) throws(APIError) -> Query {
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", let form = Query(encoded: String(decoding: request.body, as: UTF8.self)) else {
            throw APIError(.genericParameterMalformed, hint: "This was no form of the bank's.")
        }
        guard !visitor.isNew, let token = form["form_token"], signer.isValid(token, of: visitor.token, for: Self.formPurpose) else {
            throw APIError(
                .genericForbidden,
                hint:
                    "This form is too old, or it was not made by this bank for you. Nothing was done. Go back, reload the page and try again."
            )
        }
        return form
    }
}
