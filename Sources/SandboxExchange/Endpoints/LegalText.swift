// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// A text that a customer agrees to, in one language and one format.
struct LegalText {
    /// Changes with every change of the text.
    let version: String
    let text: String

    func answer(_ request: Request) -> Response {
        var response = Response(type: "text/plain; charset=utf-8", text: text)
        let known = request.fields["If-None-Match"]?.filter { $0 != "\"" }
        if known == version { response = Response(status: 304) }
        response.fields["ETag"] = "\"\(version)\""
        response.fields["Taler-Terms-Version"] = version
        response.fields["Avail-Languages"] = "en"
        response.fields["Content-Language"] = "en"
        return response
    }
}

struct GetTerms: Endpoint {
    static let route = Route(.get, "/terms")

    private static let terms = LegalText(
        version: "sandbox-1",
        text: """
            Terms of service of this sandbox exchange

            The money here is play money. Nobody owes you anything for it, and all of it may vanish at any time.
            Use it to try out payments, and for nothing else.

            """)

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response { Self.terms.answer(request) }
}

struct GetPrivacy: Endpoint {
    static let route = Route(.get, "/privacy")

    private static let policy = LegalText(
        version: "sandbox-1",
        text: """
            Privacy policy of this sandbox exchange

            It keeps which bank account paid into which reserve, what was withdrawn from the reserve, and which coins were
            paid to which merchant. Because coins are signed blindly, it cannot tell which withdrawal a coin came from.

            """)

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response { Self.policy.answer(request) }
}
