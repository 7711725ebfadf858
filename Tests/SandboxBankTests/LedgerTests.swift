// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Foundation
import TalerWire
import Testing

@Suite struct LedgerTests {
    private let store: BankStore
    private let now: Timestamp

    init() throws {
        store = try .inMemory(currency: Currency("KUDOS"))
        now = try Timestamp(seconds: 1_700_000_000)
    }

    private func open(_ name: String, limit: String = "KUDOS:0", in store: BankStore? = nil) async throws -> Account {
        try await (store ?? self.store).provide(
            AccountPlan(name: name, receiverName: name, passwordHash: nil, debtLimit: Amount(limit)), at: now)
    }

    private func balance(_ name: String) async throws -> String? { try await store.account(named: name)?.balance.description }

    @Test func aTransferMovesMoneyAndTheBooksStaySound() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:10"), try await open("b"))
        let transfer = try await store.transfer(Amount("KUDOS:2.5"), from: a.number, to: b.number, subject: "hello", at: now)
        #expect(transfer.debtor.name == "a" && transfer.creditor.name == "b" && transfer.time == now)
        #expect(try await balance("a") == "-KUDOS:2.5")
        #expect(try await balance("b") == "KUDOS:2.5")
        let audit = try await store.audit()
        #expect(audit == LedgerAudit(accounts: 2, transfers: 1, entries: 2))
        #expect(audit.isSound)
    }

    @Test func aHundredTransfersAtOnceSumUpToZeroAndNoneGoesBelowItsLimit() async throws {
        let accounts = try await [open("a", limit: "KUDOS:10"), open("b", limit: "KUDOS:3"), open("c")]
        let made = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                let (from, to) = (accounts[index % 3], accounts[(index + 1 + index / 3 % 2) % 3])
                group.addTask { [store, now] in
                    let transfer = try? await store.transfer(
                        Amount("KUDOS:\(1 + index % 4).01"), from: from.number, to: to.number, subject: "", at: now)
                    return transfer != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        let audit = try await store.audit()
        #expect(audit.isSound, "\(audit.findings)")
        #expect(audit.transfers == made && audit.entries == 2 * made)
        #expect(made > 0)
        for account in accounts {
            let after = try #require(try await store.account(number: account.number))
            if after.balance.isDebt { #expect(try after.balance.amount.compare(after.debtLimit) <= 0) }
        }
    }

    @Test func ofManyPaymentsAtOnceAsManySucceedAsThereIsMoney() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:50"), try await open("b"))
        let made = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask { [store, now] in
                    (try? await store.transfer(Amount("KUDOS:1"), from: a.number, to: b.number, subject: "", at: now)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(made == 50)
        #expect(try await balance("a") == "-KUDOS:50")
        #expect(try await store.audit().isSound)
    }

    @Test func whatIsRefusedLeavesNothingBehind() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:10"), try await open("b"))
        func attempt(_ amount: String, _ from: Int64, _ to: Int64, _ subject: String = "") async -> BankStoreError? {
            do {
                _ = try await store.transfer(Amount(amount), from: from, to: to, subject: subject, at: now)
                return nil
            } catch { return error as? BankStoreError }
        }
        #expect(await attempt("KUDOS:10.00000001", a.number, b.number) == .noCredit)
        #expect(await attempt("KUDOS:1", b.number, a.number) == .noCredit)
        #expect(await attempt("KUDOS:0", a.number, b.number) == .amountIsZero)
        #expect(await attempt("EUR:1", a.number, b.number) == .currencyMismatch)
        #expect(await attempt("KUDOS:4503599627370496", a.number, b.number) == .amountTooLarge)
        #expect(await attempt("KUDOS:40000000000.00000001", a.number, b.number) == .amountTooLarge)
        #expect(await attempt("KUDOS:1", a.number, a.number) == .sameAccount)
        #expect(await attempt("KUDOS:1", a.number, 99) == .unknownAccount)
        #expect(await attempt("KUDOS:1", 99, b.number) == .unknownAccount)
        #expect(await attempt("KUDOS:1", a.number, b.number, "two\nlines") == .subjectMalformed)
        #expect(await attempt("KUDOS:1", a.number, b.number, String(repeating: "x", count: 1025)) == .subjectMalformed)
        #expect(try await store.audit() == LedgerAudit(accounts: 2))
    }

    @Test func noBalanceGrowsBeyondWhatTheBooksCanHold() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:40000000000"), try await open("b", limit: "KUDOS:40000000000"))
        let c = try await open("c")
        _ = try await store.transfer(Amount("KUDOS:40000000000"), from: a.number, to: c.number, subject: "", at: now)
        await #expect(throws: BankStoreError.amountTooLarge) {
            try await store.transfer(Amount("KUDOS:0.00000001"), from: b.number, to: c.number, subject: "", at: now)
        }
        #expect(try await store.audit().isSound)
    }

    @Test func aRejectedTransferIsVoidedOnceByACorrection() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:10"), try await open("b"))
        let transfer = try await store.transfer(Amount("KUDOS:2"), from: a.number, to: b.number, subject: "", at: now)
        await #expect(throws: BankStoreError.unknownTransfer) { try await store.reject(row: transfer.rowID, by: a.number, at: now) }
        for _ in 0..<2 { try await store.reject(row: transfer.rowID, by: b.number, at: now) }
        #expect(try await balance("a") == "KUDOS:0")
        #expect(try await balance("b") == "KUDOS:0")
        #expect(try await store.audit() == LedgerAudit(accounts: 2, transfers: 1, entries: 4))
    }

    @Test func whoHasSpentTheMoneyCannotRejectIt() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:10"), try await open("b"))
        let transfer = try await store.transfer(Amount("KUDOS:2"), from: a.number, to: b.number, subject: "", at: now)
        _ = try await store.transfer(Amount("KUDOS:1"), from: b.number, to: a.number, subject: "", at: now)
        await #expect(throws: BankStoreError.noCredit) { try await store.reject(row: transfer.rowID, by: b.number, at: now) }
        #expect(try await store.audit() == LedgerAudit(accounts: 2, transfers: 2, entries: 4))
    }

    @Test func aNewAccountsGiftIsATransferAndATakenNameGetsNone() async throws {
        _ = try await open("bank", limit: "KUDOS:1000")
        let plan = AccountPlan(name: "a", receiverName: "A", passwordHash: "h", debtLimit: try Amount("KUDOS:0"))
        let account = try await store.register(plan, gift: Amount("KUDOS:100"), from: "bank", at: now)
        #expect(account.balance == Balance(try Amount("KUDOS:100")))
        #expect(try await balance("bank") == "-KUDOS:100")
        await #expect(throws: BankStoreError.nameTaken) {
            try await store.register(plan, gift: Amount("KUDOS:100"), from: "bank", at: now)
        }
        #expect(try await store.audit() == LedgerAudit(accounts: 2, transfers: 1, entries: 2))
    }

    @Test func aGiftThatTheGiverDoesNotHaveOpensNoAccount() async throws {
        _ = try await open("bank", limit: "KUDOS:1")
        let plan = AccountPlan(name: "a", receiverName: "A", passwordHash: "h", debtLimit: try Amount("KUDOS:0"))
        await #expect(throws: BankStoreError.noCredit) {
            try await store.register(plan, gift: Amount("KUDOS:100"), from: "bank", at: now)
        }
        #expect(try await store.account(named: "a") == nil)
    }

    @Test func aDebtLimitBelowTheDebtIsRefused() async throws {
        let (a, b) = (try await open("a", limit: "KUDOS:10"), try await open("b"))
        _ = try await store.transfer(Amount("KUDOS:5"), from: a.number, to: b.number, subject: "", at: now)
        await #expect(throws: BankStoreError.debtAboveLimit(account: "a")) { try await open("a", limit: "KUDOS:4") }
        #expect(try await open("a", limit: "KUDOS:5").debtLimit == Amount("KUDOS:5"))
    }

    @Test func booksOnDiskArePrivateAndSurviveAndKeepTheirCurrency() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("bank.db").path
        let kudos = try Currency("KUDOS")
        do {
            let store = try BankStore.open(at: path, currency: kudos)
            let (a, b) = (try await open("a", limit: "KUDOS:10", in: store), try await open("b", in: store))
            _ = try await store.transfer(Amount("KUDOS:2"), from: a.number, to: b.number, subject: "kept", at: now)
            #expect(try await store.isDurable())
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let store = try BankStore.open(at: path, currency: kudos)
        #expect(try await store.account(named: "b")?.balance.description == "KUDOS:2")
        #expect(try await store.audit() == LedgerAudit(accounts: 2, transfers: 1, entries: 2))
        #expect(throws: BankStoreError.otherCurrency("KUDOS")) { try BankStore.open(at: path, currency: Currency("EUR")) }
    }

    @Test(
        arguments: [
            ("%", "reserve"), ("money for % please", "reserve"), ("% https://exchange.example/", "reserve"), ("KYC:%", "account"),
            ("hello KYC:% bye", "account"), ("kyc:%", nil), ("hello", nil), ("", nil), ("%0", nil), ("KYC: %", "reserve"),
        ] as [(String, String?)])
    func theFirstWordThatIsAKeyIsFound(subject: String, kind: String?) throws {
        let bytes = [UInt8](1...32)
        let text = subject.replacingOccurrences(of: "%", with: Base32.encode(bytes))
        let expected: SubjectKey? =
            switch kind {
            case "reserve": .reserve(try ReservePublicKey(bytes))
            case "account": .account(try MerchantPublicKey(bytes))
            default: nil
            }
        #expect(SubjectKey(subject: text) == expected)
    }
}
