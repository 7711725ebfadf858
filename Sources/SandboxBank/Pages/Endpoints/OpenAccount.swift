// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import Pages
import TalerWire
import WebSession

/// The form for a new account.
struct GetOpenAccount: PageEndpoint {
    static let route = Route(.get, "/open-account")
    let pages: BankPages

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        guard visitor.session == nil else { return pages.redirect("/account") }
        var response = try pages.answer(OpenAccountPage(gift: pages.gift), to: visitor)
        if visitor.isNew { pages.cookie.set(visitor.token, in: &response) }
        return response
    }
}

/// Opens an account and logs its owner in: 303 to the account, 409 for a name that is taken, 406 for one with other characters, 400 for a
/// password that is too short or too long.
struct PostOpenAccount: PageEndpoint {
    static let route = Route(.post, "/open-account")
    let pages: BankPages

    private static let minimumPassword = 8

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await pages.visitor(request)
        let form = try pages.form(request, visitor)
        let name = (form["username"] ?? "").trimmingWhitespace
        do {
            let account = try await open(name, form["password"] ?? "")
            var response = pages.redirect("/account?notice=welcome")
            do { try await pages.logIn(account, from: visitor, in: &response) } catch {
                // The account is there: its owner can log in by hand.
                return pages.redirect("/login")
            }
            pages.remember(request, for: account.number, in: &response)
            return response
        } catch let found as FormProblem {
            guard !request.wantsJSON else { throw found.error }
            let problem: FormProblem? = found
            let page = OpenAccountPage(
                username: ShownField(value: name, problem: problem.words("username")), password: problem.words("password"),
                trouble: problem.words(nil), gift: pages.gift)
            return try pages.answer(page, to: visitor, status: found.error.status)
        }
    }

    /// - Throws: ``FormProblem`` for what the customer can mend.
    private func open(_ name: String, _ password: String) async throws -> Account {
        let bank = pages.bank
        guard AccountName.isValid(name) else {
            throw FormProblem(
                APIError(
                    .genericParameterMalformed, hint: "A name is 1 to 150 letters, digits and @ . + - _ without spaces.",
                    detail: "username",
                    status: 406), field: "username")
        }
        guard password.unicodeScalars.count >= Self.minimumPassword else {
            throw FormProblem(
                APIError(
                    .bankPasswordTooShort, hint: "Please choose a password of at least \(Self.minimumPassword) characters.", status: 400),
                field: "password")
        }
        guard password.utf8.count <= BankPages.maximumPassword else {
            throw FormProblem(APIError(.bankPasswordTooLong, hint: "This password is too long.", status: 400), field: "password")
        }
        let taken = FormProblem(
            APIError(.bankRegisterUsernameReuse, hint: "This name is taken. Please choose another."), field: "username")
        do {
            guard try await bank.store.account(named: name) == nil else { throw taken }
            let plan = AccountPlan(
                name: name, receiverName: name, passwordHash: try await bank.hasher.hash(password), debtLimit: bank.settings.debtLimit)
            return try await bank.store.register(
                plan, gift: bank.settings.registerBonus, from: BankSettings.ownAccount, at: bank.clock.now())
        } catch BankStoreError.nameTaken { throw taken } catch BankStoreError.noCredit {
            throw FormProblem(APIError(.bankUnmanagedException, hint: "The bank has nothing left to give to new customers."), field: nil)
        }
    }
}
