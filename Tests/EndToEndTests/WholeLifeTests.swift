// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import TestSupport
import Testing

/// From a new account at the bank to money in the merchant's: every step by the real programs, and everybody's books agree.
@Suite struct WholeLifeTests {
    @Test func moneyFromTheBanksPagesReachesTheMerchantsAccountAndTheSumsAgree() async throws {
        let market = try await Market()
        try market.withoutProxy()
        let programs = try await market.startAll()
        var life = try Life(market)

        try await withdrawAtTheBanksPages(&life, "10")

        // A coin that is larger than the price, and its change.
        let zine = try await life.buy("pocket-zine")
        let coins = try #require(zine.order.deposits.first?.coins)
        #expect(zine.order.state == .paid)
        #expect(coins.count == 1)
        #expect(zine.output.contains("of what a payment has left of a coin"), "\(zine.output)")
        #expect(zine.output.contains("refreshed "), "\(zine.output)")
        let gift = try await life.buy("keep-the-lamp-lit", ["--amount", "KUDOS:2", "--keep-rest"])
        #expect(!gift.output.contains("refreshed "), "\(gift.output)")

        // Half of it is given back.
        let half = try zine.order.amount.divided(by: 2)
        let given: RefundList = try await market.backend().refund(RefundOrder(contractHash: zine.order.contractHash, refund: half))
            .json().decode()
        #expect(given.givenAmount == half)
        #expect(given.refunds.allSatisfy { $0.status == .accepted && $0.exchangeSignature != nil })
        let before = try await life.available()
        let refund = try await life.wallet(["refund"])
        #expect(refund.status == 0, "\(refund.output)")
        #expect(refund.output.contains("refund       KUDOS:0.99 "), "\(refund.output)")
        #expect(try await before.isLess(than: life.available()))

        let refresh = try await life.wallet(["refresh"])
        #expect(refresh.status == 0, "\(refresh.output)")
        #expect(refresh.output.contains(" exchanged for "), "\(refresh.output)")
        #expect(try await life.wallet(["refresh"]).output.contains("nothing to refresh"))

        let orders = [zine.order, gift.order]
        for order in orders {
            let pending = try await life.ask("track/transaction?id=\(order.transactionID)")
            #expect(pending.status == 202, "nothing is wired before its time")
        }
        #expect(try await life.revenue().isEmpty)
        let transfer = try await wire(life, orders, refunded: half)
        try await everybodyTellsTheSame(life, orders, of: transfer)
        try await sumsAgree(&life, paidOut: transfer.amount)

        for program in programs {
            #expect(await program.stop() == 0)
            #expect(program.output.contains("stopped"), "\(program.name) was cut off")
        }
        await market.close()
    }

    /// Opens an account, withdraws into the wallet, and answers the bank's question, wrongly at first.
    private func withdrawAtTheBanksPages(_ life: inout Life, _ digits: String) async throws {
        let bank = try life.market.url("bank")
        var customer = BankCustomer(bank: bank, sender: life.market.sender)
        let account = try await customer.submit(
            customer.open("/open-account"), "/open-account", ["username": "rosa", "password": "correct horse"])
        #expect(account.element("balance") == "100.00 KUDOS", "\(account.text)")
        let handover = try await customer.submit(customer.open("/account/withdraw"), "/account/withdraw", ["amount": digits])
        #expect(handover.response.status == 202)
        let callback = try #require(handover.response.fields["X-Taler-Callback-Url"])
        #expect(handover.element("callback") == callback)

        let prepared = try await life.wallet(["withdraw", "KUDOS:\(digits)", "--callback", callback])
        #expect(prepared.status == 0, "\(prepared.output)")
        let address = try #require(
            prepared.output.split(separator: "\n").first { $0.hasPrefix("open ") }?.split(separator: " ").last.map(String.init))
        #expect(address.hasPrefix(callback + "?"))
        #expect(try await life.wallet(["balance"]).output.contains("KUDOS:\(digits)  left to you to confirm at the bank"))

        var question = try await customer.open(address)
        #expect(question.response.status == 200, "\(question.text)")
        question = try await customer.submit(question, nil, ["answer": "99"])
        #expect(question.response.status == 403)
        #expect(try await life.paidIn().isEmpty, "a wrong answer moves nothing")
        let asked = try #require(question.element("question"))
        let done = try await customer.submit(question, nil, ["answer": "\(#require(BankCustomer.answer(asked)))"])
        #expect(done.response.status == 200)
        #expect(done.address.hasPrefix(bank + "account"), "\(done.address)")
        #expect(done.element("balance") == "90.00 KUDOS", "\(done.text)")

        let coins = try await life.wallet(["retry"])
        #expect(coins.status == 0, "\(coins.output)")
        #expect(coins.output.contains("signed by the exchange and verified"), "\(coins.output)")
        let incoming = try await life.paidIn()
        #expect(incoming.map(\.amount) == [try Amount("KUDOS:\(digits)")])
    }

    /// The wire deadline comes, and one transfer brings both orders, less what the buyer got back and the fees.
    private func wire(_ life: Life, _ orders: [OrderStatus], refunded: Amount) async throws -> RevenueTransaction {
        let aggregated = try await life.market.sandbox(["exchange", "aggregate", "--all"])
        #expect(aggregated.status == 0, "\(aggregated.output)")
        let revenue = try await life.revenue()
        #expect(revenue.count == 1)
        let transfer = try #require(revenue.first)
        let coins = orders.flatMap(\.deposits).flatMap(\.coins)
        let expected = try Amount.sum(coins.map(\.contribution), in: life.currency).subtracting(refunded)
            .subtracting(.sum(coins.map(\.depositFee), in: life.currency)).subtracting(Amount("KUDOS:0.01"))
        #expect(transfer.amount == expected)

        // The merchant looks at the account.
        var merchant = BankCustomer(bank: try life.market.url("bank"), sender: life.market.sender)
        let account = try await merchant.submit(
            merchant.open("/login"), "/login", ["username": "shop", "password": life.secret("shop.password")])
        #expect(account.element("balance") == "\(expected.digits) KUDOS", "\(account.text)")
        #expect(account.text.contains(transfer.subject.prefix { $0 != " " }), "\(account.text)")
        return transfer
    }

    /// The exchange's list, the backend's tracking and its books.
    private func everybodyTellsTheSame(_ life: Life, _ orders: [OrderStatus], of transfer: RevenueTransaction) async throws {
        let id = try WireTransferID(base32: transfer.subject.prefix { $0 != " " })
        let exchange = try life.market.url("exchange")
        #expect(transfer.subject == "\(id) \(exchange)")
        let listed: TransferDetails = try await life.market.sender.send(ExchangeRequests(baseURL: exchange).transfer(id)).json().decode()
        #expect(listed.total == transfer.amount)
        #expect(Set(listed.deposits.map(\.coinPub)) == Set(orders.flatMap(\.deposits).flatMap(\.coins).map(\.coinPub)))

        let told = try await life.ask("track/transfer?wtid=\(id)&exchange=\(PercentEncoding.encode(exchange))")
        #expect(told.status == 200, "\(told)")
        #expect(try told.json().decode(as: TransferDetails.self) == listed)

        var brought = Amount.zero(life.currency)
        for order in orders {
            // The backend reads the bank's account by itself.
            try await eventually { try await life.order(order.contractHash).transfers?.first?.confirmedBy == .bank }
            let settled = try await life.order(order.contractHash)
            #expect(settled.state == .wired)
            #expect(settled.transfers?.map(\.transferID) == [id])
            #expect(settled.transfers?.first?.total == transfer.amount)
            #expect(settled.transfers?.first?.wireFee == listed.wireFee)
            brought = try brought.adding(#require(settled.transfers?.first?.amount))

            let tracked = try await life.ask("track/transaction?id=\(order.transactionID)")
            #expect(tracked.status == 200)
            let transfers: [TrackedTransfer] = try tracked.json().decode()
            #expect(transfers.map(\.transferID) == [id])
            #expect(transfers.map(\.exchange) == [exchange])
            #expect(Set(transfers.flatMap(\.coins).map(\.coinPub)) == Set(order.deposits.flatMap(\.coins).map(\.coinPub)))
        }
        #expect(try brought.subtracting(listed.wireFee) == transfer.amount)

        let status = try await life.ask("status").json()
        #expect(status["status"] == "ok", "\(status)")
        let doctor = try await life.doctor()
        #expect(doctor.status == 0, "\(doctor.output)")
    }

    /// What came in is the shop's, the wallet's, and fees; bank, exchange, backend and wallet say so each for itself.
    private func sumsAgree(_ life: inout Life, paidOut: Amount) async throws {
        let bank = try await life.market.sandbox(["bank", "audit"])
        #expect(bank.status == 0, "\(bank.output)")
        let exchange = try await life.market.sandbox(["exchange", "audit"])
        #expect(exchange.status == 0, "\(exchange.output)")

        let incoming = try await life.paidIn()
        let paidIn = try Amount.sum(incoming.map(\.amount), in: life.currency)
        let coins = try await life.available()
        guard case .reserve(let reserve)? = incoming.first?.purpose else {
            Issue.record("the money is no reserve's")
            return
        }
        let requests = ExchangeRequests(baseURL: try life.market.url("exchange"))
        let left: ReserveSummary = try await life.market.sender.send(requests.reserve(reserve)).json().decode()
        let fees = try await life.walletFees().adding(life.merchantFees())

        #expect(try life.audited("paid in by the bank", in: exchange.output) == paidIn)
        #expect(try life.audited("coins outstanding", in: exchange.output) == coins)
        #expect(try life.audited("reserves hold", in: exchange.output) == left.balance)
        #expect(try life.audited("fees earned", in: exchange.output) == fees)
        #expect(try life.audited("paid out, confirmed", in: exchange.output) == paidOut)
        #expect(try Amount.sum([paidOut, fees, coins, left.balance], in: life.currency) == paidIn, "\(exchange.output)")
    }
}
