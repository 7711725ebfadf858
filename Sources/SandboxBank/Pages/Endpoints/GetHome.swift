// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// The front page; who is logged in goes on to the account.
struct GetHome: PageEndpoint {
    static let route = Route(.get, "/")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        guard visitor.session == nil else { return pages.redirect("/account") }
        let hasPublic = try await !pages.bank.store.publicAccounts(limit: 1).isEmpty
        let message = request.query["notice"] == "logged-out" ? "You are logged out." : nil
        return try pages.answer(HomePage(gift: pages.gift, hasPublic: hasPublic, message: message), to: visitor)
    }
}

/// Style sheets, the script, the icon.
struct GetBankStatic: PageEndpoint {
    static let route = Route(.get, "/static/:name")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try pages.staticFiles.answer(path["name"], to: request)
    }
}

extension BankPages {
    /// What new customers get.
    var gift: String? { settings.registerBonus.flatMap { $0.isZero ? nil : $0.text } }
}
