// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// The form for how much is to go into a wallet.
struct GetWithdrawForm: PageEndpoint {
    static let route = Route(.get, "/account/withdraw")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account/withdraw") }
        let page = WithdrawPage(
            amount: ShownField(value: request.query["amount"] ?? ""), balance: session.account.balance.text,
            hasExchange: pages.settings.defaultExchange != nil || !pages.settings.exchanges.isEmpty,
            exchange: pages.settings.defaultExchange?.url)
        return try pages.answer(page, to: visitor)
    }
}

/// Confirms a withdrawal; no money moves yet. The page's script asks for JSON and gets a CreateReserveDetail (seed 000), which it hands to
/// the wallet as it is. Everybody else gets 202 with the header fields of seed 001.
struct PostWithdrawForm: PageEndpoint {
    static let route = Route(.post, "/account/withdraw")
    let pages: BankPages

    /// Seconds in which the wallet must come back.
    private static let lifetime: Int64 = 3600

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        guard let session = visitor.session else { return try pages.loginNeeded(request, for: "/account/withdraw") }
        let withdrawal: Withdrawal
        do { withdrawal = try await confirm(form["amount"] ?? "", session) } catch let problem as FormProblem {
            guard !request.wantsJSON else { throw problem.error }
            let page = WithdrawPage(
                amount: ShownField(value: form["amount"] ?? "", problem: Optional(problem).words("amount")),
                balance: session.account.balance.text, trouble: Optional(problem).words(nil), hasExchange: true,
                exchange: pages.settings.defaultExchange?.url)
            return try pages.answer(page, to: visitor, status: problem.error.status)
        }
        let callback = "\(pages.settings.address)/withdrawals/\(withdrawal.id)"
        guard !request.wantsJSON else {
            var response = Response(json: [
                "amount": withdrawal.amount.classicJSON, "callback_url": .string(callback), "wt_types": .array(["test"]),
            ])
            response.fields["Cache-Control"] = "no-store"
            return response
        }
        let suggested = pages.settings.defaultExchange?.url
        var response = try pages.answer(
            HandoverPage(amount: withdrawal.amount.text, callbackURL: callback, exchange: suggested), to: visitor, status: 202)
        response.fields["X-Taler-Operation"] = "create-reserve"
        response.fields["X-Taler-Callback-Url"] = callback
        response.fields["X-Taler-Wt-Types"] = JSONValue.array(["test"]).text
        response.fields["X-Taler-Amount"] = withdrawal.amount.classicJSON.text
        response.fields["X-Taler-Sender-Wire"] = senderWire(session.account).text
        if let suggested { response.fields["X-Taler-Suggested-Exchange"] = suggested }
        return response
    }

    /// WireDetails of seed 001.
    private func senderWire(_ account: Account) -> JSONValue {
        ["type": "test", "bank_uri": .string(pages.settings.baseURL), "account_number": .integer(account.number)]
    }

    private func confirm(_ text: String, _ session: Session) async throws -> Withdrawal {
        let bank = pages.bank
        let amount: Amount
        do { amount = try MoneyField.amount(text, currency: bank.settings.currency) } catch { throw FormProblem(error, field: "amount") }
        let now = bank.clock.now()
        do {
            return try await bank.store.confirmWithdrawal(
                BankPages.newName(), of: amount, by: session, question: .random(), at: now, until: now.advanced(bySeconds: Self.lifetime))
        } catch {
            guard let problem = FormProblem(error, balance: session.account.balance, currency: bank.settings.currency) else { throw error }
            throw problem
        }
    }
}
