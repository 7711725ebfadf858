// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing
import Wallet
import WalletStore

@Suite struct WithdrawTests {
    @Test func aWithdrawalBecomesCoinsThatTheExchangeHasSigned() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        let steps = StepLog()
        let withdrawn = try await world.wallet(store, steps: steps).withdraw(amount("10"), bank: World.bankURL, exchange: World.known)
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let coins = try await store.coins(of: exchange)
        #expect(coins.count == withdrawn.coins)
        #expect(try Amount.sum(coins.map(\.remaining), in: WorldKeys.currency) == withdrawn.value)
        for coin in coins {
            let key = try DenominationPublicKey(.rsa, encoded: coin.denomination.key)
            #expect(DenominationSignature.rsa(coin.signature).isValid(for: CoinPublicKeyHash(of: coin.coinPub), by: key))
        }
        // What is not in coins went into fees, or is too little for one more.
        let fees = try Amount.sum(coins.map(\.denomination.feeWithdraw), in: WorldKeys.currency)
        #expect(try withdrawn.value.adding(fees) == amount("10"))
        #expect(try await world.received() == amount("10"))
        #expect(steps.all.contains(.bankPaid(amount: amount("10"), account: WorldKeys.account.text)))
        let balances = try await world.wallet(store).balances()
        #expect(balances.map(\.available) == [withdrawn.value])
        #expect(balances.map(\.onTheWay) == [amount("0")])
    }

    @Test func theSecondWithdrawalNeedsNeitherBankNorExchangeNorKey() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "2")
        _ = try await wallet.withdraw(amount("3"), bank: nil, exchange: ExchangeChoice())
        #expect(try await world.received() == amount("5"))
        #expect(try await store.reserves().count == 2)
        // One account is enough.
        #expect(world.network.delivered.filter { $0.url.hasSuffix("/register") }.count == 1)
    }

    @Test func moneyThatTheOwnerSendsFromTheBanksPagesBecomesCoinsWithoutAWordToTheBank() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        let wallet = world.wallet(store)
        let callback = World.bankURL + "withdrawals/X?y=1"
        let prepared = try await wallet.prepareWithdrawal(amount("10.5"), callback: callback, bank: nil, exchange: World.known)
        #expect(
            prepared.address
                == "\(callback)&amount_value=10&amount_fraction=50000000&amount_currency=KUDOS&exchange=http%3A%2F%2Fexchange.test%2F"
                + "&reserve_pub=\(prepared.reservePub)")
        _ = try await wallet.retry()
        var balance = try #require(try await wallet.balances().first)
        #expect(balance.awaited == amount("10.5"))
        #expect(balance.onTheWay == amount("0"))
        #expect(try await wallet.history().first?.text.hasSuffix("nothing has arrived yet") == true)
        #expect(!world.network.delivered.contains { $0.url.hasPrefix(World.bankURL) })

        let bank = BankClient(baseURL: World.bankURL, sender: world.network)
        let owner = BankCredentials(username: "rosa", password: "correct horse")
        try await bank.register(owner)
        _ = try await bank.withdraw(amount("10.5"), to: prepared.reservePub, credentials: owner)
        let asked = world.network.delivered.count(where: { $0.url.hasPrefix(World.bankURL) })
        _ = try await wallet.retry()
        balance = try #require(try await wallet.balances().first)
        #expect(balance.awaited == amount("0"))
        #expect(try amount("10").isLess(than: balance.available))
        #expect(world.network.delivered.count(where: { $0.url.hasPrefix(World.bankURL) }) == asked)
        #expect(try await store.unfinishedReserves().isEmpty)
    }

    @Test(arguments: ["", "withdrawals/X", "ftp://bank.test/x", "http://bank.test/a b"])
    func aCallbackAddressThatIsNoneMakesNoReserve(_ callback: String) async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        await #expect(throws: WalletError.self) {
            _ = try await world.wallet(store).prepareWithdrawal(amount("10"), callback: callback, bank: nil, exchange: World.known)
        }
        #expect(try await store.reserves().isEmpty)
    }

    @Test func aNewWalletMustBeToldABank() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        await #expect(throws: WalletError.unknownParty("bank")) {
            _ = try await world.wallet(store).withdraw(amount("1"), bank: nil, exchange: World.known)
        }
    }

    @Test func whenTheAccountIsEmptyAnotherOneIsOpened() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "60")
        _ = try await wallet.withdraw(amount("60"), bank: nil, exchange: ExchangeChoice())
        #expect(try await world.received() == amount("120"))
        #expect(world.network.delivered.filter { $0.url.hasSuffix("/register") }.count == 2)
    }

    @Test func whatNoAccountHasIsRefusedAndNothingIsLeftOpen() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        do {
            _ = try await world.wallet(store).withdraw(amount("101"), bank: World.bankURL, exchange: World.known)
            Issue.record("it was paid")
        } catch { #expect(error.isBankRefusal) }
        #expect(try await store.unfinishedReserves().isEmpty)
        #expect(try await world.received() == amount("0"))
    }

    @Test func anAmountThatMakesNoCoinIsNotAskedOfTheBank() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        await #expect(throws: WalletError.amountTooSmall(amount("0.009"))) {
            _ = try await world.wallet(store).withdraw(amount("0.009"), bank: World.bankURL, exchange: World.known)
        }
        #expect(!world.network.delivered.contains { $0.url.hasPrefix(World.bankURL) })
    }

    @Test func aBankThatIsNotThereLeavesNothingOpen() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        // After /keys.
        world.network.cut(after: 1, .notSent)
        do {
            _ = try await world.wallet(store).withdraw(amount("5"), bank: World.bankURL, exchange: World.known)
            Issue.record("it was paid")
        } catch { #expect(error == .bankUnreachable("the network is cut")) }
        #expect(try await store.unfinishedReserves().isEmpty)
    }

    // MARK: Trust

    @Test func withoutAKeyTheExchangeIsRefusedAndItsKeyShown() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        let refusal = WalletError.exchangeNotTrusted(url: World.exchangeURL, key: WorldKeys.masterPub)
        await #expect(throws: refusal) {
            _ = try await world.wallet(store).withdraw(amount("1"), bank: World.bankURL, exchange: ExchangeChoice())
        }
        #expect("\(refusal)".contains(WorldKeys.masterPub.base32))
        #expect(try await store.exchanges().isEmpty)
    }

    @Test func aKeyThatMayBeTrustedIsPinned() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        _ = try await world.wallet(store).withdraw(amount("1"), bank: World.bankURL, exchange: ExchangeChoice(trustsFirstKey: true))
        #expect(try await store.exchange(at: World.exchangeURL)?.masterPub == WorldKeys.masterPub)
        await #expect(throws: WalletError.otherMasterKey(url: World.exchangeURL, pinned: WorldKeys.masterPub)) {
            _ = try await world.wallet(store).withdraw(
                amount("1"), bank: nil, exchange: ExchangeChoice(key: .random(), trustsFirstKey: true))
        }
    }

    @Test func keysOfAnotherMasterAreNeverUsed() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        do {
            _ = try await world.wallet(store).withdraw(
                amount("1"), bank: World.bankURL,
                exchange: ExchangeChoice(url: World.exchangeURL, key: .random(), trustsFirstKey: true))
            Issue.record("it was trusted")
        } catch { #expect("\(error)".contains("not the configured one")) }
        #expect(try await store.exchanges().isEmpty)
        #expect(!world.network.delivered.contains { $0.url.hasPrefix(World.bankURL) })
    }

    // MARK: An exchange that does not do what it should

    @Test func aSignatureThatIsNoneIsNotKeptAndTheSameBatchIsAskedForAgain() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        world.network.stub("batch-withdraw", Response(json: ["ev_sigs": []]))
        do {
            _ = try await world.wallet(store).withdraw(amount("1"), bank: World.bankURL, exchange: World.known)
            Issue.record("it was accepted")
        } catch { #expect(error == .exchangeMalformed("another number of signed coins")) }
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        #expect(try await store.coins(of: exchange).isEmpty)
        let reserve = try #require(try await store.unfinishedReserves().first)
        let planned = try await store.planchets(of: reserve).joined().map { $0 }
        let wrong = JSONValue.array(planned.map { _ in ["ev_sig": ["cipher": "RSA", "blinded_rsa_signature": "0400"]] })
        world.network.stub("batch-withdraw", Response(json: ["ev_sigs": wrong]))
        #expect(try await world.wallet(store).resume() == false)
        #expect(try await store.coins(of: exchange).isEmpty)
        world.network.heal()
        #expect(try await world.wallet(store).resume())
        #expect(try await store.coins(of: exchange).map(\.coinPub) == planned.map(\.coinPub))
    }

    @Test func whenADenominationIsRevokedOtherCoinsArePlanned() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        // Up to the answer of the reserve, so that the planchets are stored and not signed.
        world.network.stub("batch-withdraw", Response(status: 503))
        _ = try? await world.wallet(store).withdraw(amount("1"), bank: World.bankURL, exchange: World.known)
        let reserve = try #require(try await store.unfinishedReserves().first)
        let planned = try await store.planchets(of: reserve).joined().map { $0 }
        let revoked = try #require(planned.first?.denomination)
        _ = try await world.exchangeStore.revoke(revoked.hash, at: world.clock.now())
        try await world.exchange.reloadKeys()
        world.network.heal()
        #expect(try await world.wallet(store).resume())
        let coins = try await store.coins(of: reserve.exchange)
        #expect(!coins.isEmpty)
        #expect(!coins.contains { $0.denomination.hash == revoked.hash })
        #expect(Set(coins.map(\.coinPub)).isDisjoint(with: planned.map(\.coinPub)))
    }

    @Test func moneyThatHasNotArrivedIsFetchedLater() async throws {
        let world = try await World()
        let store = try WalletStore.inMemory()
        world.network.stub("/reserves/", Response(status: 404, json: ["code": 1027]))
        await #expect(throws: WalletError.notArrived(amount("4"))) {
            _ = try await world.wallet(store).withdraw(amount("4"), bank: World.bankURL, exchange: World.known)
        }
        #expect(try await world.wallet(store).balances().map(\.onTheWay) == [amount("4")])
        world.network.heal()
        #expect(try await world.wallet(store).resume())
        #expect(try await world.received() == amount("4"))
    }

    @Test func manyCoinsAreFetchedInSeveralBatches() async throws {
        let world = try await World()
        let small = try await WorldKeys.records.denominations.filter { $0.value != amount("0.01") }
        for record in small { _ = try await world.exchangeStore.revoke(record.hash, at: world.clock.now()) }
        try await world.exchange.reloadKeys()
        let (_, store) = try await world.wallet(with: "3")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        #expect(try await store.coins(of: exchange).count == 300)
        #expect(world.network.delivered.filter { $0.url.hasSuffix("/batch-withdraw") }.count == 2)
    }
}

extension WalletError {
    var isBankRefusal: Bool { if case .bankRefused = self { true } else { false } }
    var isUnresolved: Bool { if case .unresolved = self { true } else { false } }
}
