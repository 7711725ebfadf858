// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing
import Wallet

@Suite struct CoinSelectionTests {
    private typealias Candidate = CoinSelection.Candidate

    private func cents(_ count: UInt64) -> Amount {
        try! Amount.make(WorldKeys.currency, total: UInt128(count) * UInt128(Amount.fractionBase / 100))
    }

    private func coin(_ remaining: UInt64, fee: UInt64 = 1) -> CoinSelection.Candidate {
        Candidate(remaining: cents(remaining), depositFee: cents(fee))
    }

    /// What every choice must obey.
    private func check(_ selection: CoinSelection, _ coins: [CoinSelection.Candidate], _ price: Amount, _ maximumFee: Amount) throws {
        let fees = selection.picks.reduce(UInt128(0)) { $0 + coins[$1.index].depositFee.units }
        let paid = selection.picks.reduce(UInt128(0)) { $0 + $1.contribution.units }
        let needed = price.units + (fees > maximumFee.units ? fees - maximumFee.units : 0)
        #expect(paid >= needed)
        // No more than is needed, unless the coins' own fees demand it.
        #expect(paid == max(needed, fees) || paid == needed)
        #expect(selection.paid.units == paid)
        #expect(selection.fees.units == fees)
        #expect(Set(selection.picks.map(\.index)).count == selection.picks.count)
        #expect((1...CoinSelection.maximumCoins).contains(selection.picks.count))
        for pick in selection.picks {
            #expect(pick.contribution.units <= coins[pick.index].remaining.units)
            #expect(pick.contribution.units >= coins[pick.index].depositFee.units)
            #expect(!pick.contribution.isZero)
        }
    }

    /// The least fees of any choice, by trying them all.
    private func leastFees(_ coins: [CoinSelection.Candidate], _ price: Amount, _ maximumFee: Amount) -> UInt128? {
        var best: UInt128?
        for set in 1..<(1 << coins.count) {
            var (total, fees) = (UInt128(0), UInt128(0))
            for (index, coin) in coins.enumerated() where set & (1 << index) != 0 && coin.remaining.units >= coin.depositFee.units {
                total += coin.remaining.units
                fees += coin.depositFee.units
            }
            if total >= price.units + (fees > maximumFee.units ? fees - maximumFee.units : 0) { best = min(best ?? fees, fees) }
        }
        return best
    }

    @Test(arguments: 0..<40)
    func randomWalletsObeyTheRuleWithTheLeastFees(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<50 {
            let coins = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                coin(UInt64.random(in: 0...128, using: &random), fee: UInt64.random(in: 0...3, using: &random))
            }
            let price = cents(UInt64.random(in: 1...300, using: &random))
            let maximumFee = cents(UInt64.random(in: 0...6, using: &random))
            let least = leastFees(coins, price, maximumFee)
            do {
                let selection = try CoinSelection(coins, price: price, maximumFee: maximumFee)
                try check(selection, coins, price, maximumFee)
                #expect(selection.fees.units == least)
            } catch let shortfall as CoinSelection.Shortfall {
                #expect(least == nil)
                guard case .missing(let missing) = shortfall else { throw shortfall }
                // A coin without a fee of just that amount would do; a smaller one would not.
                let enough = coins + [Candidate(remaining: missing, depositFee: cents(0))]
                #expect(throws: Never.self) { try CoinSelection(enough, price: price, maximumFee: maximumFee) }
                let tiny = try Amount.make(WorldKeys.currency, total: missing.units - 1)
                let tooLittle = coins + [Candidate(remaining: tiny, depositFee: cents(0))]
                #expect(throws: CoinSelection.Shortfall.self) { try CoinSelection(tooLittle, price: price, maximumFee: maximumFee) }
            }
        }
    }

    @Test(arguments: 0..<8)
    func largeRandomWalletsObeyTheRule(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let coins = (0..<Int.random(in: 200...600, using: &random)).map { _ in
            coin(1 << UInt64.random(in: 0...10, using: &random), fee: UInt64.random(in: 0...1, using: &random))
        }
        for _ in 0..<5 {
            let price = cents(UInt64.random(in: 1...20_000, using: &random))
            let maximumFee = cents(UInt64.random(in: 0...50, using: &random))
            try check(try CoinSelection(coins, price: price, maximumFee: maximumFee), coins, price, maximumFee)
        }
    }

    @Test func exactChangeIsPreferredToBreakingALargerCoin() throws {
        let coins = [coin(8, fee: 0), coin(4, fee: 0), coin(2, fee: 0), coin(1, fee: 0)]
        let selection = try CoinSelection(coins, price: cents(3), maximumFee: cents(0))
        #expect(selection.picks.map(\.index) == [2, 3])
    }

    @Test func aCoinThatIsTooLargeGivesAPart() throws {
        let selection = try CoinSelection([coin(512)], price: cents(100), maximumFee: cents(0))
        #expect(selection.picks == [.init(index: 0, contribution: cents(101))])
    }

    @Test func theSmallestCoinThatSufficesIsTakenOfThoseWithTheSameFee() throws {
        let selection = try CoinSelection([coin(1024), coin(128), coin(512)], price: cents(100), maximumFee: cents(1))
        #expect(selection.picks == [.init(index: 1, contribution: cents(100))])
    }

    @Test func aCoinNeverGivesLessThanItsFee() throws {
        let selection = try CoinSelection([coin(100, fee: 5)], price: cents(1), maximumFee: cents(10))
        #expect(selection.picks == [.init(index: 0, contribution: cents(5))])
    }

    @Test func noMoreThan256CoinsAreUsed() throws {
        let pennies = Array(repeating: coin(1, fee: 0), count: 300)
        #expect(try CoinSelection(pennies, price: cents(256), maximumFee: cents(0)).picks.count == 256)
        #expect(throws: CoinSelection.Shortfall.tooManyCoins) {
            try CoinSelection(pennies, price: cents(257), maximumFee: cents(0))
        }
        let withLarge = pennies + [coin(300)]
        #expect(try CoinSelection(withLarge, price: cents(299), maximumFee: cents(0)).picks.count <= 256)
    }

    @Test func coinsOfAnotherCurrencyAreNotUsed() throws {
        let euro = Candidate(remaining: try Amount("EUR:5"), depositFee: try Amount("EUR:0"))
        #expect(throws: CoinSelection.Shortfall.missing(cents(100))) {
            try CoinSelection([euro], price: cents(100), maximumFee: cents(0))
        }
    }
}

/// Random numbers that are the same at every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
