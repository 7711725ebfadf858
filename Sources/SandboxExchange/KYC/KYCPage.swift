// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import Pages
import TalerWire

/// The pages that ask the owner of an account who he is.
enum KYCPage {
    static func response(_ owner: KYCOwner) -> Response {
        let account = Markup(escaping: owner.account.payto).html
        let body =
            if owner.account.openRequirement != nil {
                """
                <p>Before the exchange takes larger deposits for the bank account <code>\(account)</code>, it must know who you are.</p>
                <p>This exchange is a sandbox with play money: it asks for nothing, and keeps nothing about you.</p>
                <form method="post"><button type="submit">Identify me</button></form>
                """
            } else {
                "<p>There is nothing left to do for the bank account <code>\(account)</code>.</p>"
            }
        return page(status: 200, title: "Who are you?", body)
    }

    static func refusal(_ error: APIError) -> Response {
        page(
            status: error.status, title: "This address does not hold",
            "<p>Ask your shop's program for the current one: the account may have a new key.</p>")
    }

    private static func page(status: Int, title: String, _ body: String) -> Response {
        var response = Response(
            status: status, type: "text/html; charset=utf-8",
            text: """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>\(title)</title>
                </head>
                <body>
                <h1>\(title)</h1>
                \(body)
                </body>
                </html>

                """)
        response.fields["Content-Security-Policy"] = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.fields["X-Content-Type-Options"] = "nosniff"
        // The address is the key to this page.
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
