// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// A customer's own account: balance, number, history.
///
/// `transfer`, `withdrawal` and `notice` name what has just been done: they are looked up among this customer's own, so that a crafted
/// link says nothing.
struct GetAccount: PageEndpoint {
    static let route = Route(.get, "/account")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account") }
        let account = session.account
        let history = try await pages.history(of: account, request, at: "/account") { $0.name }
        var page = AccountPage(
            name: account.name, number: "\(account.number)", payto: pages.bank.payto(account), balance: account.balance.text,
            limit: account.debtLimit.isZero ? nil : account.debtLimit.text, isPublic: account.isPublic,
            publicURL: pages.settings.path + "/public/" + PercentEncoding.encode(account.name), history: history)
        try await fill(&page, request.query, session)
        return try pages.answer(page, to: visitor)
    }

    private func fill(_ page: inout AccountPage, _ query: Query, _ session: Session) async throws {
        let store = pages.bank.store
        if let id = query["withdrawal"], let withdrawal = try await store.withdrawal(id, of: session), let payment = withdrawal.payment {
            page.message =
                "\(withdrawal.amount.text) are on their way to the exchange \(payment.exchangeBaseURL). Your wallet collects them there."
            page.reserve = payment.reserve.base32
        } else if let row = query["transfer"].flatMap(Int64.init),
            let transfer = try await store.transfer(row: row, of: session.account.number), transfer.debtor.number == session.account.number
        {
            page.message = "\(transfer.amount.text) were transferred to \(transfer.creditor.name)."
        } else {
            switch query["notice"] {
            case "welcome": page.message = "Welcome! Your account is open."
            case "public" where session.account.isPublic: page.message = "Everybody can read this account now."
            case "private" where !session.account.isPublic: page.message = "Only you can read this account now."
            default: break
            }
        }
    }
}

/// Lets everybody read the account (`public=yes`), or only its owner (`public=no`).
struct PostVisibility: PageEndpoint {
    static let route = Route(.post, "/account/visibility")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account") }
        guard let choice = form["public"], ["yes", "no"].contains(choice) else {
            throw APIError(.genericParameterMalformed, hint: "This was no form of the bank's.", detail: "public")
        }
        try await pages.bank.store.setPublic(choice == "yes", account: session.account.number)
        return pages.redirect("/account?notice=" + (choice == "yes" ? "public" : "private"))
    }
}

extension BankPages {
    private static let linesPerPage: Int64 = 20

    /// The lines that the query asks for: the newest, or those before or after a row.
    /// - Parameters:
    ///   - path: of the page itself.
    ///   - naming: what the other side is called.
    func history(of account: Account, _ request: Request, at path: String, naming: (Transfer.Party) -> String) async throws -> ShownHistory
    {
        func load(_ start: Int64?, _ delta: Int64) async throws -> [Transfer] {
            guard let page = HistoryPage(start: start, delta: delta) else { return [] }
            return try await bank.store.history(of: account.number, direction: .both, showsCancelled: true, page: page)
        }
        var rows: [Transfer]
        if let after = request.query["after"].flatMap(Int64.init), after >= 0 {
            rows = try await load(after, Self.linesPerPage).reversed()
        } else {
            rows = try await load(request.query["before"].flatMap(Int64.init), -Self.linesPerPage)
        }
        var shown = ShownHistory(transfers: rows.map { ShownTransfer($0, of: account.number, naming: naming) })
        if let last = rows.last, try await !load(last.rowID, -1).isEmpty { shown.older = "\(settings.path)\(path)?before=\(last.rowID)" }
        if let first = rows.first, try await !load(first.rowID, 1).isEmpty { shown.newer = "\(settings.path)\(path)?after=\(first.rowID)" }
        return shown
    }
}
