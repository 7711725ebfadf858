// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

struct DepositConversationTests {
    typealias Action = DepositConversation.Action

    static let refusals: [(String, Int, Int64)] = [
        ("21-conflicting-contract-wire-deadline", 409, 1206), ("25-double-spend", 409, 1012), ("34-bad-coin-sig", 403, 1205),
        ("35-bad-ub-sig", 403, 1006), ("37-bad-merchant-sig", 400, 26), ("43-missing-field", 400, 22),
        ("49-contribution-below-fee", 400, 1207),
        ("55-refund-after-wire", 400, 1208), ("70-conflicting-denomination", 409, 1003), ("104-kyc-451", 451, 1028),
    ]

    @Test(arguments: refusals) func aRealRefusalOfAFirstAttemptIsFinal(name: String, status: Int, code: Int64) throws {
        var conversation = DepositConversation(mayHaveReached: false)
        guard case .close(let refusal) = conversation.received(try RecordedCall(name).response) else {
            Issue.record("not closed")
            return
        }
        #expect(refusal.status == status)
        #expect(refusal.code == code)
    }

    @Test(arguments: refusals) func theSameRefusalAfterADoubtIsNoOutcome(name: String, status: Int, code: Int64) throws {
        for error in [SendError.timedOut, .noAnswer("cut")] {
            var conversation = DepositConversation(mayHaveReached: false)
            _ = conversation.failed(error)
            #expect(conversation.received(try RecordedCall(name).response) == .keepOpen(.refusedAfterDoubt(status: status, code: code)))
        }
    }

    @Test func aConnectionThatWasNeverMadeLeavesNoDoubt() throws {
        var conversation = DepositConversation(mayHaveReached: false)
        #expect(conversation.failed(.notSent("refused")) == .keepOpen(.unreachable("refused")))
        guard case .close = conversation.received(try RecordedCall("25-double-spend").response) else {
            Issue.record("not closed")
            return
        }
    }

    @Test(arguments: ["36-unknown-denomination", "122-denomination-expired", "120-denomination-revoked", "62-denomination-in-future"])
    func keysAreRefreshedOnceBeforeADenominationIsGivenUp(name: String) throws {
        let answer = try RecordedCall(name).response
        var conversation = DepositConversation(mayHaveReached: false)
        #expect(conversation.received(answer) == .refreshKeysAndRepeat)
        guard case .close(let refusal) = conversation.received(answer) else {
            Issue.record("not closed")
            return
        }
        #expect(refusal.status == answer.status)
    }

    @Test func anAnswerThatIsNoneIsADoubt() {
        let nonsense = [
            Response(status: 500, json: ["code": 55, "hint": "x"]), Response(status: 200, type: "text/html", text: "<p>hello"),
            Response(status: 200, json: ["exchange_sig": "short"]), Response(status: 403, type: "text/html", text: "<p>proxy"),
            Response(status: 301), Response(status: 204), Response(status: 404, json: ["hint": "no code"]),
        ]
        for response in nonsense {
            var conversation = DepositConversation(mayHaveReached: false)
            guard case .keepOpen(.nonsense) = conversation.received(response) else {
                Issue.record("\(response.status) was taken for an outcome")
                continue
            }
            #expect(conversation.mayHaveReached)
        }
    }

    @Test func aConfirmationThatDoesNotVerifyNeverCloses() throws {
        var conversation = DepositConversation(mayHaveReached: false)
        guard case .verify = conversation.received(try RecordedCall("15-batch-deposit-ok").response) else {
            Issue.record("not to be verified")
            return
        }
        #expect(conversation.confirmationRefused("key", isUnknownKey: true) == .refreshKeysAndRepeat)
        #expect(conversation.confirmationRefused("key", isUnknownKey: true) == .keepOpen(.nonsense("key")))
        #expect(conversation.mayHaveReached)
    }

    @Test func busyAnswersSayNothingAboutTheDeposit() throws {
        var conversation = DepositConversation(mayHaveReached: false)
        guard case .keepOpen(.unreachable) = conversation.received(Response(status: 429, json: ["code": 1])) else {
            Issue.record("closed")
            return
        }
        #expect(!conversation.mayHaveReached)
    }
}
