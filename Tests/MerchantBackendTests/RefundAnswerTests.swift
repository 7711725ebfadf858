// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import TalerWire
import TestVectors
import Testing

struct RefundAnswerTests {
    /// What two exchanges of GNU Taler answered.
    @Test(arguments: [
        ("protocol23/76-refund-ok", RefundAnswer.claimsSuccess), ("protocol23/77-refund-repeat", .claimsSuccess),
        ("protocol23/78-refund-same-id-other-amount", .refused(status: 424, code: 1510)),
        ("protocol23/80-refund-too-much", .refused(status: 409, code: 1501)),
        ("protocol23/81-refund-bad-sig", .refused(status: 403, code: 1506)),
        ("protocol23/82-refund-unknown-coin", .refused(status: 404, code: 1005)),
        ("protocol23/83-refund-unknown-contract", .refused(status: 404, code: 1502)),
        ("protocol23/84-refund-below-fee", .doubtful(status: 500, code: 53)),
        ("protocol23/85-refund-bad-currency", .refused(status: 400, code: 22)),
        ("protocol23/86-refund-missing-field", .refused(status: 400, code: 22)),
        ("protocol23/96-refund-after-wire", .refused(status: 410, code: 1503)), ("protocol14/refund-ok", .claimsSuccess),
        ("protocol14/refund-repeat", .claimsSuccess), ("protocol14/refund-bad-sig", .refused(status: 403, code: 1506)),
        ("protocol14/refund-other-amount-same-id", .refused(status: 424, code: 1510)),
        ("protocol14/refund-too-much", .refused(status: 409, code: 1501)),
        ("protocol14/refund-unknown-coin", .refused(status: 404, code: 1005)),
    ]) func aRecordedAnswerIsUnderstood(path: String, expected: RefundAnswer) throws {
        let response = try #require(try Transcript.json(path)["response"])
        let status = try #require(response["status"]?.integerValue)
        #expect(RefundAnswer(status: Int(status), body: response["body"]) == expected)
    }

    @Test(arguments: [400, 403, 404, 409, 410, 424]) func aRefusalWithoutACodeIsNone(status: Int) {
        #expect(RefundAnswer(status: status, body: nil) == .doubtful(status: status, code: nil))
        #expect(RefundAnswer(status: status, body: ["error": "nginx"]) == .doubtful(status: status, code: nil))
    }

    /// An address that is wrong, an exchange that wants something of the merchant first.
    @Test(arguments: [(404, 21), (404, 1001), (403, 40), (409, 1206), (410, 1009), (451, 1028), (501, 1), (302, 0)])
    func aCodeThatDoesNotSpeakOfTheRefundIsNoRefusal(status: Int, code: Int) {
        #expect(RefundAnswer(status: status, body: ["code": .integer(Int64(code))]) == .doubtful(status: status, code: Int64(code)))
    }

    @Test func aRefundIsStuckAfterManyEqualAnswersOverDays() throws {
        let since = try Timestamp(seconds: 1_795_000_000)
        func isStuck(_ answers: Int, after seconds: Int64) -> Bool {
            RefundPatience(sameAnswers: answers, since: since).isStuck(at: since.advanced(bySeconds: seconds))
        }
        #expect(isStuck(10, after: 2 * 86_400))
        #expect(!isStuck(9, after: 30 * 86_400))
        #expect(!isStuck(1000, after: 2 * 86_400 - 1))
        #expect(!isStuck(1000, after: -86_400))
    }

    @Test(arguments: [(0, false, 1), (1, false, 1), (2, false, 2), (5, false, 16), (1000, false, 3600), (3, true, 43_200)])
    func delaysGrowToAnHourAndToHalfADayWhenStuck(attempts: Int, isStuck: Bool, seconds: Int) {
        for _ in 0..<50 {
            let delay = RefundPatience.growingDelay(attempts, isStuck: isStuck)
            #expect(delay >= .seconds(seconds) * 3 / 4 && delay <= .seconds(seconds) * 5 / 4)
        }
    }
}
