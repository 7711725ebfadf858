// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import Sodium
import TalerWire

/// Finds out whose request it is.
struct BankLogin: Sendable {
    let store: BankStore
    let hasher: any PasswordHasher
    /// What the password of an unknown account is compared with, so that a refusal takes as long as for a known one.
    let decoy: String
    /// Of the accounts that have one, by name.
    private let tokens: [(name: String, token: [UInt8])]

    init(store: BankStore, hasher: any PasswordHasher, accounts: [BankSettings.AccountSettings] = []) async throws {
        tokens = accounts.compactMap { account in account.token.map { (account.name, Array($0.utf8)) } }
        self.store = store
        self.hasher = hasher
        decoy = try await hasher.hash("the password of nobody")
    }

    /// The account whose name and password, or whose token, came with the request.
    /// - Throws: 401 / 40.
    func account(_ request: Request) async throws -> Account {
        if let token = request.bearerToken {
            guard let account = try await account(token: token) else { throw Self.refusal("The token is not known here.") }
            return account
        }
        guard let credentials = BankCredentials(request.fields) else {
            throw Self.refusal("Name and password of a bank account are needed.")
        }
        let account = try await store.account(named: credentials.username)
        let isValid = await hasher.isValid(credentials.password, for: account?.passwordHash ?? decoy)
        guard let account, account.passwordHash != nil, isValid else { throw Self.refusal("Name or password is wrong.") }
        return account
    }

    /// The account of that name, for its own owner only.
    /// - Throws: 404 / 5106 for an unknown name, 401 / 40.
    func account(_ request: Request, named name: String) async throws -> Account {
        guard try await store.account(named: name) != nil else {
            throw APIError(.bankUnknownAccount, hint: "There is no account of that name.")
        }
        let account = try await account(request)
        guard account.name == name else { throw Self.refusal("This is the account of somebody else.") }
        return account
    }

    private func account(token: [UInt8]) async throws -> Account? {
        // Every one is compared, so that the time says nothing.
        let matches = tokens.filter { ConstantTime.areEqual($0.token, token) }
        guard let name = matches.first?.name else { return nil }
        return try await store.account(named: name)
    }

    private static func refusal(_ hint: String) -> APIError {
        APIError(.genericUnauthorized, hint: hint, fields: ["WWW-Authenticate": "Basic realm=\"bank\", charset=\"UTF-8\""])
    }
}
