// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import TalerWire

/// Separates the pages that change situations from everything else: other sites' pages can read the exchange's answers, but not these.
struct SituationGate: Handler {
    let exchange: any Handler
    let pages: any Handler

    func handle(_ request: Request) async -> Response {
        guard request.path.first == "situations" else { return await exchange.handle(request) }
        var response = await pages.handle(request)
        response.fields["Content-Security-Policy"] =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["X-Frame-Options"] = "DENY"
        // Without a referrer browsers would not say either where a form comes from.
        response.fields["Referrer-Policy"] = "same-origin"
        response.fields["Cross-Origin-Resource-Policy"] = "same-origin"
        response.fields["Cross-Origin-Opener-Policy"] = "same-origin"
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    static func endpoints(_ desk: SituationDesk, _ guardian: SituationGuard) -> [any Endpoint] {
        [
            GetSituations(desk: desk, guardian: guardian), GetSituationList(desk: desk, guardian: guardian),
            PostSituation(desk: desk, guardian: guardian), PostSituationClear(desk: desk, guardian: guardian), GetSituationStyle(),
        ]
    }
}
