// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// Opens an account, by JSON or a form: 200 without body, 409 for a name that is taken, 406 for one with other characters.
struct PostRegister: Endpoint {
    static let route = Route(.post, "/register")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let message = try Self.message(request)
        guard AccountName.isValid(message.username) else {
            throw APIError(
                .genericParameterMalformed, hint: "A name is 1 to 150 letters, digits and @.+-_", detail: "username", status: 406)
        }
        try await BankRefusal.classic.translating {
            // Asked first, so that a taken name does not cost a hash; the transaction decides.
            guard try await bank.store.account(named: message.username) == nil else { throw BankStoreError.nameTaken }
            let plan = AccountPlan(
                name: message.username, receiverName: message.username, passwordHash: try await bank.hasher.hash(message.password),
                debtLimit: bank.settings.debtLimit)
            do {
                _ = try await bank.store.register(
                    plan, gift: bank.settings.registerBonus, from: BankSettings.ownAccount, at: bank.clock.now())
            } catch BankStoreError.noCredit {
                throw APIError(.bankUnmanagedException, hint: "The bank has nothing left to give to new customers.")
            }
        }
        return Response()
    }

    private static func message(_ request: Request) throws(APIError) -> BankRegistrationRequest {
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        // Programs that send forms by default send JSON under that name too; no form with the two names begins like this.
        guard type == "application/x-www-form-urlencoded", request.body.first != UInt8(ascii: "{") else { return try request.message() }
        guard let text = String(validating: request.body, as: UTF8.self), let form = Query(encoded: text) else {
            throw APIError(.genericParameterMalformed, hint: "The form is not validly encoded.")
        }
        func value(_ name: String) throws(APIError) -> String {
            guard let value = form[name] else {
                throw APIError(.genericParameterMissing, hint: "A member of the form is missing.", detail: name)
            }
            return value
        }
        return BankRegistrationRequest(username: try value("username"), password: try value("password"))
    }
}
