// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import WebSession

/// Lets situations be changed only from the page itself and from programs, never from other sites' pages.
struct SituationGuard: Sendable {
    private let signer: Signer
    private let cookie: SessionCookie
    /// `http://host:port` of the exchange, as browsers write it.
    private let origin: String

    /// - Parameter baseURL: of the exchange.
    init?(baseURL: String) {
        guard let signer = Signer(secretText: Array(Signer.newSecretText().utf8)), let origin = Self.origin(of: baseURL) else { return nil }
        self.signer = signer
        self.origin = origin
        cookie = SessionCookie(name: "exchange-situations", signer: signer, isSecure: origin.hasPrefix("https:"), lifetime: 86_400)
    }

    /// The token for the forms of an answer; makes sure that the browser has the session that it belongs to.
    func token(for request: Request, in response: inout Response) -> String {
        let session = cookie.session(of: request) ?? SessionCookie.newSession()
        if cookie.session(of: request) == nil { cookie.set(session, in: &response) }
        return signer.signature(of: session, for: .situationForm)
    }

    /// Reads a form that may change something.
    /// - Throws: 403 / 26 unless it comes from this exchange's own page, or from no page; 400 / 26 for what is no form.
    func form(_ request: Request) throws(APIError) -> Query {
        if let sender = request.fields["Origin"], sender.lowercased() != origin {
            throw Self.refusal("Changes are taken from pages of \(origin) only.")
        }
        if let site = request.fields["Sec-Fetch-Site"], site != "same-origin" {
            throw Self.refusal("Changes are taken from this exchange's own page only.")
        }
        guard request.body.count <= 16_384, let text = String(validating: request.body, as: UTF8.self), let form = Query(encoded: text)
        else {
            throw APIError(.genericParameterMalformed, hint: "A form is needed.")
        }
        guard let session = cookie.session(of: request), signer.isValid(form["token"] ?? "", of: session, for: .situationForm) else {
            throw Self.refusal("The page is too old: open it again.")
        }
        return form
    }

    private static func refusal(_ hint: String) -> APIError { APIError(.genericParameterMalformed, hint: hint, status: 403) }

    private static func origin(of url: String) -> String? {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, !parts[2].isEmpty else { return nil }
        let usualPort = parts[0] == "https:" ? ":443" : ":80"
        let host = parts[2].hasSuffix(usualPort) ? parts[2].dropLast(usualPort.count) : parts[2]
        return "\(parts[0])//\(host)".lowercased()
    }
}

extension Signer.Purpose {
    fileprivate static let situationForm = Signer.Purpose("situation-form")
}
