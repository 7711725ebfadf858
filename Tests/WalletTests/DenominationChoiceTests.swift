// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet

@Suite struct DenominationChoiceTests {
    /// The exchange's own keys, fetched and verified.
    private func keys(_ world: World) async throws -> VerifiedKeys {
        try await KeysFetcher(sender: world.network, clock: world.clock, currency: WorldKeys.currency)
            .fetch(World.exchangeURL, master: WorldKeys.masterPub).keys
    }

    @Test func theBalanceIsNeverExceededAndLittleIsLeft() async throws {
        let world = try await World()
        let keys = try await keys(world)
        var random = SplitMix(seed: 1)
        for _ in 0..<300 {
            let balance = try Amount.make(WorldKeys.currency, total: UInt128(UInt64.random(in: 1_000_000...10_000_000_000, using: &random)))
            let choice = try DenominationChoice.choose(balance, from: keys, at: world.clock.now())
            #expect(try choice.value.adding(choice.fees).adding(choice.rest) == balance)
            #expect(try choice.rest.isLess(than: amount("0.01")))
            #expect(try Amount.sum(choice.coins.map(\.value), in: WorldKeys.currency) == choice.value)
        }
    }

    @Test func thereIsSmallChange() async throws {
        let world = try await World()
        let choice = try DenominationChoice.choose(amount("10"), from: try await keys(world), at: world.clock.now())
        for digits in ["0.01", "0.02", "0.04", "0.08", "0.16", "0.32", "0.64", "1.28"] {
            #expect(choice.coins.contains { $0.value == amount(digits) }, "\(digits)")
        }
        #expect(choice.coins.count < 20)
    }

    @Test func tooLittleAndTooMuchAreNamed() async throws {
        let world = try await World()
        let keys = try await keys(world)
        #expect(throws: WalletError.amountTooSmall(amount("0.00999999"))) {
            try DenominationChoice.choose(amount("0.00999999"), from: keys, at: world.clock.now())
        }
        #expect(throws: WalletError.amountTooLarge(amount("4503599627370496"))) {
            try DenominationChoice.choose(amount("4503599627370496"), from: keys, at: world.clock.now())
        }
        let euro = try Amount("EUR:5")
        #expect(throws: WalletError.amountTooSmall(euro)) { try DenominationChoice.choose(euro, from: keys, at: world.clock.now()) }
    }

    @Test func afterTheLastWithdrawalThereIsNothingToChoose() async throws {
        let world = try await World()
        let keys = try await keys(world)
        world.clock.advance(bySeconds: 2 * 365 * 86_400)
        #expect(throws: WalletError.amountTooSmall(amount("10"))) {
            try DenominationChoice.choose(amount("10"), from: keys, at: world.clock.now())
        }
    }
}
