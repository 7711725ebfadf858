// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// What the exchange says of the coins, when it has refused the batch and an earlier attempt is in doubt.
struct DepositInquiryTests {
    typealias Action = DepositConversation.Action
    static let pending = Response(status: 202, json: ["execution_time": ["t_s": 2000], "kyc_ok": true])
    static let notThere = Response(status: 404, json: ["code": 1100, "hint": "not found"])
    static let refusal = Response(status: 410, json: ["code": 1009, "hint": "expired"])

    static func wired() throws -> (Response, DepositWired) {
        let response = try RecordedCall("91-deposits-200").response
        return (response, try response.json().decode())
    }

    /// In doubt, and just refused.
    func refused(coins: Int = 1, wired: Set<Int> = [], isUnconfirmed: Bool = false, now: UInt64 = 0) throws -> (DepositConversation, Action)
    {
        var conversation = try DepositConversation.make(
            coins: coins, wired: wired, isUnconfirmed: isUnconfirmed, mayHaveReached: !isUnconfirmed)
        _ = conversation.begin()
        #expect(conversation.received(Self.refusal) == .refreshKeys)
        _ = conversation.keysRefreshed()
        let action = conversation.received(Self.refusal, now: try Timestamp(seconds: now))
        return (conversation, action)
    }

    static let inDoubt = Action.keepOpen(.refusedAfterDoubt(status: 410, code: 1009))

    @Test func whoeverStandsBeforeTheExchangeAndRefusesForEverKeepsNoCoinInTheAirForEver() throws {
        let proxy = Response(status: 413, type: "text/html", text: "<h1>413</h1>")
        for (now, isOver) in [(1000, false), (1001, true)] as [(UInt64, Bool)] {
            var conversation = try DepositConversation.make(wireDeadline: 1000, mayHaveReached: true)
            _ = conversation.begin()
            #expect(conversation.received(proxy) == .ask(coin: 0, url: nil))
            let end = conversation.received(Self.notThere, now: try Timestamp(seconds: now))
            guard isOver else {
                #expect(end == .keepOpen(.refusedAfterDoubt(status: 413, code: 10)))
                continue
            }
            guard case .close(let refusal) = end else {
                Issue.record("\(end)")
                continue
            }
            #expect(refusal.status == 413 && refusal.code == 10)
        }
    }

    @Test func coinsOfWhichTheExchangeSaysThatItHasThemCountAsAccepted() throws {
        var (conversation, action) = try refused(coins: 2)
        #expect(action == .ask(coin: 0, url: nil))
        action = conversation.received(Self.pending)
        #expect(action == .ask(coin: 1, url: nil))
        #expect(conversation.received(Self.pending) == .settleUnconfirmed([:]))
    }

    @Test func coinsWhoseTransferIsSignedAreSettledByThat() throws {
        let (response, wired) = try Self.wired()
        var (conversation, _) = try refused(coins: 2)
        #expect(conversation.received(response) == .verifyWire(coin: 0, wired))
        #expect(conversation.wireVerified(now: .zero) == .ask(coin: 1, url: nil))
        #expect(conversation.received(response) == .verifyWire(coin: 1, wired))
        #expect(conversation.wireVerified(now: .zero) == .settle(.wired([0: wired, 1: wired])))
    }

    @Test func aTransferOfSomeCoinsIsKeptWhileTheOthersAwaitTheirs() throws {
        let (response, wired) = try Self.wired()
        var (conversation, _) = try refused(coins: 2)
        _ = conversation.received(response)
        _ = conversation.wireVerified(now: .zero)
        #expect(conversation.received(Self.pending) == .settleUnconfirmed([0: wired]))
    }

    @Test func coinsWhoseTransferIsHeldAreNotAskedForAgain() throws {
        let (response, wired) = try Self.wired()
        var (conversation, action) = try refused(coins: 2, wired: [0], isUnconfirmed: true)
        #expect(action == .ask(coin: 1, url: nil))
        _ = conversation.received(response)
        action = conversation.wireVerified(now: .zero)
        #expect(action == .settle(.wired([1: wired])))
        var whole = try DepositConversation.make(coins: 2, wired: [0, 1], isUnconfirmed: true)
        #expect(whole.begin() == .settle(.wired([:])))
    }

    @Test func coinsThatAreNotThereAreAskedForAgainUntilTheWireDeadline() throws {
        for (now, isClosed) in [(0, false), (1000, false), (1001, true)] as [(UInt64, Bool)] {
            var (conversation, _) = try refused(coins: 2, now: now)
            let time = try Timestamp(seconds: now)
            _ = conversation.received(Self.notThere, now: time)
            let action = conversation.received(Self.notThere, now: time)
            if isClosed {
                #expect(action == .close(.init(status: 410, answer: try Self.refusal.json())))
            } else {
                #expect(action == Self.inDoubt)
            }
        }
    }

    @Test func someCoinsThereAndOthersNotIsNonsense() throws {
        for answers in [[Self.pending, Self.notThere], [Self.notThere, Self.pending]] {
            var (conversation, _) = try refused(coins: 2, now: 5000)
            _ = conversation.received(answers[0], now: try Timestamp(seconds: 5000))
            guard case .keepOpen(.nonsense) = conversation.received(answers[1], now: try Timestamp(seconds: 5000)) else {
                Issue.record("taken for an outcome")
                continue
            }
        }
    }

    @Test func anUnconfirmedDepositIsNeverClosed() throws {
        var (conversation, action) = try refused(isUnconfirmed: true, now: 5000)
        #expect(action == .ask(coin: 0, url: nil))
        action = conversation.received(Self.notThere, now: try Timestamp(seconds: 5000))
        guard case .keepOpen = action else {
            Issue.record("\(action)")
            return
        }
    }

    static let useless = [
        Response(status: 200, type: "text/html", text: "<p>"), Response(status: 202, type: "text/html", text: "<p>"),
        Response(status: 200, json: ["wtid": 5]), Response(status: 404, json: ["code": 21]), Response(status: 404), Response(status: 403),
        Response(status: 500), Response(status: 307), Response(status: 204),
    ]

    @Test(arguments: useless) func anAnswerThatSaysNothingOfTheCoinLeavesItInDoubt(response: Response) throws {
        var (conversation, _) = try refused(now: 5000)
        #expect(conversation.received(response, now: try Timestamp(seconds: 5000)) == Self.inDoubt)
    }

    @Test(arguments: [SendError.timedOut, .noAnswer("cut"), .notSent("down")]) func noAnswerLeavesItInDoubt(error: SendError) throws {
        var (conversation, _) = try refused(now: 5000)
        #expect(conversation.failed(error) == Self.inDoubt)
    }

    @Test func aTransferThatDoesNotVerifyIsNotBelieved() throws {
        let (response, wired) = try Self.wired()
        var (conversation, _) = try refused()
        _ = conversation.received(response)
        // The keys were refreshed in this attempt already.
        #expect(conversation.wireRefused(isUnknownKey: true) == Self.inDoubt)
        var other = try DepositConversation.make(mayHaveReached: true)
        _ = other.begin()
        _ = other.received(Response(status: 403, json: ["code": 1205]))
        _ = other.received(response)
        #expect(other.wireRefused(isUnknownKey: true) == .refreshKeys)
        #expect(other.keysRefreshed() == .verifyWire(coin: 0, wired))
        #expect(other.wireRefused(isUnknownKey: false) == .keepOpen(.refusedAfterDoubt(status: 403, code: 1205)))
    }

    @Test func aQuestionFollowsRedirectsToo() throws {
        var (conversation, _) = try refused()
        #expect(
            conversation.received(Response(status: 307), redirect: "https://exchange.example/d")
                == .ask(coin: 0, url: "https://exchange.example/d"))
        #expect(conversation.received(Self.pending) == .settleUnconfirmed([:]))
    }
}
