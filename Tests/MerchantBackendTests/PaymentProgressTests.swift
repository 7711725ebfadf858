// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import MerchantCore
import TalerCrypto
import TalerWire
import Testing

struct PaymentProgressTests {
    typealias Progress = PaymentProgress
    let now = Propositions.now
    let a: CoinPublicKey = EdDSAPrivateKey().publicKey()
    let b: CoinPublicKey = EdDSAPrivateKey().publicKey()
    let c: CoinPublicKey = EdDSAPrivateKey().publicKey()

    private func coin(_ key: CoinPublicKey, _ contribution: String = "0.5") -> Progress.Coin {
        .init(coinPub: key, contribution: amount(contribution), depositFee: amount("0.01"))
    }

    private func set(_ keys: [CoinPublicKey]) -> [(coinPub: CoinPublicKey, contribution: Amount)] { keys.map { ($0, amount("0.5")) } }

    /// A contract of KUDOS 1. Each permission is a list of its intents, each with its coins.
    private func progress(isPaid: Bool = false, _ permissions: [[([CoinPublicKey], Progress.Intent.State)]]) -> Progress {
        var intents: [Progress.Intent] = []
        var known: [Progress.Permission] = []
        for (index, permission) in permissions.enumerated() {
            known.append(.init(id: Int64(index), coins: CoinSet(set(permission.flatMap(\.0)).map { ($0.coinPub, $0.contribution) })))
            for (keys, state) in permission {
                intents.append(.init(id: Int64(intents.count), permission: Int64(index), coins: keys.map { coin($0) }, state: state))
            }
        }
        return Progress(
            price: .init(amount: amount("1"), maximumFee: amount("0.1")), isPaid: isPaid, permissions: known, intents: intents)
    }

    private func refused(_ status: Int = 403, _ code: Int64 = 1205, _ coin: CoinPublicKey? = nil, at time: Timestamp? = nil)
        -> Progress.Intent.State
    {
        .refused(.init(status: status, code: code, coinPub: coin, at: time ?? now))
    }

    private func decide(_ progress: Progress, _ keys: [CoinPublicKey], late: Int64 = 0) -> Progress.Decision {
        progress.decide(set(keys), expiry: now, now: now.advanced(bySeconds: late))
    }

    @Test func aPaidContractAnswersItsOwnCoinsForEverAndNoOthers() {
        let paid = progress(isPaid: true, [[([a, b], .accepted)]])
        #expect(decide(paid, [b, a], late: 1_000_000) == .repeatAnswer)
        #expect(decide(paid, [c]) == .refuseOtherCoins)
        #expect(decide(paid, [a]) == .refuseOtherCoins)
        #expect(decide(paid, [a, b, c]) == .refuseOtherCoins)
        #expect(decide(paid, []) == .refuseOtherCoins)
    }

    @Test func whatIsUnderWayIsJoinedEvenAfterExpiry() {
        let open = progress([[([a], .accepted), ([b], .open)]])
        #expect(decide(open, [a, b], late: 1) == .join(intents: [0, 1]))
        #expect(decide(open, [a, c], late: 1) == .refuseOtherCoins)
    }

    @Test func anUnpaidContractCanBePaidUntilItsExpiry() {
        #expect(decide(progress([]), [a]) == .begin(coins: [a]))
        #expect(decide(progress([]), [a], late: 1) == .refuseExpired)
    }

    @Test func coinsThatWereAcceptedAreNotSentAgain() {
        let partial = progress([[([a], .accepted), ([b], refused())]])
        #expect(decide(partial, [a, c]) == .begin(coins: [c]))
        #expect(decide(partial, [c]) == .begin(coins: [c]))
        #expect(decide(partial, [a, c], late: 1) == .refuseExpired)
        #expect(partial.accepted.map(\.coinPub) == [a])
        #expect(!partial.isEnough(partial.accepted))
        #expect(partial.isEnough(partial.accepted + [coin(c)]))
    }

    @Test func anAcceptedCoinKeepsItsContribution() {
        let partial = progress([[([a], .accepted), ([b], refused())]])
        #expect(partial.decide([(a, amount("0.4")), (c, amount("0.6"))], expiry: now, now: now) == .refuseContribution(a))
    }

    @Test func aPermissionThatPaidWithAPartOfItsCoinsIsAnsweredAgain() {
        let completed = progress(isPaid: true, [[([a], .accepted), ([b], refused())], [([c], .accepted)]])
        // The second permission named the first coin as well or did not; the first one did not pay.
        #expect(decide(completed, [c]) == .repeatAnswer)
        #expect(decide(completed, [a, b]) == .refuseOtherCoins)
        let overpaid = progress(isPaid: true, [[([a, b], .accepted), ([c], refused())]])
        #expect(decide(overpaid, [a, b, c]) == .repeatAnswer)
    }

    @Test(arguments: [1206, 1012, 1003, 1015]) func aCoinThatIsBoundElsewhereIsNotTriedAgainInAnySet(code: Int64) {
        let named = progress([[([a, b], refused(409, code, a))]])
        #expect(decide(named, [a, c]) == .repeatRefusal(intent: 0))
        #expect(decide(named, [b, c]) == .begin(coins: [b, c]))
        let unnamed = progress([[([a, b], refused(409, code))]])
        #expect(decide(unnamed, [b, c]) == .repeatRefusal(intent: 0))
        #expect(decide(unnamed, [c]) == .begin(coins: [c]))
        // A name of a coin that was not sent is no name.
        #expect(decide(progress([[([a], refused(409, code, c))]]), [a]) == .repeatRefusal(intent: 0))
    }

    @Test func refusalsThatMayPassAreTriedAgainEverMoreSeldom() {
        let twice = Array(repeating: [([a], refused(451, 1028))], count: 2)
        #expect(decide(progress(twice), [a]) == .begin(coins: [a]))
        let often = Array(repeating: [([a], refused(451, 1028))], count: 10)
        #expect(decide(progress(often), [a]) == .repeatRefusal(intent: 9))
        #expect(decide(progress(often), [b]) == .begin(coins: [b]))
        let later = progress(often).decide(set([a]), expiry: .never, now: now.advanced(bySeconds: 128))
        #expect(later == .begin(coins: [a]))
        let ever = Array(repeating: [([a], refused(451, 1028))], count: Progress.maximumPermissions)
        #expect(decide(progress(ever), [b]) == .repeatRefusal(intent: Int64(Progress.maximumPermissions - 1)))
    }

    @Test func aRefusalOfAClockThatWasSetBackIsNoReasonToWait() {
        let ahead = Array(repeating: [([a], refused(451, 1028, at: now.advanced(bySeconds: 86_400 * 366)))], count: 10)
        #expect(decide(progress(ahead), [a]) == .begin(coins: [a]))
    }

    @Test func whatAPaymentDidNotNeedIsSurplusAndNothingElse() {
        let alone = [[([a], Progress.Intent.State.accepted), ([b], refused())], [([b, c], .accepted)]]
        #expect(progress(isPaid: true, alone).surplus == [0])
        #expect(progress(alone).surplus == [])
        // The first coin was needed.
        #expect(progress(isPaid: true, [[([a], .accepted), ([b], refused())], [([c], .accepted)]]).surplus == [])
        // It was under way at the same time, or is still.
        #expect(progress(isPaid: true, [[([a, b], .accepted), ([c], .accepted)]]).surplus == [])
        #expect(progress(isPaid: true, alone + [[([a], .open)]]).surplus == [])
    }

    @Test func aSetOfCoinsHasNoOrderButItsContributions() throws {
        let one = amount("1")
        #expect(CoinSet([(a, one), (b, one)]) == CoinSet([(b, one), (a, one)]))
        #expect(CoinSet([(a, one)]) != CoinSet([(a, amount("2"))]))
    }
}
