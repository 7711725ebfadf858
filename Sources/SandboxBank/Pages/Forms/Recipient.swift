// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire

extension Bank {
    /// The account that somebody has written down: its name, its number or its payto URI.
    /// - Throws: 400 / 25, 404 / 5106, 409 / 5124 for digits that are the number of one account and the name of another.
    func recipient(_ text: String) async throws -> Account {
        let text = text.trimmingWhitespace
        guard !text.isEmpty else {
            throw APIError(.genericParameterMissing, hint: "Please enter the name or the number of the account that gets the money.")
        }
        if text.lowercased().hasPrefix("payto:") {
            guard let name = address.name(in: text), let account = try await store.account(named: name) else {
                throw APIError(.bankUnknownAccount, hint: "This payto address names no account of this bank.")
            }
            return account
        }
        let named = AccountName.isValid(text) ? try await store.account(named: text) : nil
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let numbered = isNumber ? try await Int64(text).asyncFlatMap { try await store.account(number: $0) } : nil
        if let named, let numbered, named.number != numbered.number {
            throw APIError(
                .bankUnknownCreditor,
                hint: "“\(text)” is the number of one account and the name of another. Please enter the payto address instead.")
        }
        guard let account = named ?? numbered else {
            throw APIError(.bankUnknownAccount, hint: "This bank has no account of that name or number.")
        }
        return account
    }
}

extension Optional {
    fileprivate func asyncFlatMap<Value>(_ work: (Wrapped) async throws -> Value?) async rethrows -> Value? {
        if let self { try await work(self) } else { nil }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
