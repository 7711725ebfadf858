// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

extension DepositConversation {
    /// About a batch at `https://exchange.example/`.
    static func make(
        coins: Int = 1, wired: Set<Int> = [], isUnconfirmed: Bool = false, wireDeadline: UInt64 = 1000, mayHaveReached: Bool = false
    ) throws -> DepositConversation {
        DepositConversation(
            Subject(
                baseURL: "https://exchange.example/", coinCount: coins, wired: wired, isUnconfirmed: isUnconfirmed,
                wireDeadline: try Timestamp(seconds: wireDeadline)), mayHaveReached: mayHaveReached)
    }

    mutating func received(_ response: Response, redirect: String? = nil) -> Action {
        received(response, redirect: redirect, now: .zero)
    }
}

/// What the batch itself is answered with.
struct DepositConversationTests {
    typealias Action = DepositConversation.Action

    static let refusals: [(String, Int, Int64)] = [
        ("21-conflicting-contract-wire-deadline", 409, 1206), ("25-double-spend", 409, 1012), ("34-bad-coin-sig", 403, 1205),
        ("35-bad-ub-sig", 403, 1006), ("37-bad-merchant-sig", 400, 26), ("43-missing-field", 400, 22),
        ("49-contribution-below-fee", 400, 1207),
        ("55-refund-after-wire", 400, 1208), ("70-conflicting-denomination", 409, 1003), ("104-kyc-451", 451, 1028),
    ]

    @Test(arguments: refusals) func aRealRefusalOfAFirstAttemptIsFinal(name: String, status: Int, code: Int64) throws {
        var conversation = try DepositConversation.make()
        #expect(conversation.begin() == .send(url: "https://exchange.example/batch-deposit"))
        guard case .close(let refusal) = conversation.received(try RecordedCall(name).response) else {
            Issue.record("not closed")
            return
        }
        #expect(refusal.status == status)
        #expect(refusal.code == code)
    }

    @Test(arguments: refusals) func theSameRefusalAfterADoubtIsNoOutcomeButAQuestion(name: String, status: Int, code: Int64) throws {
        for error in [SendError.timedOut, .noAnswer("cut")] {
            var first = try DepositConversation.make()
            _ = first.begin()
            _ = first.failed(error)
            #expect(first.mayHaveReached)
            var second = try DepositConversation.make(mayHaveReached: first.mayHaveReached)
            _ = second.begin()
            #expect(second.received(try RecordedCall(name).response) == .ask(coin: 0, url: nil))
            #expect(second.failed(.timedOut) == .keepOpen(.refusedAfterDoubt(status: status, code: code)))
        }
    }

    @Test func aConnectionThatWasNeverMadeLeavesNoDoubt() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        #expect(conversation.failed(.notSent("refused")) == .keepOpen(.unreachable("refused")))
        #expect(!conversation.mayHaveReached)
    }

    @Test(arguments: ["36-unknown-denomination", "122-denomination-expired", "120-denomination-revoked", "62-denomination-in-future"])
    func keysAreRefreshedOnceBeforeADenominationIsGivenUp(name: String) throws {
        let answer = try RecordedCall(name).response
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        #expect(conversation.received(answer) == .refreshKeys)
        #expect(conversation.keysRefreshed() == .send(url: "https://exchange.example/batch-deposit"))
        guard case .close(let refusal) = conversation.received(answer) else {
            Issue.record("not closed")
            return
        }
        #expect(refusal.status == answer.status)
    }

    @Test func anAnswerThatIsNoneIsADoubt() throws {
        let nonsense = [
            Response(status: 200, type: "text/html", text: "<p>hello"), Response(status: 200, json: ["exchange_sig": "short"]),
            Response(status: 403, type: "text/html", text: "<p>proxy"), Response(status: 301), Response(status: 204),
            Response(status: 404, json: ["hint": "no code"]), Response(status: 200, json: []),
            Response(status: 409, json: ["code": "1012"]),
        ]
        for response in nonsense {
            var conversation = try DepositConversation.make()
            _ = conversation.begin()
            guard case .keepOpen(.nonsense) = conversation.received(response) else {
                Issue.record("\(response.status) was taken for an outcome")
                continue
            }
            #expect(conversation.mayHaveReached)
        }
    }

    @Test func anExchangeThatFailsSaysNothing() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        #expect(conversation.received(Response(status: 500, json: ["code": 55])) == .keepOpen(.failing(status: 500)))
        #expect(conversation.mayHaveReached)
    }

    @Test func aConfirmationThatDoesNotVerifyNeverCloses() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        let answer = try RecordedCall("15-batch-deposit-ok").response
        guard case .verify = conversation.received(answer) else {
            Issue.record("not to be verified")
            return
        }
        #expect(conversation.confirmationRefused("key", isUnknownKey: true) == .refreshKeys)
        guard case .send = conversation.keysRefreshed(), case .verify = conversation.received(answer) else {
            Issue.record("not sent again")
            return
        }
        #expect(conversation.confirmationRefused("key", isUnknownKey: true) == .keepOpen(.nonsense("key")))
        #expect(conversation.mayHaveReached)
    }

    @Test func aConfirmationThatVerifiesSettles() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        guard case .verify(let success) = conversation.received(try RecordedCall("15-batch-deposit-ok").response) else {
            Issue.record("not to be verified")
            return
        }
        #expect(conversation.confirmationVerified() == .settle(.confirmed(success)))
    }

    @Test func busyAnswersSayNothingAboutTheDeposit() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        guard case .keepOpen(.unreachable) = conversation.received(Response(status: 429, json: ["code": 1])) else {
            Issue.record("closed")
            return
        }
        #expect(!conversation.mayHaveReached)
    }

    @Test(arguments: [307, 308]) func redirectsAreFollowedThreeTimes(status: Int) throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        for number in 1...3 {
            let place = "https://exchange.example/\(number)/batch-deposit"
            #expect(conversation.received(Response(status: status), redirect: place) == .send(url: place))
        }
        guard case .keepOpen(.nonsense) = conversation.received(Response(status: status), redirect: "https://exchange.example/4") else {
            Issue.record("followed")
            return
        }
        #expect(conversation.mayHaveReached)
    }

    @Test func aRedirectToWhereNothingMayBeFetchedIsADoubt() throws {
        var conversation = try DepositConversation.make()
        _ = conversation.begin()
        guard case .keepOpen(.nonsense) = conversation.received(Response(status: 307, fields: ["Location": "http://10.0.0.1/"])) else {
            Issue.record("followed")
            return
        }
        #expect(conversation.mayHaveReached)
    }
}
