// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

struct MerchantStoreTests {
    let store: MerchantStore
    let key = EdDSAPrivateKey()
    let account: StoredAccount

    init() throws {
        store = try .inMemory()
        account = try store.account(
            PaytoURI("payto://x-taler-bank/bank.example/shop?receiver-name=Shop"), of: key.publicKey(),
            make: { payto in
                let salt = WireSalt.random()
                return (salt, WireHash(payto: payto, salt: salt))
            })
    }

    func offer(_ transactionID: Int64 = 1, price: String = "KUDOS:0.5", in store: MerchantStore? = nil) async throws
        -> MerchantStore.OfferResult
    {
        let proposition = try Proposition(
            .object(Propositions.make(transactionID: transactionID, price: price)),
            money: MoneyRules(currency: Currency("KUDOS"), smallestUnit: Amount("KUDOS:0.01")), merchant: key.publicKey(),
            now: Propositions.now)
        let terms = try ContractTerms(proposition, merchant: key.publicKey(), wireHash: account.wireHash, mints: [], auditors: [])
        let hash = try ContractHash(of: terms.json)
        return try await (store ?? self.store).recordOffer(
            terms, hash: hash, signature: key.sign(ContractOffer(contractHash: hash)),
            proposition: HashCode(ofJSON: .object(proposition.json)), account: account, now: Propositions.now)
    }

    func contract(_ transactionID: Int64 = 1) async throws -> StoredContract {
        guard case .stored(let contract) = try await offer(transactionID) else { throw MerchantStoreError.corrupt("taken") }
        return contract
    }

    func intent(_ coin: CoinPublicKey = EdDSAPrivateKey().publicKey()) throws -> NewIntent {
        let amount = try Amount("KUDOS:0.5")
        return NewIntent(
            coinSet: CoinSet([(coin, amount)]).fingerprint, exchangeURL: "https://exchange.example/", protocolVersion: 23,
            request: ["a": 1],
            coins: [.init(coinPub: coin, contribution: amount, depositFee: try Amount("KUDOS:0.01"))])
    }

    /// Takes a permission of one intent on, by what the store says of the payment now.
    func record(
        _ intent: NewIntent, for contract: StoredContract, wireDeadline: Timestamp = Propositions.now, in store: MerchantStore? = nil
    ) async throws -> Result<[StoredIntent], MerchantStore.PermissionConflict> {
        let store = store ?? self.store
        let coins = CoinSet(intent.coins.map { ($0.coinPub, $0.contribution) })
        return try await store.record(
            NewPermission(coinSet: coins, intents: [intent]), for: contract, after: store.progress(of: contract),
            wireDeadline: wireDeadline, now: Propositions.now)
    }

    @Test func anAccountKeepsTheSaltOfItsFirstUse() throws {
        let again = try store.account(account.payto, of: key.publicKey(), make: { (WireSalt.random(), WireHash(payto: $0, salt: .zero)) })
        #expect(again == account)
    }

    @Test func aDatabaseIsKnownToBelongToItsKey() throws {
        #expect(try !store.belongs(toOtherThan: key.publicKey()))
        #expect(try store.belongs(toOtherThan: EdDSAPrivateKey().publicKey()))
    }

    @Test func theSamePropositionIsTheSameContractAndAnotherIsRefused() async throws {
        let first = try await offer()
        #expect(try await offer() == first)
        #expect(try await offer(price: "KUDOS:0.6") == .transactionIDTaken)
    }

    @Test func ofManyPermissionsAtOnceOneIsTakenOn() async throws {
        let contract = try await contract()
        let progress = try await store.progress(of: contract)
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                let intent = try intent()
                group.addTask {
                    let result = try await store.record(
                        NewPermission(coinSet: CoinSet(fingerprint: intent.coinSet), intents: [intent]), for: contract, after: progress,
                        wireDeadline: Propositions.now, now: Propositions.now)
                    if case .success = result { return true } else { return false }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(try await store.openIntents().count == 1)
    }

    @Test func aSettledIntentPaysItsContractOnce() async throws {
        let contract = try await contract()
        let intent = try #require(try await record(intent(), for: contract).get().first)
        let confirmation = StoredIntent.Confirmation(exchangePub: .zero, exchangeSignatures: [.zero], exchangeTimestamp: Propositions.now)
        #expect(try await store.settle(intent, confirmation, payment: .zero, now: Propositions.now))
        #expect(try await !store.settle(intent, confirmation, payment: .zero, now: Propositions.now))
        #expect(try await !store.refuse(intent, status: 409, answer: [:], now: Propositions.now))
        #expect(try await store.contract(contract.hash)?.payment?.at == Propositions.now)
        #expect(try await store.intent(id: intent.id).state == .accepted(confirmation))
        let progress = try await store.progress(of: contract)
        #expect(progress.isPaid)
        #expect(progress.accepted.map(\.coinPub) == intent.coins.map(\.coinPub))
    }

    @Test func aRefusedIntentLeavesRoomForFreshCoins() async throws {
        let contract = try await contract()
        let first = try #require(try await record(intent(), for: contract).get().first)
        try await store.recordAttempt(first, error: "no answer")
        #expect(try await store.intent(id: first.id).attempts == 1)
        #expect(try await store.refuse(first, status: 409, answer: ["code": 1012], now: Propositions.now))
        _ = try await record(intent(), for: contract).get()
        #expect(try await store.intents(of: contract).count == 2)
    }

    @Test func theFirstWireDeadlineOfAContractStays() async throws {
        let contract = try await contract()
        let first = try #require(try await record(intent(), for: contract).get().first)
        try await store.refuse(first, status: 409, answer: [:], now: Propositions.now)
        let later = Propositions.now.advanced(bySeconds: 60)
        let second = try await record(intent(), for: contract, wireDeadline: later)
        #expect(second == .failure(.otherWireDeadline))
        #expect(try await store.contract(contract.hash)?.wireDeadline == Propositions.now)
    }

    @Test func whatWasCommittedIsThereWhenTheFileIsOpenedAgain() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("merchant.sqlite").path
        let first = try MerchantStore.open(at: path)
        _ = try first.account(account.payto, of: key.publicKey(), make: { _ in (account.salt, account.wireHash) })
        guard case .stored(let contract) = try await offer(in: first) else {
            Issue.record("not stored")
            return
        }
        let intent = try #require(try await record(intent(), for: contract, in: first).get().first)
        first.close()
        let second = try MerchantStore.open(at: path)
        #expect(try await second.openIntents() == [intent])
        #expect(try await second.contract(contract.hash)?.terms == contract.terms)
    }
}
