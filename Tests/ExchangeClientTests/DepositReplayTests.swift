// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import TestVectors
import Testing

/// Every answer to a batch deposit that was recorded from real exchanges, and what is to be concluded from it.
struct DepositReplayTests {
    enum Conclusion: Sendable {
        /// Its signature verifies.
        case settles
        /// A refusal: the end, or after a doubt a question about the coins.
        case closes(Int, Int64)
        /// The same, once it came again with fresh keys.
        case closesWithFreshKeys(Int, Int64)
    }

    static let protocol23: [(String, Conclusion)] = [
        ("15-batch-deposit-ok", .settles),
        ("16-batch-deposit-repeat", .settles),
        ("17-batch-deposit-more-coins-same-contract", .settles),
        ("18-batch-deposit-repeat-other-order", .settles),
        ("19-batch-deposit-repeat-subset", .settles),
        ("20-batch-deposit-same-coin-other-contribution", .closes(409, 1012)),
        ("21-conflicting-contract-wire-deadline", .closes(409, 1206)),
        ("22-conflicting-contract-no-refund-deadline", .closes(409, 1206)),
        ("23-conflicting-contract-salt", .closes(409, 1206)),
        ("24-conflicting-contract-timestamp", .closes(409, 1206)),
        ("25-double-spend", .closes(409, 1012)),
        ("26-after-double-spend-fresh-coin", .settles),
        ("27-partial-contribution", .settles),
        ("28-partial-contribution-too-much", .closes(409, 1012)),
        ("29-partial-contribution-rest", .settles),
        ("30-no-merchant-sig", .settles),
        ("31-no-refund-deadline", .settles),
        ("32-wallet-data-hash", .settles),
        ("33-unknown-fields", .settles),
        ("34-bad-coin-sig", .closes(403, 1205)),
        ("35-bad-ub-sig", .closes(403, 1006)),
        ("36-unknown-denomination", .closesWithFreshKeys(404, 1005)),
        ("37-bad-merchant-sig", .closes(400, 26)),
        ("38-merchant-sig-zero", .closes(403, 1205)),
        ("39-other-denomination", .closes(403, 1006)),
        ("40-malformed-json", .closes(400, 22)),
        ("41-empty-body", .closes(400, 22)),
        ("42-json-array-body", .closes(400, 22)),
        ("43-missing-field", .closes(400, 22)),
        ("44-wrong-type", .closes(400, 22)),
        ("45-short-key", .closes(400, 22)),
        ("46-bad-currency", .closes(400, 22)),
        ("47-bad-amount", .closes(400, 22)),
        ("48-contribution-above-value", .closes(400, 1021)),
        ("49-contribution-below-fee", .closes(400, 1207)),
        ("50-contribution-equals-fee", .settles),
        ("51-no-coins", .closes(400, 26)),
        ("52-257-coins", .closes(400, 26)),
        ("53-256-coins", .settles),
        ("54-same-coin-twice", .settles),
        ("55-refund-after-wire", .closes(400, 1208)),
        ("56-wire-never", .closes(400, 1209)),
        ("57-payto-no-receiver", .closes(400, 22)),
        ("58-payto-bad-iban", .closes(400, 22)),
        ("59-payto-other-method", .settles),
        ("60-bad-payto-scheme", .closes(400, 22)),
        ("61-future-timestamp", .settles),
        ("62-denomination-in-future", .closesWithFreshKeys(410, 1008)),
        ("68-deflate-body", .settles),
        ("69-text-plain-body", .settles),
        ("70-conflicting-denomination", .closes(409, 1003)),
        ("71-batch-deposit-for-refund", .settles),
        ("97-deposit-repeat-after-wire", .settles),
        ("98-reuse-refunded-value", .settles),
        ("103-kyc-small-451", .closes(451, 1028)),
        ("104-kyc-451", .closes(451, 1028)),
        ("105-kyc-451-repeat", .closes(451, 1028)),
        ("112-kyc-small-after-auth", .settles),
        ("113-kyc-451-after-auth", .closes(451, 1028)),
        ("118-kyc-deposit-after", .settles),
        ("120-denomination-revoked", .closesWithFreshKeys(410, 1010)),
        ("122-denomination-expired", .closesWithFreshKeys(410, 1009)),
        ("123-cs-deposit", .settles),
        ("124-cs-rsa-mixed", .settles),
        ("125-cs-bad-ub-sig", .closes(403, 1006)),
    ]

    static let protocol14: [(String, Conclusion)] = [
        ("batch-deposit-bad-coin-sig", .closes(403, 1205)),
        ("batch-deposit-bad-denomination-sig", .closes(403, 1006)),
        ("batch-deposit-bad-payto", .closes(400, 26)),
        ("batch-deposit-below-fee", .closes(400, 1207)),
        ("batch-deposit-conflict-deadline", .settles),
        ("batch-deposit-double-spend", .closes(409, 1012)),
        ("batch-deposit-malformed-json", .closes(400, 22)),
        ("batch-deposit-missing-member", .closes(400, 22)),
        ("batch-deposit-no-coins", .closes(400, 26)),
        ("batch-deposit-ok", .settles),
        ("batch-deposit-ok-2", .settles),
        ("batch-deposit-over-value", .closes(400, 1021)),
        ("batch-deposit-repeat", .settles),
        ("batch-deposit-wire-before-refund", .closes(400, 1208)),
    ]
    static let all = protocol23.map { ("protocol23/" + $0.0, $0.1) } + protocol14.map { ("protocol14/" + $0.0, $0.1) }

    @Test(arguments: all, [false, true]) func aRecordedAnswerLeadsToItsConclusion(
        row: (path: String, conclusion: Conclusion), mayHaveReached: Bool
    ) throws {
        let call = try RecordedCall(path: row.path)
        let answer = try call.response.json()
        var conversation = try DepositConversation.make(coins: 2, mayHaveReached: mayHaveReached)
        let send = DepositConversation.Action.send(url: "https://exchange.example/batch-deposit")
        #expect(conversation.begin() == send)
        var action = conversation.received(call.response)
        switch row.conclusion {
        case .settles:
            let success: DepositSuccess = try answer.decode()
            #expect(action == .verify(success))
            try verify(success, call, isOld: row.path.hasPrefix("protocol14"))
            #expect(conversation.confirmationVerified() == .settle(.confirmed(success)))
        case .closes(let status, let code):
            try conclude(action, status, code, answer, mayHaveReached: mayHaveReached)
        case .closesWithFreshKeys(let status, let code):
            #expect(action == .refreshKeys)
            #expect(conversation.keysRefreshed() == send)
            action = conversation.received(call.response)
            try conclude(action, status, code, answer, mayHaveReached: mayHaveReached)
        }
        // A refusal leaves what is known of earlier attempts as it was.
        if case .settles = row.conclusion {
            #expect(conversation.mayHaveReached)
        } else {
            #expect(conversation.mayHaveReached == mayHaveReached)
        }
    }

    private func conclude(
        _ action: DepositConversation.Action, _ status: Int, _ code: Int64, _ answer: JSONValue, mayHaveReached: Bool
    ) throws {
        if mayHaveReached {
            #expect(action == .ask(coin: 0, url: nil))
            return
        }
        guard case .close(let refusal) = action else {
            Issue.record("\(action) instead of an end")
            return
        }
        #expect(refusal.status == status)
        #expect(refusal.code == code)
        #expect(refusal.answer == answer)
    }

    /// Against the recorded keys, where the request was recorded as JSON.
    private func verify(_ success: DepositSuccess, _ call: RecordedCall, isOld: Bool) throws {
        guard call.request != .null else { return }
        let recording = try Recording(isOld ? 14 : 23)
        let request: BatchDepositRequest = try call.request.decode()
        let fees = try request.coins.map { try #require(recording.keys.denominations[$0.denominationHash]).feeDeposit }
        try DepositVerification.check(success, of: request, depositFees: fees, keys: recording.keys, now: recording.now)
    }

    @Test(arguments: ["protocol14", "protocol23"]) func noRecordedDepositIsLeftOut(folder: String) throws {
        let known = Set(Self.all.map(\.0))
        let recorded = try Transcript.names(in: folder).map { folder + "/" + $0 }.filter { path in
            guard let json = try? Transcript.json(path), json["request"]?["method"]?.stringValue == "POST",
                json["response"]?["status"]?.integerValue != nil
            else { return false }
            return try RecordedCall(path: path).path == ["batch-deposit"]
        }
        #expect(!recorded.isEmpty)
        #expect(Set(recorded).subtracting(known) == [])
    }

    /// A method that the server does not offer (204 with no JSON): nothing is known then.
    @Test(arguments: [false, true]) func anAnswerWithoutJSONKeepsTheDepositOpen(mayHaveReached: Bool) throws {
        var conversation = try DepositConversation.make(mayHaveReached: mayHaveReached)
        _ = conversation.begin()
        guard case .keepOpen(.nonsense) = conversation.received(try RecordedCall("65-options").response) else {
            Issue.record("taken for an outcome")
            return
        }
        #expect(conversation.mayHaveReached)
    }
}
