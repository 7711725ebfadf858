// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import BankStore
public import Configuration
public import HTTPCore
public import Logging
import TalerWire

/// A whole bank behind one handler.
public struct BankService: Sendable {
    /// Answers every request of the bank.
    public let handler: any Handler
    /// Every route, for people.
    public let routes: [Route]
    public let store: BankStore
    public let settings: BankSettings
    private let bell: ChangeBell<Int64>

    /// Opens the database that `[bank] DB` names and makes the bank that the configuration describes.
    /// - Throws: `ConfigurationError`, `BankStoreError`.
    public static func make(
        _ configuration: Configuration, pages: BankPageFiles? = nil, hasher: any PasswordHasher = Argon2PasswordHasher(),
        clock: any WallClock = SystemWallClock(), logger: Logger
    ) async throws -> BankService {
        let settings = try BankSettings(configuration)
        let store = try BankStore.open(at: try configuration.section("bank").path("DB"), currency: settings.currency)
        return try await make(settings, store: store, pages: pages, hasher: hasher, clock: clock, logger: logger)
    }

    /// Makes the accounts that are missing and brings the others in line with the settings.
    /// - Parameter pages: nil for a bank without web pages.
    /// - Parameter timer: what long polling waits by.
    public static func make(
        _ settings: BankSettings, store: BankStore, pages: BankPageFiles? = nil, hasher: any PasswordHasher,
        clock: any WallClock = SystemWallClock(), timer: any Clock<Duration> = ContinuousClock(), logger: Logger
    ) async throws -> BankService {
        try await provideAccounts(settings, store, hasher, clock)
        let bell = ChangeBell<Int64>()
        let bank = Bank(
            settings: settings, store: store, login: try await BankLogin(store: store, hasher: hasher, accounts: settings.accounts),
            hasher: hasher, bell: bell, clock: clock, longPoll: LongPoll(bell: bell, maximum: Bank.maximumWait, timer: timer))
        let pages = pages.map { BankPages(bank: bank, files: $0) }
        let pageRouter = Router(Routes.pages(bank, pages), style: .bank, logger: logger)
        let api = Router(Routes.api(bank), style: .bank, logger: logger)
        return BankService(
            handler: BankHandler(routes: pageRouter.routes, pages: PageHandler(pageRouter, pages), api: CrossOrigin(api)),
            routes: pageRouter.routes + api.routes, store: store, settings: settings, bell: bell)
    }

    /// Wakes who waits for one of the transfer's accounts: for transfers that were not made by a request, but in the books directly.
    public func announce(_ transfer: Transfer) { bell.ring([transfer.debtor.number, transfer.creditor.number]) }

    /// Answers every waiting request at once, and later ones without waiting: for a program that stops.
    public func stopWaiting() { bell.close() }

    /// How many requests wait for a transfer.
    var waitingRequests: Int { bell.listenerCount }

    private static func provideAccounts(
        _ settings: BankSettings, _ store: BankStore, _ hasher: any PasswordHasher, _ clock: any WallClock
    ) async throws {
        var accounts = settings.accounts
        if !accounts.contains(where: { $0.name == BankSettings.ownAccount }) {
            let limit = try Amount(settings.currency, value: BankSettings.ownDebtLimit)
            accounts.insert(
                BankSettings.AccountSettings(name: BankSettings.ownAccount, receiverName: "Bank", password: nil, debtLimit: limit), at: 0)
        }
        for account in accounts {
            var hash: String?
            if let password = account.password {
                let known = try await store.account(named: account.name)?.passwordHash
                let isKnown = if let known { await hasher.isValid(password, for: known) } else { false }
                if !isKnown { hash = try await hasher.hash(password) }
            }
            let plan = AccountPlan(
                name: account.name, receiverName: account.receiverName, passwordHash: hash, debtLimit: account.debtLimit,
                isPublic: account.isPublic)
            _ = try await store.provide(plan, at: clock.now())
        }
    }
}
