// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// What a real exchange signed about denominations that it does not accept.
struct DenominationRefusalTests {
    static let refusals = ["36-unknown-denomination", "62-denomination-in-future", "120-denomination-revoked", "122-denomination-expired"]

    private func check(
        _ name: String, asked: [DenominationHash]? = nil, _ change: (inout DenominationRefusal) throws -> Void = { _ in }
    ) throws {
        let recording = try Recording(23)
        let call = try RecordedCall(name)
        let request: BatchDepositRequest = try call.request.decode()
        var refusal: DenominationRefusal = try call.response.json().decode()
        try change(&refusal)
        try DenominationRefusalVerification.check(
            refusal, asked: asked ?? request.coins.map(\.denominationHash), keys: recording.keys, now: recording.now)
    }

    @Test(arguments: refusals) func aRealRefusalVerifies(name: String) throws { try check(name) }

    @Test(arguments: refusals) func aChangedOneDoesNot(name: String) throws {
        let wrong = AnswerFailure.wrongSignature
        #expect(throws: wrong) { try check(name) { $0.timestamp = $0.timestamp.advanced(bySeconds: 1) } }
        #expect(throws: wrong) { try check(name) { $0.denominationHash = .zero } }
        #expect(throws: wrong) { try check(name) { $0.exchangeSignature = try $0.exchangeSignature.flipped(9) } }
        #expect(throws: wrong) { try check(name) { $0.operation = $0.operation == nil ? "DEPOSIT" : nil } }
        #expect(throws: wrong) { try check(name) { $0.operation = "MELT" } }
        #expect(throws: AnswerFailure.malformedRequest("an operation that is not known")) { try check(name) { $0.operation = "STEAL-IT" } }
        #expect(throws: AnswerFailure.unknownKey) { try check(name) { $0.exchangePub = .zero } }
    }

    @Test(arguments: refusals) func oneAboutAnotherDenominationIsNoAnswer(name: String) throws {
        #expect(throws: AnswerFailure.contradiction("it is about another denomination")) { try check(name, asked: [.zero]) }
    }

    /// A refund of a coin that the exchange does not know: signed for the denomination zero.
    @Test(arguments: [(14, "protocol14/refund-unknown-coin"), (23, "protocol23/82-refund-unknown-coin")])
    func aRefusalOfARefundVerifiesToo(version: Int, path: String) throws {
        let recording = try Recording(version)
        let refusal: DenominationRefusal = try RecordedCall(path: path).response.json().decode()
        try DenominationRefusalVerification.check(refusal, asked: [.zero], keys: recording.keys, now: recording.now)
    }
}
