// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire
import TestSupport
import Testing

@testable import SandboxBank

@Suite struct LongPollTests {
    private let reserve: ReservePublicKey

    init() throws { reserve = try ReservePublicKey([UInt8](1...32)) }

    /// Goes on when a request waits.
    private func untilSomebodyWaits(at bank: TestBank, count: Int = 1) async {
        while bank.service.waitingRequests < count { await Task.yield() }
    }

    @Test func aTransferWakesWhoWaitsForIt() async throws {
        let bank = try await TestBank(timer: StoppedTimer())
        let alice = try await bank.customer()
        async let history = bank.gateway().incoming(delta: 5, longPoll: .seconds(60))
        await untilSomebodyWaits(at: bank)
        _ = try await bank.client.withdraw(Amount("KUDOS:1"), to: reserve, credentials: alice)
        #expect(try await history?.transactions.map(\.purpose) == [.reserve(reserve)])
        #expect(bank.service.waitingRequests == 0)
    }

    @Test func aTransferThatIsNotListedDoesNotEndTheWait() async throws {
        let bank = try await TestBank(timer: StoppedTimer())
        let alice = try await bank.customer()
        let number = try await bank.account("exchange").number
        async let history = bank.gateway().incoming(delta: 5, longPoll: .seconds(60))
        await untilSomebodyWaits(at: bank)
        let idle = BankDepositRequest(amount: try Amount("KUDOS:1"), exchangeURL: "u", subject: "nothing", creditAccount: number)
        _ = try await bank.client.pay(idle, credentials: alice)
        #expect(bank.service.waitingRequests == 1)
        _ = try await bank.client.withdraw(Amount("KUDOS:2"), to: reserve, credentials: alice)
        #expect(try await history?.transactions.map(\.amount) == [Amount("KUDOS:2")])
    }

    @Test func theWaitEndsWithItsTime() async throws {
        let bank = try await TestBank(timer: HastyTimer())
        #expect(try await bank.gateway().incoming(delta: 5, longPoll: .seconds(60)) == nil)
        #expect(bank.service.waitingRequests == 0)
    }

    @Test func whatCannotGrowIsNotWaitedFor() async throws {
        let bank = try await TestBank(timer: StoppedTimer())
        #expect(try await bank.gateway().incoming(start: 1, delta: -5, longPoll: .seconds(60)) == nil)
    }

    @Test func rowsThatAreThereAreAnsweredAtOnce() async throws {
        let bank = try await TestBank(timer: StoppedTimer())
        let alice = try await bank.customer()
        _ = try await bank.client.withdraw(Amount("KUDOS:1"), to: reserve, credentials: alice)
        #expect(try await bank.gateway().incoming(delta: 5, longPoll: .seconds(60))?.transactions.count == 1)
    }

    @Test func aStoppingBankLetsEverybodyGoAndNobodyWaitAgain() async throws {
        let bank = try await TestBank(timer: StoppedTimer())
        async let first = bank.gateway().incoming(delta: 5, longPoll: .seconds(60))
        async let second = bank.gateway().outgoing(delta: 5, longPoll: .seconds(60))
        await untilSomebodyWaits(at: bank, count: 2)
        bank.service.stopWaiting()
        #expect(try await first == nil)
        #expect(try await second == nil)
        #expect(try await bank.gateway().incoming(delta: 5, longPoll: .seconds(60)) == nil)
    }

    @Test func aCustomersHistoryWaitsToo() async throws {
        let bank = try await TestBank(timer: StoppedTimer(), bonus: nil)
        let (alice, bob) = (try await bank.customer(), try await bank.customer("bob"))
        async let history = bank.client.history(delta: 5, direction: "credit", longPoll: .seconds(60), credentials: bob)
        await untilSomebodyWaits(at: bank)
        let (from, to) = (try await bank.account("bank").number, try await bank.account("bob").number)
        let transfer = try await bank.service.store.transfer(
            Amount("KUDOS:3"), from: from, to: to, subject: "gift", at: bank.clock.now())
        _ = try await bank.client.history(delta: 5, credentials: alice)
        bank.service.announce(transfer)
        #expect(try await history.map(\.subject) == ["gift"])
    }
}
