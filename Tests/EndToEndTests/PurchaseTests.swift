// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Foundation
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// Whole purchases between real processes.
@Suite(.serialized) struct PurchaseTests {
    /// `H_contract` out of what the wallet printed.
    private func contract(in output: String) throws -> ContractHash {
        let word = output.split(whereSeparator: \.isWhitespace).drop { $0 != "H_contract" }.dropFirst().first ?? ""
        return try ContractHash(base32: word.filter { $0.isLetter || $0.isNumber })
    }

    private func order(_ market: Market, _ hash: ContractHash, wait: Bool = false) async throws -> OrderStatus {
        try await market.backend().order(hash, wait: wait ? .seconds(30) : .zero).json().decode()
    }

    @Test func aPurchaseLeavesTheSameTraceEverywhere() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let withdrawal = try await market.wallet(["withdraw", "KUDOS:5"])
        #expect(withdrawal.status == 0, "\(withdrawal.output)")
        let first = try await market.wallet(["pay", market.url("shop"), "tally-sticks"])
        #expect(first.status == 0, "\(first.output)")
        let paid = try await order(market, contract(in: first.output))
        #expect(paid.state == .paid)
        #expect(paid.deposits.first?.exchangeSignature != nil)
        // The bank's ledger: what was withdrawn has reached the exchange's account.
        let password = try String(contentsOfFile: market.folder + "/exchange.password", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let gateway = WireGatewayClient(
            baseURL: try market.url("bank") + "accounts/exchange/taler-wire-gateway/",
            credentials: BankCredentials(username: "exchange", password: password), sender: market.sender)
        let incoming = try await gateway.incoming(start: 0, delta: 10)
        #expect(incoming?.transactions.map(\.amount) == [try Amount("KUDOS:5")])
        let again = try await market.wallet(["pay", market.url("shop"), "night-loaf"])
        #expect(again.status == 0, "\(again.output)")
        #expect(try contract(in: again.output) != contract(in: first.output))
        for program in programs {
            #expect(await program.stop() == 0)
            #expect(program.output.contains("stopped"), "\(program.name) was cut off")
        }
        await market.close()
    }

    @Test func aBackendThatIsKilledBeforeItsAnswerSettlesThePaymentByItself() async throws {
        let market = try await Market()
        var programs = try await market.startAll()
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let hold = market.proxy.holdNextDepositAnswer()
        let shop = try market.url("shop")
        async let payment = market.wallet(["pay", shop, "tally-sticks"])
        // The exchange has the money, and the backend does not know it.
        #expect(await hold.waitForAnswer() == 200)
        await programs[2].kill()
        let interrupted = try await payment
        #expect(interrupted.status != 0)
        hold.release()
        let hash = try contract(in: interrupted.output)

        programs[2] = try await market.start("merchant-backend", "serve")
        var settled = try await order(market, hash, wait: true)
        while settled.state == .paying { settled = try await order(market, hash, wait: true) }
        #expect(settled.state == .paid)
        #expect(settled.deposits.count == 1)

        // The wallet sends the same permission again and gets what was bought, without a second payment.
        let again = try await market.wallet(["pay", shop, "tally-sticks"])
        #expect(again.status == 0, "\(again.output)")
        #expect(try contract(in: again.output) == hash)
        #expect(try await order(market, hash).deposits.count == 1)
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func anExchangeThatIsGoneForAWhileCostsNobodyAnything() async throws {
        let market = try await Market()
        var programs = try await market.startAll()
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let shop = try market.url("shop")
        await programs[1].kill()
        let first = try await market.wallet(["pay", shop, "tally-sticks"])
        #expect(first.status != 0)
        let hash = try contract(in: first.output)
        let open = try await order(market, hash)
        #expect(open.state == .paying)
        #expect(open.deposits.first?.lastError != nil)

        programs[1] = try await market.start("sandbox", "exchange")
        // The backend's next retry settles it; the wallet does nothing.
        var settled = try await order(market, hash, wait: true)
        while settled.state == .paying { settled = try await order(market, hash, wait: true) }
        #expect(settled.state == .paid)
        let again = try await market.wallet(["pay", shop, "tally-sticks"])
        #expect(again.status == 0, "\(again.output)")
        #expect(try contract(in: again.output) == hash)
        #expect(try await order(market, hash).deposits.count == 1)
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func aCoinThatIsSpentTwiceIsNamedThroughShopAndBackend() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        #expect(try await market.wallet(["withdraw", "KUDOS:1.2"]).status == 0)
        let shop = try market.url("shop")
        // Two wallets with the same coins, which are just enough for one purchase.
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: market.folder + "/wallet.sqlite" + suffix) {
            try FileManager.default.copyItem(
                atPath: market.folder + "/wallet.sqlite" + suffix, toPath: market.folder + "/copy.sqlite" + suffix)
        }
        #expect(try await market.wallet(["pay", shop, "tally-sticks"]).status == 0)
        let second = try await market.wallet(["pay", shop, "tally-sticks"], name: "copy")
        #expect(second.status == 1)
        #expect(second.output.contains("1012"), "\(second.output)")
        let refused = try await order(market, contract(in: second.output))
        #expect(refused.state == .refused)
        let named = try CoinPublicKey(json: refused.deposits.first?.refusal?["coin_pub"] ?? .null)
        #expect(refused.deposits.first?.coins.map(\.coinPub).contains(named) == true)
        // Coins that were not named are as good as before; with a little more money the purchase goes through.
        #expect(try await market.wallet(["withdraw", "KUDOS:2"], name: "copy").status == 0)
        let third = try await market.wallet(["pay", shop, "tally-sticks"], name: "copy")
        #expect(third.status == 0, "\(third.output)")
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }
}
