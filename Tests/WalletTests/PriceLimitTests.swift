// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire
import Testing
import Wallet
import WalletStore

@Suite struct PriceLimitTests {
    @Test(arguments: ["KUDOS:0.99999999", "EUR:5"])
    func aPriceAboveTheMaximumIsRefusedAndNothingIsSigned(_ text: String) async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let maximum = try Amount(text)
        await #expect(throws: WalletError.tooExpensive(price: amount("1"), maximum: maximum)) {
            _ = try await wallet.pay(World.shopURL, product: "essay", limit: PriceLimit(maximum: maximum))
        }
        #expect(world.shop.permissions.isEmpty)
        #expect(try await store.purchases().isEmpty)
    }

    @Test func theMaximumItselfIsPaid() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "3")
        #expect(try await wallet.pay(World.shopURL, product: "essay", limit: PriceLimit(maximum: amount("1"))).status == 200)
    }

    @Test func whoIsAskedSeesThePriceAndDecides() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let seen = Mutex<[String]>([])
        let no = PriceLimit { price, summary, merchant in
            seen.withLock { $0.append("\(price) \(summary) \(merchant.contains("Shop"))") }
            return false
        }
        await #expect(throws: WalletError.declined(price: amount("1"))) {
            _ = try await wallet.pay(World.shopURL, product: "essay", limit: no)
        }
        #expect(seen.withLock { $0 } == ["KUDOS:1 An essay true"])
        #expect(try await store.purchases().isEmpty)
        // What is under way is not asked about again.
        world.network.cut(after: 1, .answerLost)
        _ = try? await wallet.pay(World.shopURL, product: "essay")
        world.network.heal()
        #expect(try await wallet.pay(World.shopURL, product: "essay", limit: no).isReplay)
    }
}
