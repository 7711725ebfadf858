// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// `GET /`: says what this is.
struct FrontPage: Endpoint {
    static let route = Route(.get, "/")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let currency = bank.settings.currency.text
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sandbox bank</title>
            </head>
            <body>
            <main>
            <h1>Sandbox bank</h1>
            <p>This bank keeps play money in \(currency). Its accounts, transfers and balances are real entries of a ledger,
            but nothing here can be changed into money of any other kind.</p>
            <p>Wallets open an account by <code>POST /register</code> and withdraw by <code>POST /taler/withdraw</code>;
            an exchange reads what reached it under <code>/accounts/NAME/taler-wire-gateway/</code>.
            What it offers in detail is at <a href="config"><code>/config</code></a>.</p>
            </main>
            </body>
            </html>
            """
        var response = Response(type: "text/html; charset=utf-8", text: page + "\n")
        response.fields["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.fields["X-Content-Type-Options"] = "nosniff"
        return response
    }
}
