// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
import SandboxBank
@testable import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// Transfers whose subject names no key, between the exchange and the sandbox bank.
@Suite struct RejectionTests {
    @Test(arguments: ["Thanks for the lamp", "", "KYC:", "KYC:short", "kyc", "KYC: x"])
    func moneyWithoutAKeyGoesBackToWhoSentIt(_ subject: String) async throws {
        let street = try await RejectionStreet()
        _ = try await street.pay("alice", "7", subject)
        #expect(try await street.balance("alice") == amount("93"))
        #expect(try await street.exchange.rejectOnce() == 1)
        #expect(try await street.balance("alice") == amount("100"))
        #expect(try await street.balance("exchange") == amount("0"))
        #expect(try await street.gateway.incoming(delta: 10) == nil)
        #expect(try await street.exchange.readBankOnce() == 0)
        #expect(try await street.bank.store.audit().isSound)
        // It was sent back, and that was all.
        #expect(try await street.exchange.rejectOnce() == 0)
        #expect(street.rejections == 1)
    }

    @Test func keysAreKeptWhicheverWayTheySayIt() async throws {
        let street = try await RejectionStreet()
        let (bare, worded, merchant): (ReservePublicKey, ReservePublicKey, MerchantPublicKey) = (
            EdDSAPrivateKey().publicKey(), EdDSAPrivateKey().publicKey(), EdDSAPrivateKey().publicKey()
        )
        _ = try await street.pay("alice", "1", "\(bare)")
        _ = try await street.pay("alice", "2", "for \(worded) http://exchange.test/")
        _ = try await street.pay("alice", "3", "KYC:\(merchant)")
        let useless = try await street.pay("alice", "4", "a lamp")
        #expect(try await street.exchange.rejectOnce() == 4)
        #expect(try await street.exchange.readBankOnce() == 3)
        #expect(try await street.books.reserve(bare)?.balance == amount("1"))
        #expect(try await street.books.reserve(worded)?.balance == amount("2"))
        #expect(try await street.balance("alice") == amount("94"))
        let history = try await street.client.history(delta: 10, direction: "credit", credentials: RejectionStreet.login)
        #expect(history.filter { $0.sign == .cancelledCredit }.map(\.rowID) == [useless])
    }

    @Test(arguments: [
        "", " ", "a lamp", "KYC:", "KYC:KYC:", "kyc:0000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000", "KYC:0000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000", "x 0000000000000000000000000000000000000000000000000000 y",
        "KYC: 0000000000000000000000000000000000000000000000000000", "00000000000000000000000000000000000000000000000000000",
        "OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO", "U000000000000000000000000000000000000000000000000000",
        "x\u{a0}0000000000000000000000000000000000000000000000000000", "-0000000000000000000000000000000000000000000000000000",
    ])
    func theExchangeSeesTheKeysThatTheBankSees(_ subject: String) {
        #expect(WireSubject.hasKey(subject) == (SubjectKey(subject: subject) != nil))
    }

    @Test func whatTheGatewayListsIsNeverRejected() async throws {
        let street = try await RejectionStreet()
        let row = try await street.pay("alice", "5", "\(EdDSAPrivateKey().publicKey(as: ReservePublicKey.self))")
        try await street.books.planRejections([row], account: SharedKeys.account.text, cursor: row)
        try await street.exchange.rejectOnce()
        #expect(street.rejections == 0)
        #expect(try await street.books.openRejections(account: SharedKeys.account.text) == [])
        #expect(try await street.balance("alice") == amount("95"))
    }

    @Test func aRowThatFilledAReserveIsNeverRejected() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        func fill(_ row: Int64) async throws {
            let credit = ReserveCredit(bankRow: row, reserve: reserve, amount: amount("1"), origin: "payto://test/a", date: .zero)
            _ = try await store.record([credit], account: "a", cursor: row)
        }
        try await fill(1)
        try await store.planRejections([1, 2, 3], account: "a", cursor: 3)
        #expect(try await store.openRejections(account: "a").map(\.bankRow) == [2, 3])
        try await fill(3)
        #expect(try await store.openRejections(account: "a").map(\.bankRow) == [2])
        #expect(try await store.openRejections(account: "b") == [])
    }

    @Test func theCursorNeverGoesBackAndNoRowIsPlannedTwice() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        try await store.planRejections([4], account: "a", cursor: 9)
        try await store.finishRejection(4, account: "a", at: .zero)
        try await store.planRejections([4], account: "a", cursor: 5)
        #expect(try await store.openRejections(account: "a") == [])
        #expect(try await store.creditCursor(account: "a") == 9)
        #expect(try await store.creditCursor(account: "b") == 0)
    }

    @Test func whatABankLeftOpenIsDoneAfterARestart() async throws {
        let folder = try ScratchFolder()
        let street = try await RejectionStreet(path: folder.path + "/exchange.sqlite")
        _ = try await street.pay("alice", "7", "a lamp")
        street.toBank.fail("/reject", 1)
        await #expect(throws: BankClientError.self) { try await street.exchange.rejectOnce() }
        #expect(try await street.balance("alice") == amount("93"))
        // The row has been read, but what is to be done with it is known.
        let again = try await street.restarted(path: folder.path + "/exchange.sqlite")
        #expect(try await again.rejectOnce() == 0)
        #expect(try await street.balance("alice") == amount("100"))
        let third = try await street.restarted(path: folder.path + "/exchange.sqlite")
        #expect(try await third.rejectOnce() == 0)
        #expect(street.rejections == 2)
    }

    @Test func anAnswerThatIsLostIsAskedForAgainAndMovesNothing() async throws {
        let street = try await RejectionStreet()
        _ = try await street.pay("alice", "7", "a lamp")
        street.toBank.loseAnswers("/reject", 1)
        await #expect(throws: BankClientError.self) { try await street.exchange.rejectOnce() }
        #expect(try await street.balance("alice") == amount("100"))
        try await street.exchange.rejectOnce()
        try await street.exchange.rejectOnce()
        #expect(try await street.balance("alice") == amount("100"))
        #expect(street.rejections == 2)
        #expect(try await street.books.openRejections(account: SharedKeys.account.text) == [])
        #expect(try await street.bank.store.audit().isSound)
    }

    @Test func aRowThatTheBankRefusesKeepsNoOtherWaiting() async throws {
        let street = try await RejectionStreet()
        let large = try await street.pay("alice", "7", "a lamp")
        let small = try await street.pay("alice", "2", "another lamp")
        // The exchange has spent what it got.
        let (exchange, bob) = (try await street.account("exchange"), try await street.account("bob"))
        _ = try await street.bank.store.transfer(amount("4"), from: exchange.number, to: bob.number, subject: "", at: .zero)
        #expect(try await street.exchange.rejectOnce() == 2)
        #expect(try await street.balance("alice") == amount("93"))
        let open = try await street.books.openRejections(account: SharedKeys.account.text)
        #expect(open == [OpenRejection(bankRow: large, refusal: "400 / 5102")])
        #expect(small > large)
        // Money comes in, and the other one goes back too.
        _ = try await street.bank.store.transfer(amount("4"), from: bob.number, to: exchange.number, subject: street.key, at: .zero)
        try await street.exchange.rejectOnce()
        #expect(try await street.balance("alice") == amount("100"))
    }

    @Test func whatSomebodyElseHasRejectedIsPassedOver() async throws {
        let street = try await RejectionStreet()
        let row = try await street.pay("alice", "7", "a lamp")
        try await street.client.reject(row: row, credentials: RejectionStreet.login)
        #expect(try await street.exchange.rejectOnce() == 1)
        #expect(street.rejections == 1)
        #expect(try await street.books.creditCursor(account: SharedKeys.account.text) == row)
    }

    @Test func aWaitingExchangeSendsBackAtOnceAndEndsWhenItIsStopped() async throws {
        let street = try await RejectionStreet()
        let exchange = street.exchange
        let run = Task { await exchange.run() }
        // The question is open at the bank before the money comes.
        await street.toBank.waitFor { $0.url.contains("/history?") && $0.url.contains("long_poll_ms=30000") }
        _ = try await street.pay("alice", "7", "a lamp")
        await street.toBank.waitFor { $0.url.hasSuffix("/reject") }
        exchange.stop()
        await run.value
        #expect(try await street.balance("alice") == amount("100"))
    }

    @Test func aBankThatIsDownIsAskedAgainAndComplainedAboutOnce() async throws {
        let street = try await RejectionStreet()
        _ = try await street.pay("alice", "7", "a lamp")
        street.toBank.fail("/history?", 3)
        let count = Mutex(0)
        let log = LogRecorder()
        let feed = RejectionFeed(
            store: street.books, bank: street.client, credentials: RejectionStreet.login, gateway: street.gateway,
            account: SharedKeys.account, clock: street.clock, logger: log.logger, longPoll: .zero,
            pause: { _ in
                let pauses = count.withLock { count in
                    count += 1
                    return count
                }
                // The fourth is the rest after an empty answer.
                if pauses == 4 { throw CancellationError() }
            })
        await feed.run()
        #expect(try await street.balance("alice") == amount("100"))
        #expect(
            log.lines == [
                "warning transfers without a key cannot be sent back", "notice a transfer without a key was sent back",
                "notice transfers can be sent back again",
            ])
    }

    @Test func withoutABankToAskNothingIsRejected() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.service.rejectOnce() == 0)
    }
}
