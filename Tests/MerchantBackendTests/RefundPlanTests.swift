// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import MerchantCore
import TalerWire
import Testing

struct RefundPlanTests {
    let step = amount("0.01")

    func coin(_ contribution: String, fee: String? = "0.01", asked: String = "0", isClosed: Bool = false) -> RefundableCoin {
        RefundableCoin(
            contribution: amount(contribution), refundFee: fee.map { amount($0) }, asked: amount(asked),
            isClosed: isClosed)
    }

    func part(_ index: Int, _ digits: String) -> RefundPlan.Part { .init(position: index, amount: amount(digits)) }

    @Test func aPartIsTakenFromTheFirstCoins() throws {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64"), coin("0.38")])
        #expect(try plan.raising(amount("0"), to: amount("0.5"), step: step) == [part(0, "0.5")])
        #expect(try plan.raising(amount("0"), to: amount("0.7"), step: step) == [part(0, "0.64"), part(1, "0.06")])
    }

    @Test func theWholePriceGivesEveryCoinItsWholeContributionBack() throws {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64"), coin("0.38")])
        #expect(try plan.raising(amount("0"), to: amount("1"), step: step) == [part(0, "0.64"), part(1, "0.38")])
    }

    @Test func theRestOfThePriceGivesBackWhatIsLeft() throws {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64", asked: "0.5"), coin("0.38")])
        #expect(try plan.raising(amount("0.5"), to: amount("1"), step: step) == [part(0, "0.14"), part(1, "0.38")])
    }

    @Test func moreThanThePriceIsTooMuch() {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64"), coin("0.38")])
        #expect(throws: RefundPlan.Refusal.tooMuch(limit: amount("1"))) {
            try plan.raising(amount("0"), to: amount("1.01"), step: step)
        }
    }

    @Test func moreThanWasTakenIsTooMuch() {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64")])
        #expect(throws: RefundPlan.Refusal.tooMuch(limit: amount("0.64"))) { try plan.raising(amount("0"), to: amount("1"), step: step) }
    }

    @Test func whatIsNotAboveTheFeeIsRefusedWithTheAmountThatIsPossible() {
        let plan = RefundPlan(price: amount("0.5"), coins: [coin("0.5")])
        #expect(throws: RefundPlan.Refusal.cannotBeSplit(refundable: amount("0.5"))) {
            try plan.raising(amount("0"), to: amount("0.01"), step: step)
        }
    }

    @Test func anotherCoinDoesNotMakeUpForAFailedPart() throws {
        // 0.3 of the first coin were asked for and failed: that coin is not used again, and only the difference is asked of the other.
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64", isClosed: true), coin("0.38")])
        #expect(try plan.raising(amount("0.3"), to: amount("0.5"), step: step) == [part(1, "0.2")])
        #expect(throws: RefundPlan.Refusal.cannotBeSplit(refundable: amount("0.68"))) {
            try plan.raising(amount("0.3"), to: amount("1"), step: step)
        }
        #expect(try plan.raising(amount("0.3"), to: amount("0.68"), step: step) == [part(1, "0.38")])
    }

    @Test func everythingLeavesOutWhatWouldNotReachTheBuyer() throws {
        let plan = RefundPlan(price: amount("1"), coins: [coin("0.64"), coin("0.01"), coin("0.32", asked: "0.32")])
        #expect(try plan.everything() == [part(0, "0.64")])
    }

    @Test func aCoinOfAnUnknownFeeIsGivenBackAsAWhole() throws {
        let plan = RefundPlan(price: amount("0.5"), coins: [coin("0.5", fee: nil)])
        #expect(try plan.raising(amount("0"), to: amount("0.5"), step: step) == [part(0, "0.5")])
        #expect(throws: RefundPlan.Refusal.self) { try plan.raising(amount("0"), to: amount("0.2"), step: step) }
    }

    @Test func aCoinIsWhollyAskedBackWhenNothingOfItIsLeft() {
        #expect(coin("0.5", asked: "0.5").isWhollyAskedBack)
        #expect(coin("0.01").isWhollyAskedBack)
        #expect(!coin("0.5", asked: "0.49").isWhollyAskedBack)
        #expect(!coin("0.5", isClosed: true).isWhollyAskedBack)
    }
}
