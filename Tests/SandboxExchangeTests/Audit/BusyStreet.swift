// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import Foundation
import GRDB
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// An exchange in whose books every table has rows, and its bank.
struct BusyStreet {
    static let payto = "payto://x-taler-bank/bank.test/bob?receiver-name=bob"

    let street: RejectionStreet
    let folder: ScratchFolder
    /// All the books in one file.
    var books: String { folder.path + "/whole.sqlite" }

    init() async throws {
        folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        street = try await RejectionStreet(path: path)
        let till = Till(street.exchange)
        let reserves = [EdDSAPrivateKey(), EdDSAPrivateKey()]
        for reserve in reserves {
            _ = try await street.pay("alice", "10", reserve.publicKey(as: ReservePublicKey.self).base32)
        }
        try await sendBack()
        let merchant = EdDSAPrivateKey()
        _ = try await street.gateway.addAccountKey(
            AddAccountKeyRequest(amount: amount("0.01"), accountPublicKey: merchant.publicKey(), debitAccount: Self.payto))
        try await street.exchange.readBankOnce()
        street.exchange.kycThreshold = amount("5")

        let coins = try await till.coins(["0.64", "0.08", "1.28", "0.02", "5.12"].map { amount($0) }, from: reserves[0])
        let others = try await till.coins([amount("0.16"), amount("0.32")], from: reserves[1])
        // Three cents more than the fresh coins cost; and a melt that is not revealed.
        let refresh = try await Till.refresh(others[1], into: [amount("0.16"), amount("0.08")], melting: amount("0.29"))
        #expect(try await till.coins(refresh)?.count == 2)
        #expect(try await till.melt(Till.refresh(others[1], into: [amount("0.02")])).status == 200)
        var purchases = (0..<3).map { _ in TestPurchase.due() }
        for index in purchases.indices {
            purchases[index].merchant = merchant
            purchases[index].payto = Self.payto
        }
        purchases[1].walletDataHash = HashCode(ofText: "a choice")
        purchases[2].wireDeadline = street.clock.now().advanced(bySeconds: 86_400)
        #expect(try await till.deposit(purchases[2].request([coins[4]])).status == 451)
        street.exchange.kycThreshold = nil
        #expect(try await till.deposit(purchases[0].request([(coins[0], amount("0.635")), (coins[1], amount("0.08"))])).status == 200)
        #expect(try await till.deposit(purchases[2].request([coins[3]])).status == 200)
        #expect(try await till.refund(coins[0].pub, purchases[0].refund(coins[0].pub, amount("0.2"), id: 7)).status == 200)
        street.clock.advance(bySeconds: 300)
        #expect(try await street.exchange.aggregateOnce().paid.count == 1)
        var marked = purchases[1].request([coins[2]])
        marked.extraWireSubjectMetadata = "lamp-1"
        #expect(try await till.deposit(marked).status == 200)
        street.toBank.loseAnswers("/transfer", 1)
        #expect(try await street.exchange.aggregateOnce().openCount == 1)
        let unused = try #require(try await SharedKeys.records.denominations.first { $0.value == amount("10.24") })
        try await street.books.revoke(unused.hash, at: street.clock.now())
        try await DatabaseQueue(path: path).vacuum(into: books)
    }

    /// One transfer that the bank has given back, and one that it does not want to.
    private func sendBack() async throws {
        _ = try await street.pay("alice", "1", "for the rent")
        try await street.exchange.rejectOnce()
        _ = try await street.pay("bob", "2", "for the rent as well")
        street.toBank.fail("/reject", 1)
        _ = try? await street.exchange.rejectOnce()
    }

    /// What is said of a copy of the books to which that was done.
    func audit(after damage: (Database) throws -> Void = { _ in }) async throws -> ExchangeAudit {
        let copy = folder.path + "/copy-\(UUID().uuidString).sqlite"
        try FileManager.default.copyItem(atPath: books, toPath: copy)
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) } }
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
        let database = try DatabaseQueue(path: copy, configuration: configuration)
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try database.write(damage)
        try database.close()
        var settings = Fixture.configuration()
        settings.databasePath = copy
        settings.wireGateway = WireGatewayAccess(
            baseURL: "http://bank.test/accounts/exchange/taler-wire-gateway", credentials: RejectionStreet.login)
        settings.bankURL = "http://bank.test/"
        return try await ExchangeAuditor(configuration: settings, sender: street.toBank).audit()
    }
}
