// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// A clock that was years ahead for a while has left its times in the database: nobody is left alone until then.
struct ClockSetBackTests {
    let now = SharedKeys.start.advanced(bySeconds: 30 * 86_400)
    let ahead = SharedKeys.start.advanced(bySeconds: 3660 * 86_400)
    let exchange = "http://exchange.test/"

    @Test func aCreditIsAskedAboutAgain() async throws {
        let store = try MerchantStore.inMemory()
        let credit = BankCredit(
            rowID: 1, date: now, amount: amount("1"), debitAccount: "payto://x-taler-bank/bank.test/exchange", subject: "transfer",
            transferID: .random(), exchangeURL: exchange)
        try await store.record([credit], account: "payto://x-taler-bank/bank.test/shop", cursor: 1)
        let due = try #require(try await store.dueCredits(now: ahead, limit: 10).first)
        try await store.postpone(due, error: "status 503", until: ahead.advanced(bySeconds: 3600))
        #expect(try await store.dueCredits(now: ahead, limit: 10).isEmpty)
        #expect(try await store.dueCredits(now: now, limit: 10).map(\.id) == [due.id])
    }

    @Test func coinsAreAskedAboutAgain() async throws {
        let paid = try await PaidContract()
        let store = paid.merchant.store
        let due = try #require(try await store.dueInquiries(exchangeURL: exchange, deadline: ahead, now: ahead, limit: 10).first)
        try await store.postpone(
            due, after: paid.coins[0].pub, pending: nil, error: "status 503", until: ahead.advanced(bySeconds: 86_400))
        #expect(try await store.dueInquiries(exchangeURL: exchange, deadline: ahead, now: ahead, limit: 10).isEmpty)
        let again = try await store.dueInquiries(exchangeURL: exchange, deadline: now, now: now, limit: 10)
        #expect(again.map(\.intent.id) == [due.intent.id])
    }
}
