// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// A wire that loses, delays and lies at random between the machine and an exchange that is honest in its books. Whatever happens, a
/// deposit that the exchange has is never closed, and one that it has not is never settled.
struct DepositConversationModelTests {
    private struct Model {
        var random: SeededNumbers
        let coins: Int
        /// The books.
        var hasCoins = false
        var isWired = false
        /// Why it refuses new batches at present; those that it has are refused by this too, as it looks there first.
        var refusal: Response?
        /// Requests that were given up by the sender and arrive later.
        var onTheWay = 0
        var now: UInt64 = 0
        let wireDeadline: UInt64 = 500

        mutating func arrive() { if refusal == nil { hasCoins = true } }

        mutating func pass() {
            now += UInt64(random.below(40))
            // Nothing is on its way for ever.
            while onTheWay > 0, random.below(2) == 0 || now + 40 > wireDeadline {
                onTheWay -= 1
                arrive()
            }
            if random.below(4) == 0 { refusal = random.below(2) == 0 ? nil : Self.refusals[random.below(Self.refusals.count)] }
            if hasCoins, random.below(10) == 0 { isWired = true }
        }

        static let refusals: [Response] = [(410, 1009), (404, 1005), (451, 1028), (403, 1205), (409, 1012), (400, 22)].map {
            Response(status: $0, json: ["code": .integer($1), "hint": "no"])
        }
    }

    private enum Ending: Equatable { case open, unconfirmed, settled, closed }

    @Test(arguments: 0..<400) func whatTheExchangeHasIsNeverLostAndNeverPretended(seed: Int) throws {
        var model = Model(random: SeededNumbers(seed: UInt64(seed)), coins: 1 + seed % 3)
        if seed % 2 == 0 { model.refusal = Model.refusals[seed % Model.refusals.count] }
        let confirmed = try RecordedCall("15-batch-deposit-ok").response
        let wired = try RecordedCall("91-deposits-200").response
        var mayHaveReached = false
        var held: Set<Int> = []
        var ending = Ending.open
        for _ in 0..<60 where ending == .open || ending == .unconfirmed {
            var conversation = DepositConversation(
                .init(
                    baseURL: "https://exchange.example/", coinCount: model.coins, wired: held, isUnconfirmed: ending == .unconfirmed,
                    wireDeadline: try Timestamp(seconds: model.wireDeadline)), mayHaveReached: mayHaveReached)
            var action = conversation.begin()
            var steps = 0
            attempt: while true {
                steps += 1
                try #require(steps < 100)
                let now = try Timestamp(seconds: model.now)
                let luck = model.random.below(10)
                switch action {
                case .send:
                    switch luck {
                    case 0: action = conversation.failed(.notSent("down"))
                    case 1:
                        model.arrive()
                        action = conversation.failed(.noAnswer("lost"))
                    case 2:
                        model.onTheWay += 1
                        action = conversation.failed(.timedOut)
                    case 3: action = conversation.received(Response(status: 502), now: now)
                    case 4: action = conversation.received(Response(status: 307), now: now)
                    default:
                        model.arrive()
                        action = conversation.received(model.refusal ?? confirmed, now: now)
                    }
                case .verify:
                    // A lie now and then, even where the exchange has accepted.
                    action =
                        luck == 0 || !model.hasCoins
                        ? conversation.confirmationRefused("wrong", isUnknownKey: luck % 2 == 0) : conversation.confirmationVerified()
                case .refreshKeys: action = conversation.keysRefreshed()
                case .ask:
                    switch luck {
                    case 0: action = conversation.failed(.timedOut)
                    case 1: action = conversation.received(Response(status: 500), now: now)
                    case 2: action = conversation.received(Response(status: 404, json: ["code": 21]), now: now)
                    default:
                        let truth = model.hasCoins ? (model.isWired ? wired : DepositInquiryTests.pending) : DepositInquiryTests.notThere
                        action = conversation.received(truth, now: now)
                    }
                case .verifyWire: action = luck == 0 ? conversation.wireRefused(isUnknownKey: true) : conversation.wireVerified(now: now)
                case .settle(let evidence):
                    #expect(model.hasCoins)
                    if case .wired(let new) = evidence { #expect(held.union(new.keys).count == model.coins) }
                    ending = .settled
                    break attempt
                case .settleUnconfirmed(let new):
                    #expect(model.hasCoins)
                    held.formUnion(new.keys)
                    ending = .unconfirmed
                    break attempt
                case .close:
                    #expect(!model.hasCoins && model.onTheWay == 0)
                    #expect(ending == .open)
                    ending = .closed
                    break attempt
                case .keepOpen: break attempt
                }
            }
            mayHaveReached = conversation.mayHaveReached
            if ending == .open, model.hasCoins { #expect(mayHaveReached) }
            model.pass()
        }
        // In the end the books agree.
        #expect(ending != .closed || !model.hasCoins)
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }
}
