// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// People who do what a seed makes them do with an exchange and its bank.
struct RandomCrowd {
    let street: RejectionStreet
    private let till: Till
    private var random: SeededGenerator
    private let folder: ScratchFolder
    private let belongings = Belongings()

    /// What they have by now.
    private final class Belongings: Sendable {
        let reserves = Mutex<[EdDSAPrivateKey]>([])
        let withdrawals = Mutex<[(reserve: EdDSAPrivateKey, planchets: [TestPlanchet])]>([])
        let coins = Mutex<[TestCoin]>([])
        let deposits = Mutex<[(purchase: TestPurchase, request: BatchDepositRequest)]>([])
    }

    private static let values = ["0.01", "0.08", "0.16", "0.64", "1.28"].map { amount($0) }

    init(seed: UInt64) async throws {
        folder = try ScratchFolder()
        street = try await RejectionStreet(path: folder.path + "/exchange.sqlite")
        till = Till(street.exchange)
        random = SeededGenerator(seed: seed)
        for _ in 0..<3 { try await fill(EdDSAPrivateKey(), amount("8")) }
        try await street.exchange.readBankOnce()
    }

    /// So many steps at the same time.
    mutating func actAtOnce(_ count: Int) async throws {
        var steps: [@Sendable () async throws -> Void] = []
        for _ in 0..<count { steps.append(try await step()) }
        try await withThrowingTaskGroup(of: Void.self) { [steps] group in
            for step in steps { group.addTask { try await step() } }
            try await group.waitForAll()
        }
    }

    /// The bank works again, and everybody is paid who can be.
    func settle() async throws {
        for text in ["/transfer", "/reject", "/incoming"] {
            street.toBank.fail(text, 0)
            street.toBank.loseAnswers(text, 0)
        }
        try await street.exchange.readBankOnce()
        try await street.exchange.rejectOnce()
        try await street.exchange.aggregateOnce(dueBy: .never)
    }

    private func fill(_ reserve: EdDSAPrivateKey, _ amount: Amount) async throws {
        _ = try await street.pay("alice", amount.digits, reserve.publicKey(as: ReservePublicKey.self).base32)
        belongings.reserves.withLock { $0.append(reserve) }
    }

    private mutating func step() async throws -> @Sendable () async throws -> Void {
        let (street, till, belongings) = (street, till, belongings)
        switch Int.random(in: 0..<23, using: &random) {
        case 20, 21, 22: return try await refreshing()
        case 0:
            let reserve = Bool.random(using: &random) ? EdDSAPrivateKey() : pick(belongings.reserves.withLock { $0 })
            let value = Amount.cents(Int.random(in: 1...300, using: &random))
            let this = self
            return { if let reserve { try await this.fill(reserve, value) } }
        case 1: return { _ = try? await street.exchange.readBankOnce() }
        case 2, 3, 4, 5:
            guard let reserve = pick(belongings.reserves.withLock { $0 }) else { return {} }
            let values = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in pick(Self.values) }
            let planchets = try await Till.planchets(values)
            return { try await Self.withdraw(reserve, planchets, till, belongings) }
        case 6:
            guard let known = pick(belongings.withdrawals.withLock { $0 }) else { return {} }
            return { _ = try await till.withdraw(known.planchets, from: known.reserve) }
        case 7, 8, 9, 10, 11: return depositing()
        case 12:
            guard let known = pick(belongings.deposits.withLock { $0 }) else { return {} }
            return { _ = try await till.deposit(known.request) }
        case 13, 14: return refunding()
        case 15: return { _ = try? await street.exchange.aggregateOnce() }
        case 16: return { _ = try? await street.exchange.aggregateOnce(dueBy: .never) }
        case 17:
            let isUseless = Bool.random(using: &random)
            return {
                if isUseless { _ = try await street.pay("bob", "0.05", "for the rent") }
                _ = try? await street.exchange.rejectOnce()
            }
        case 18:
            let text = ["/transfer", "/reject", "/incoming"][Int.random(in: 0..<3, using: &random)]
            let (count, isLost) = (Int.random(in: 1...3, using: &random), Bool.random(using: &random))
            return { if isLost { street.toBank.loseAnswers(text, count) } else { street.toBank.fail(text, count) } }
        default:
            let seconds = Int64.random(in: 1...90, using: &random)
            return { street.clock.advance(bySeconds: seconds) }
        }
    }

    private static func withdraw(
        _ reserve: EdDSAPrivateKey, _ planchets: [TestPlanchet], _ till: Till, _ belongings: Belongings
    ) async throws {
        guard let coins = try await till.coins(planchets, from: reserve) else { return }
        belongings.withdrawals.withLock { $0.append((reserve, planchets)) }
        belongings.coins.withLock { $0 += coins }
    }

    /// For a new contract or an old one, of a merchant whom the bank knows or does not.
    private mutating func depositing() -> @Sendable () async throws -> Void {
        let known = belongings.coins.withLock { $0 }
        var coins: [(coin: TestCoin, contribution: Amount)] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let coin = pick(known), !coins.contains(where: { $0.coin.pub == coin.pub }) else { continue }
            let thousandths = Int(coin.denomination.value.units / 100_000)
            coins.append((coin, Amount.thousandths(Int.random(in: min(10, thousandths)...thousandths, using: &random))))
        }
        guard !coins.isEmpty else { return {} }
        var purchase = TestPurchase()
        purchase.payto = BusyStreet.payto
        if Int.random(in: 0..<8, using: &random) == 0 { purchase.payto = "payto://x-taler-bank/bank.test/nobody?receiver-name=N" }
        purchase.wireDeadline = street.clock.now().advanced(bySeconds: Int64.random(in: 0...200, using: &random))
        purchase.refundDeadline = nil
        if Bool.random(using: &random), let old = pick(belongings.deposits.withLock { $0 }) {
            if Bool.random(using: &random) { purchase = old.purchase } else { purchase.merchant = old.purchase.merchant }
        }
        let (till, belongings, request) = (till, belongings, purchase.request(coins))
        return { [purchase] in
            if try await till.deposit(request).status == 200 { belongings.deposits.withLock { $0.append((purchase, request)) } }
        }
    }

    private mutating func refunding() -> @Sendable () async throws -> Void {
        guard let (purchase, request) = pick(belongings.deposits.withLock { $0 }), let coin = pick(request.coins) else { return {} }
        let value = Amount.cents(Int.random(in: 1...40, using: &random))
        let refund = purchase.refund(coin.coinPub, value, id: UInt64.random(in: 1...3, using: &random))
        let till = till
        return { _ = try await till.refund(coin.coinPub, refund) }
    }

    /// One melt in four is not revealed.
    private mutating func refreshing() async throws -> @Sendable () async throws -> Void {
        let values = (0..<Int.random(in: 1...2, using: &random)).compactMap { _ in pick(Self.values) }
        guard let coin = pick(belongings.coins.withLock { $0 }), let refresh = try? await Till.refresh(coin, into: values) else {
            return {}
        }
        let (till, belongings, isRevealed) = (till, belongings, Int.random(in: 0..<4, using: &random) > 0)
        return {
            guard isRevealed else { return _ = try await till.melt(refresh) }
            if let coins = try await till.coins(refresh) { belongings.coins.withLock { $0 += coins } }
        }
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &random) }
}

extension Amount {
    fileprivate static func cents(_ count: Int) -> Amount { thousandths(count * 10) }

    fileprivate static func thousandths(_ count: Int) -> Amount {
        must { try Amount.make(SharedKeys.currency, total: UInt128(count) * 100_000) }
    }
}

/// SplitMix64: the same numbers for the same seed.
private struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
