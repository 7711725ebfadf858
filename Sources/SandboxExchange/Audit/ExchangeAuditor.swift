// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
public import ExchangeStore
public import HTTPCore
import TalerWire

/// Proves an exchange's books: that no money was made or lost, that every stored signature is right, and that the bank says the same.
///
/// Works beside a serving exchange, over the books as they are at one moment, row by row.
public struct ExchangeAuditor: Sendable {
    private let configuration: ExchangeConfiguration
    private let store: ExchangeStore
    private let sender: any Sender

    /// Opens the database without writing to it.
    /// - Throws: `ExchangeStoreError`.
    public init(configuration: ExchangeConfiguration, sender: any Sender) throws {
        let store = try ExchangeStore.openReadOnly(at: configuration.databasePath, currency: configuration.currency)
        self.init(configuration: configuration, store: store, sender: sender)
    }

    /// Over books that are open already; `databasePath` is not looked at.
    public init(configuration: ExchangeConfiguration, store: ExchangeStore, sender: any Sender) {
        self.configuration = configuration
        self.store = store
        self.sender = sender
    }

    /// Reads all of the books and of the bank's histories once.
    /// - Throws: `BankClientError` when the bank cannot be asked; `ExchangeStoreError`, and the database's errors.
    public func audit() async throws -> ExchangeAudit {
        let findings = Findings()
        let snapshot = try store.snapshot()
        var audit = ExchangeAudit()
        audit.counts = try await snapshot.counts()
        try await snapshot.checkRules(findings)
        do {
            let money = try await snapshot.money(findings)
            audit.money = money
            let difference = money.paidIn - money.total
            if difference != 0 {
                findings.add("what was paid in and where it is differ by \(difference) units of 10^-8 \(snapshot.currency)")
            }
        } catch { findings.add("the books cannot be added up: \(error)") }
        let keys = try await KeyAudit(snapshot: snapshot, findings: findings).check()
        try await SignatureAudit(snapshot: snapshot, keys: keys, findings: findings).check()
        try await RefreshAudit(snapshot: snapshot, keys: keys, findings: findings).check()
        audit.bank = try await bank(snapshot, findings)
        audit.problems = findings.sentences
        return audit
    }

    private func bank(_ snapshot: BookSnapshot, _ findings: Findings) async throws -> BankFigures {
        let access = configuration.wireGateway
        let gateway = WireGatewayClient(baseURL: access.baseURL, credentials: access.credentials, sender: sender)
        let account = configuration.account.text
        var figures = BankFigures()
        try await IncomingAudit(snapshot: snapshot, gateway: gateway, account: account, findings: findings).check(&figures)
        var ledger: LedgerReading?
        if let url = configuration.bankURL {
            let bank = BankClient(baseURL: url, sender: sender)
            ledger = LedgerReading(bank: bank, credentials: access.credentials, gateway: gateway, account: account)
        }
        try await ledger?.checkCredits(snapshot, findings, &figures)
        // Debits before payouts: what is paid meanwhile is in neither, or among the payouts only.
        let debits = try await ledger?.debits()
        let outgoing = OutgoingAudit(snapshot: snapshot, store: store, gateway: gateway, findings: findings)
        let paidByThen = try await outgoing.check(&figures, through: debits?.lastRow ?? .max)
        if let debits {
            figures.givenBack = debits.givenBack
            let rest = debits.total - paidByThen
            if rest != 0 {
                let amount = ExchangeAudit.amount(rest, snapshot.currency)
                findings.add("the bank has paid \(amount) of the exchange's money otherwise than through its wire gateway")
            }
        }
        return figures
    }
}
