// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// The wallet's dealings with its bank.
struct BankTeller: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let report: @Sendable (WalletStep) -> Void

    /// The exchange that the bank uses by itself.
    func suggestedExchange(at bankURL: String) async throws -> String? {
        do { return try await BankClient(baseURL: bankURL, sender: sender).config().suggestedExchange } catch {
            throw error.asWalletError
        }
    }

    /// A fresh reserve, stored; the bank has not heard of it.
    func openReserve(
        _ amount: Amount, bankURL: String, _ exchange: TrustedExchange, isFilledByOwner: Bool = false
    ) async throws -> StoredReserve {
        let account = exchange.keys.accounts.first { account in
            (try? PaytoURI(account.paytoURI))?.method == "x-taler-bank" && account.creditRestrictions.isEmpty
        }
        guard let account else { throw WalletError.noExchangeAccount(exchange.stored.baseURL) }
        let key = EdDSAPrivateKey()
        let reserve = try await store.openReserve(
            NewReserve(
                reservePub: key.publicKey(), secret: WalletSecret(key.exportedSeed()), exchange: exchange.stored,
                bankAccount: try await self.account(at: bankURL), amount: amount, exchangeAccount: account.paytoURI,
                isFilledByOwner: isFilledByOwner), now: clock.now())
        report(.reserve(reserve.reservePub, amount: amount))
        return reserve
    }

    /// The account in use; when there is none, a name and a password for one.
    private func account(at bankURL: String) async throws -> StoredBankAccount {
        if let known = try await store.bankAccount(at: bankURL) { return known }
        return try await newAccount(at: bankURL)
    }

    private func newAccount(at bankURL: String) async throws -> StoredBankAccount {
        try await store.addBankAccount(
            bankURL: bankURL, username: "wallet-" + Base32.encode(Random.bytes(count: 10)).lowercased(),
            password: Base32.encode(Random.bytes(count: 20)))
    }

    /// Lets the bank pay for a reserve, once.
    /// - Returns: the reserve as `transferred`.
    /// - Throws: ``WalletError/bankRefused(_:)`` when the reserve is over; all else may be tried again.
    func pay(_ start: StoredReserve) async throws -> StoredReserve {
        var reserve = start
        while true {
            let client = BankClient(baseURL: reserve.bankAccount.bankURL, sender: sender)
            let isNew = !reserve.bankAccount.isRegistered
            let wasAsked = reserve.state == .asked
            if isNew { try await register(reserve, client) }
            if wasAsked, try await hasPaid(reserve, client) { return try await paid(reserve) }
            reserve = try await store.askingBank(reserve)
            do throws(BankClientError) {
                _ = try await client.withdraw(
                    reserve.amount, to: reserve.reservePub, exchange: reserve.exchangeAccount, credentials: reserve.bankAccount.credentials)
            } catch {
                switch error {
                case .malformed: break  // It said yes, and a second time would pay twice.
                case .refused(let status, _) where !isNew && (status == 401 || status == 406):
                    // The account is empty, or no longer there: another one is tried, once, as it is new then.
                    reserve = try await store.changeAccount(reserve, to: newAccount(at: reserve.bankAccount.bankURL))
                    continue
                case .refused(let status, let refusal) where (400..<500).contains(status):
                    throw try await over(reserve, .bankRefused((refusal?.error ?? "status \(status)").printable))
                case .send(.notSent) where !wasAsked: throw try await over(reserve, error.asWalletError)
                case .send, .refused: throw WalletError.bankUnclear("\(error.asWalletError)")
                }
            }
            return try await paid(reserve)
        }
    }

    /// Nothing was paid and nothing will be: the owner may ask anew.
    private func over(_ reserve: StoredReserve, _ error: WalletError) async throws -> WalletError {
        _ = try await store.bankRefused(reserve, "\(error)")
        return error
    }

    private func paid(_ reserve: StoredReserve) async throws -> StoredReserve {
        report(.bankPaid(amount: reserve.amount, account: reserve.exchangeAccount))
        return try await store.bankHasPaid(reserve)
    }

    private func register(_ reserve: StoredReserve, _ client: BankClient) async throws {
        let account = reserve.bankAccount
        do throws(BankClientError) { try await client.register(account.credentials) } catch {
            // Nobody else has thought of this name: when it is taken, an earlier answer was lost.
            guard case .refused(status: 409, _) = error else {
                throw reserve.state == .made ? try await over(reserve, error.asWalletError) : error.asWalletError
            }
        }
        try await store.bankAccountIsOpen(account)
        report(.bankAccount(name: account.username, bank: account.bankURL))
    }

    /// Whether the bank has paid although its answer was lost: a transfer with the reserve's key in its subject.
    private func hasPaid(_ reserve: StoredReserve, _ client: BankClient) async throws -> Bool {
        let rows: [BankTransaction]
        do { rows = try await client.history(delta: -50, direction: "debit", credentials: reserve.bankAccount.credentials) } catch {
            throw error.asWalletError
        }
        return rows.contains { row in
            row.sign == .debit
                && row.subject.split(separator: " ").contains { (try? ReservePublicKey(base32: $0)) == reserve.reservePub }
        }
    }
}

extension StoredBankAccount {
    var credentials: BankCredentials { BankCredentials(username: username, password: password) }
}

extension BankClientError {
    var asWalletError: WalletError {
        switch self {
        case .send(let error): .bankUnreachable(error.words)
        case .refused(let status, let refusal):
            .bankUnreachable("it answered \(status)" + (refusal.map { ": \($0.error.printable)" } ?? ""))
        case .malformed: .bankUnreachable("its answer cannot be read")
        }
    }
}
