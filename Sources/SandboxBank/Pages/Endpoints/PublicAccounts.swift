// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// The accounts that everybody may read.
struct GetPublicAccounts: PageEndpoint {
    static let route = Route(.get, "/public")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let accounts = try await pages.bank.store.publicAccounts()
        let page = PublicAccountsPage(
            accounts: accounts.map {
                .init(
                    name: $0.name, receiver: $0.receiverName, balance: $0.balance.text,
                    url: "\(pages.settings.path)/public/\(PercentEncoding.encode($0.name))")
            })
        return try pages.answer(page, to: try await pages.visitor(request))
    }
}

/// One of them: 404 for all others, whether they are there or not. Of the other side of a transfer only the number is told, unless that
/// account is the bank's own or public as well.
struct GetPublicAccount: PageEndpoint {
    static let route = Route(.get, "/public/:name")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let store = pages.bank.store
        let name = path["name"]
        guard AccountName.isValid(name), let account = try await store.account(named: name), account.isPublic else {
            throw APIError(.bankUnknownAccount, hint: "There is no public account of this name.")
        }
        let open = Set(try await store.publicAccounts().map(\.number))
        let history = try await pages.history(of: account, request, at: "/public/" + PercentEncoding.encode(name)) { party in
            open.contains(party.number) || party.name == BankSettings.ownAccount ? party.name : "Account"
        }
        let page = PublicAccountPage(
            name: account.name, receiver: account.receiverName, number: "\(account.number)", payto: pages.bank.payto(account),
            balance: account.balance.text, history: history)
        return try pages.answer(page, to: try await pages.visitor(request))
    }
}
