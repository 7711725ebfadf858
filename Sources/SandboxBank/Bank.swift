// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// What the bank's endpoints share.
struct Bank: Sendable {
    let settings: BankSettings
    let store: BankStore
    let login: BankLogin
    let hasher: any PasswordHasher
    /// By account number.
    let bell: ChangeBell<Int64>
    let clock: any WallClock
    let longPoll: LongPoll<Int64>

    /// What `config` calls this program.
    static let implementation = "urn:net:taler:specs:bank:sandbox"
    /// The longest wait for a transfer: well below the time that a server gives its handlers.
    static let maximumWait = Duration.seconds(90)

    var address: AccountAddress { AccountAddress(host: settings.host) }

    func payto(_ account: Account) -> String { address.payto(name: account.name, receiverName: account.receiverName) }
    func payto(_ party: Transfer.Party) -> String { address.payto(name: party.name, receiverName: party.receiverName) }

    /// The account that a payto URI names.
    /// - Throws: 404 / 5106 when it names none of this bank.
    func account(payto: String) async throws -> Account {
        guard let name = address.name(in: payto), let account = try await store.account(named: name) else {
            throw APIError(.bankUnknownAccount, hint: "This bank has no such account.", detail: payto)
        }
        return account
    }

    /// As ``account(payto:)``; a text that is no payto URI at all is 400 / 24.
    /// - Parameters:
    ///   - member: what is told to be wrong.
    ///   - needsReceiverName: false takes this bank's own accounts without `receiver-name` too.
    func account(payto text: String, member: String, needsReceiverName: Bool = true) async throws -> Account {
        let isOurs = !needsReceiverName && address.name(in: text) != nil
        guard isOurs || (try? PaytoURI(text)) != nil else { throw APIError(.genericPaytoUriMalformed, detail: member) }
        return try await account(payto: text)
    }

    /// Tells whoever waits for one of the two accounts.
    func ring(_ transfer: Transfer) { bell.ring([transfer.debtor.number, transfer.creditor.number]) }
}
