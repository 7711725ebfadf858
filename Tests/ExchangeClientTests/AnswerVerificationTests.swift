// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// What real exchanges signed about wired deposits and refunds.
struct AnswerVerificationTests {
    static let wired = [(14, "protocol14/deposits-wired", "KUDOS:1"), (23, "protocol23/91-deposits-200", "KUDOS:5")]

    private func checkWired(
        _ version: Int, _ path: String, _ contribution: String, fee: String = "KUDOS:0.01",
        _ change: (inout DepositWired) throws -> Void = { _ in }
    ) throws {
        let recording = try Recording(version)
        let call = try RecordedCall(path: path)
        var wired: DepositWired = try call.response.json().decode()
        try change(&wired)
        let question = WiredDepositVerification.Question(
            coinPub: try CoinPublicKey(base32: call.path[4]), contractHash: try ContractHash(base32: call.path[3]),
            wireHash: try WireHash(base32: call.path[1]), contribution: try Amount(contribution), depositFee: try Amount(fee))
        try WiredDepositVerification.check(wired, of: question, keys: recording.keys, now: recording.now)
    }

    @Test(arguments: wired) func aRealWordAboutAWiredDepositVerifies(version: Int, path: String, contribution: String) throws {
        try checkWired(version, path, contribution)
    }

    @Test(arguments: wired) func aChangedOneDoesNot(version: Int, path: String, contribution: String) throws {
        let changes: [(inout DepositWired) throws -> Void] = [
            { $0.exchangeSignature = try $0.exchangeSignature.flipped(0) },
            { $0.exchangeSignature = try $0.exchangeSignature.flipped(63) },
            { $0.executionTime = $0.executionTime.advanced(bySeconds: -1) },
            { $0.coinContribution = try Amount(contribution) },
            { $0.wireTransferID = .zero },
        ]
        for change in changes {
            #expect(throws: AnswerFailure.wrongSignature) { try checkWired(version, path, contribution, change) }
        }
        #expect(throws: AnswerFailure.unknownKey) { try checkWired(version, path, contribution) { $0.exchangePub = .zero } }
    }

    @Test(arguments: wired) func anAmountThatIsNotTheDepositsContradictsIt(version: Int, path: String, contribution: String) throws {
        #expect {
            try checkWired(version, path, "KUDOS:4")
        } throws: { error in
            guard case .contradiction = error as? AnswerFailure else { return false }
            return true
        }
    }

    static let refunds = [
        (14, "protocol14/refund-ok"), (14, "protocol14/refund-repeat"), (23, "protocol23/76-refund-ok"),
        (23, "protocol23/77-refund-repeat"),
        (23, "protocol23/79-refund-second-id"),
    ]

    private func checkRefund(
        _ version: Int, _ path: String, _ change: (inout CoinRefundResponse, inout CoinRefundRequest) throws -> Void = { _, _ in }
    ) throws {
        let recording = try Recording(version)
        let call = try RecordedCall(path: path)
        var request: CoinRefundRequest = try call.request.decode()
        var response: CoinRefundResponse = try call.response.json().decode()
        try change(&response, &request)
        try RefundVerification.check(
            response, of: request, coin: try CoinPublicKey(base32: call.path[1]), keys: recording.keys, now: recording.now)
    }

    @Test(arguments: refunds) func aRealRefundVerifies(version: Int, path: String) throws { try checkRefund(version, path) }

    @Test(arguments: refunds) func aRefundOfSomethingElseDoesNot(version: Int, path: String) throws {
        let changes: [(inout CoinRefundResponse, inout CoinRefundRequest) throws -> Void] = [
            { response, _ in response.exchangeSignature = try response.exchangeSignature.flipped(31) },
            { _, request in request.refundAmount = try request.refundAmount.adding(Amount("KUDOS:0.00000001")) },
            { _, request in request.refundTransactionID += 1 },
            { _, request in request.contractHash = .zero },
            { _, request in request.merchantPub = .zero },
        ]
        for change in changes { #expect(throws: AnswerFailure.wrongSignature) { try checkRefund(version, path, change) } }
        #expect(throws: AnswerFailure.unknownKey) { try checkRefund(version, path) { response, _ in response.exchangePub = .zero } }
    }
}
