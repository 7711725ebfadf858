// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire

/// The callback address of a confirmed withdrawal, to which the wallet has added where the money is to go: shows it and asks a question.
///
/// 403 when nobody is logged in, 404 for a withdrawal that was not confirmed in this login session, 409 for another amount than the
/// confirmed one, 410 when its time is over; 400 and 404 of ``CallbackQuery``.
struct GetWithdrawal: PageEndpoint {
    static let route = Route(.get, "/withdrawals/:id")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let callback = try await Callback(pages, request, path["id"], visitor)
        if let payment = callback.withdrawal.payment {
            guard payment.went(to: callback.query.destination) else { throw Callback.paidElsewhere }
            return callback.done(request)
        }
        guard callback.withdrawal.isOpen(at: pages.bank.clock.now()) else { throw Callback.over }
        return try pages.answer(callback.page(callback.withdrawal), to: visitor)
    }
}

/// The answer to the question: the money is transferred once per confirmed withdrawal, a repeat gets the same answer. 200
/// `{"redirect_url"}` (ReserveCreated) for who asks for JSON, else 303 to the account. A wrong answer is 403, with another question.
struct PostWithdrawal: PageEndpoint {
    static let route = Route(.post, "/withdrawals/:id")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let bank = pages.bank
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        let callback = try await Callback(pages, request, path["id"], visitor)
        let answer: Withdrawal.Answer
        if bank.settings.isTestMode {
            answer = .unchecked
        } else if let number = NumberWords.number(form["answer"] ?? "") {
            answer = .number(number)
        } else if callback.withdrawal.payment != nil {
            // A repeat: no answer is needed any more.
            answer = .number(-1)
        } else {
            return try refuse(
                callback.withdrawal, APIError(.genericParameterMalformed, hint: "Please answer with a number.", detail: "answer"), callback,
                request, visitor)
        }
        let outcome: Withdrawal.Outcome
        do {
            outcome = try await bank.store.answer(
                answer, to: callback.withdrawal.id, of: callback.session, for: callback.query.destination, next: .random(),
                at: bank.clock.now())
        } catch {
            let balance = callback.session.account.balance
            guard let problem = FormProblem(error, balance: balance, currency: bank.settings.currency) else { throw error }
            throw problem.error
        }
        switch outcome {
        case .paid(let transfer, let isNew):
            if isNew { bank.ring(transfer) }
            return callback.done(request)
        case .wrong(let withdrawal):
            let error = APIError(.bankTanChallengeFailed, hint: "That was not right. Here is another question.")
            return try refuse(withdrawal, error, callback, request, visitor)
        case .over: throw Callback.over
        case .paidElsewhere: throw Callback.paidElsewhere
        case .unknown: throw Callback.unknown
        }
    }

    private func refuse(
        _ withdrawal: Withdrawal, _ error: APIError, _ callback: Callback, _ request: Request, _ visitor: Visitor
    ) throws -> Response {
        guard !request.wantsJSON else { throw error }
        var page = callback.page(withdrawal)
        page.problem = error.hint
        return try pages.answer(page, to: visitor, status: error.status)
    }
}

/// What both have in common: a withdrawal of this session, and where its money is to go.
private struct Callback {
    let pages: BankPages
    let session: Session
    let withdrawal: Withdrawal
    let query: CallbackQuery

    static let unknown = APIError(
        .bankTransactionNotFound,
        hint: "No such withdrawal was confirmed since you logged in. No money was moved. Please begin again on your account’s page.")
    static let over = APIError(
        .bankTanChallengeExpired,
        hint: "The time for this withdrawal is over, or there were too many wrong answers. No money was moved. Please begin again.",
        status: 410)
    static let paidElsewhere = APIError(
        .bankWithdrawalOperationReserveSelectionConflict,
        hint: "This withdrawal was paid to another reserve already. Please begin again for another one.")

    init(_ pages: BankPages, _ request: Request, _ id: String, _ visitor: Visitor) async throws {
        self.pages = pages
        guard let session = visitor.session else {
            throw APIError(
                .genericForbidden,
                hint: "Nobody is logged in in this browser, so no money was moved. Please log in and begin the withdrawal again.")
        }
        self.session = session
        guard let withdrawal = try await pages.bank.store.withdrawal(id, of: session) else { throw Self.unknown }
        self.withdrawal = withdrawal
        query = try await CallbackQuery(request.query, pages.bank)
        guard query.amount == withdrawal.amount else {
            throw APIError(
                .bankAmountDiffers,
                hint: "You have confirmed \(withdrawal.amount.text), but your wallet asks for \(query.amount.text). No money was moved.")
        }
    }

    func page(_ withdrawal: Withdrawal) -> QuestionPage {
        QuestionPage(
            amount: withdrawal.amount.text, exchange: query.exchange.url, reserve: query.reserve.base32, question: withdrawal.question.text,
            isTestMode: pages.settings.isTestMode)
    }

    func done(_ request: Request) -> Response {
        let path = "/account?withdrawal=\(withdrawal.id)"
        guard request.wantsJSON else { return pages.redirect(path) }
        var response = Response(json: ["redirect_url": .string(pages.settings.address + path)])
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
