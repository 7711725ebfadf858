// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import Pages
import TalerWire

/// The in-page wallet's files, and the addresses that it needs. Pages of other origins load its modules, so all of it may be read by all.
struct WalletPages: Sendable {
    let files: WalletFiles
    let bankURL: String
    let exchangeURL: String
    let masterPub: MasterPublicKey
    let currency: Currency

    func handler(_ logger: Logger) -> any Handler {
        CrossOrigin(
            WalletPageHeaders(
                Router([GetWalletRoot(), GetWalletConfig(pages: self), GetWalletFile(files: files)], logger: logger)))
    }
}

/// No other page may put the wallet into a frame, where it could be covered.
private struct WalletPageHeaders: Handler {
    let inner: any Handler

    init(_ inner: any Handler) { self.inner = inner }

    func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        response.fields["Content-Security-Policy"] =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src *; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Cache-Control"] = "no-cache"
        return response
    }
}

private struct GetWalletRoot: Endpoint {
    static let route = Route(.get, "/")

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(status: 302, fields: ["Location": "/inpage/wallet.html"])
    }
}

private struct GetWalletConfig: Endpoint {
    static let route = Route(.get, "/config.json")
    let pages: WalletPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(json: [
            "currency": .string(pages.currency.text), "bank_url": .string(pages.bankURL), "exchange_url": .string(pages.exchangeURL),
            "exchange_master_pub": pages.masterPub.json,
        ])
    }
}

private struct GetWalletFile: Endpoint {
    static let route = Route(.get, "/:folder/*name")
    let files: WalletFiles

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try files.answer("\(path["folder"])/\(path["name"])", to: request)
    }
}
