// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// The form of a transfer. `to`, `amount` and `subject` may be filled in by a link: nothing happens before the form is sent.
struct GetTransferForm: PageEndpoint {
    static let route = Route(.get, "/account/transfer")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account/transfer") }
        let page = TransferPage(
            to: ShownField(value: request.query["to"] ?? ""), amount: ShownField(value: request.query["amount"] ?? ""),
            subject: ShownField(value: request.query["subject"] ?? ""), slip: BankPages.newName(), balance: session.account.balance.text)
        return try pages.answer(page, to: visitor)
    }
}

/// Pays another account, once for each form: 303 to the account with a message, or the form again with what is wrong: 400 (also another
/// currency and the own account), 404 for an unknown account, 409 without credit.
struct PostTransferForm: PageEndpoint {
    static let route = Route(.post, "/account/transfer")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account/transfer") }
        guard let slip = form["slip"], (16...64).contains(slip.utf8.count), slip.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIError(.genericParameterMissing, hint: "This was no form of the bank's.", detail: "slip")
        }
        do {
            let transfer = try await pay(form, session.account, slip)
            return pages.redirect("/account?transfer=\(transfer.rowID)")
        } catch let problem as FormProblem {
            guard !request.wantsJSON else { throw problem.error }
            func field(_ name: String) -> ShownField { ShownField(value: form[name] ?? "", problem: Optional(problem).words(name)) }
            let page = TransferPage(
                to: field("to"), amount: field("amount"), subject: field("subject"), slip: slip, balance: session.account.balance.text,
                trouble: Optional(problem).words(nil))
            return try pages.answer(page, to: visitor, status: problem.error.status)
        }
    }

    private func pay(_ form: Query, _ account: Account, _ slip: String) async throws -> Transfer {
        let bank = pages.bank
        let receiver: Account
        do { receiver = try await bank.recipient(form["to"] ?? "") } catch let error as APIError { throw FormProblem(error, field: "to") }
        let amount: Amount
        do { amount = try MoneyField.amount(form["amount"] ?? "", currency: bank.settings.currency) } catch {
            throw FormProblem(error, field: "amount")
        }
        do {
            let done = try await bank.store.transfer(
                amount, from: account.number, to: receiver.number, subject: (form["subject"] ?? "").trimmingWhitespace, slip: slip,
                at: bank.clock.now())
            if done.isNew { bank.ring(done.transfer) }
            return done.transfer
        } catch {
            guard let problem = FormProblem(error, balance: account.balance, currency: bank.settings.currency) else { throw error }
            throw problem
        }
    }
}
