// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import TalerWire

/// What is going to happen to one payment: the same for the same seed and number.
struct PaymentPlan: Sendable, Equatable {
    /// From 1; also the contract's transaction id.
    let number: Int64
    let price: Amount
    /// Values of the coins; each contributes all of its value.
    let coins: [Amount]
    /// For the contract's requests to each endpoint, in their order.
    var faults: [Passing.Endpoint: [PlannedFault]] = [:]
    /// How often the button is clicked at once.
    var clicks = 1
    /// How often the wallet sends the same permission again while it was not told 200.
    var repeats = 0
    /// Another wallet pays the same contract at the same time.
    var hasRival = false
    /// After a refusal the wallet tries once more, with other coins.
    var triesOtherCoins = false
    /// A coin that the payment before has spent is among the coins.
    var reusesCoin = false
    /// By how many seconds the backend's clock is wrong while the first permission comes.
    var clockError: Int64 = 0

    /// The exchange wants to know the shop's owner while the first permission comes.
    var asksForOwner = false

    init(seed: UInt64, number: Int64) {
        var generator = SeededGenerator(seed: seed, stream: UInt64(number))
        self.number = number
        let purse = [["0.64"], ["0.32", "0.32"], ["1.28"], ["0.08", "0.04", "0.02"], ["0.64", "0.16", "0.08"], ["2.56", "0.01"]]
        coins = (purse.randomElement(using: &generator) ?? ["0.64"]).map(amount)
        // The fees of all of these coins are borne by the merchant.
        price = (try? Amount.sum(coins, in: SharedKeys.currency)) ?? amount("0.64")
        if generator.chance(65) {
            let count = [1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
            faults[.batchDeposit] = (0..<count).map { _ in Self.fault(&generator) }
        }
        if generator.chance(3) { faults[.batchDeposit, default: []].append(PlannedFault(fault: .killBefore)) }
        if generator.chance(4) { faults[.batchDeposit, default: []].append(PlannedFault(fault: .killAfter)) }
        switch number % 100 {
        // The exchange wants to know the shop's owner before it takes money, and forgets what it took already.
        case 40..<46:
            faults[.batchDeposit] = [
                PlannedFault(fault: .dropAnswer), PlannedFault(fault: .status(451)), PlannedFault(fault: .status(451)),
            ]
        case 46..<50: asksForOwner = true
        // The denomination expires between two attempts.
        case 70..<74:
            faults[.batchDeposit] = [PlannedFault(fault: .dropAnswer)] + Array(repeating: PlannedFault(fault: .status(410)), count: 4)
        default: break
        }
        if generator.chance(25) { faults[.deposits] = [Self.fault(&generator), Self.fault(&generator)].filter(Self.canBeSeenThrough) }
        if generator.chance(15) { clicks = Int.random(in: 2...5, using: &generator) }
        if generator.chance(75) { repeats = Int.random(in: 1...4, using: &generator) }
        hasRival = generator.chance(8)
        triesOtherCoins = generator.chance(50)
        reusesCoin = number > 1 && generator.chance(7)
        if generator.chance(4) { clockError = [-86_400, 600, 7200, 400 * 86_400].randomElement(using: &generator) ?? 0 }
    }

    /// The protocol does not sign the exchange's "I have it" before the transfer: whoever forges that on the way is believed, until the
    /// exchange's signature fails to come. What keeps him out is the connection's encryption.
    private static func canBeSeenThrough(_ fault: PlannedFault) -> Bool {
        fault.fault != .status(202) && fault.fault != .answerStatus(202)
    }

    static func fault(_ generator: inout SeededGenerator) -> PlannedFault {
        // What happens on the way is more frequent than each status by itself.
        let fault =
            generator.chance(65)
            ? Fault.all.prefix(14).randomElement(using: &generator) : Fault.all.dropFirst(14).randomElement(using: &generator)
        return PlannedFault(fault: fault ?? .drop, salt: generator.next())
    }
}
