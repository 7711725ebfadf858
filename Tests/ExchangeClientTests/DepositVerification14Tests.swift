// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// Confirmations that a real exchange of protocol 14 signed, one for each coin.
struct DepositVerification14Tests {
    let recording: Recording

    init() throws { recording = try Recording(14) }

    private func check(
        _ name: String, _ change: (inout DepositSuccess, inout BatchDepositRequest) throws -> Void = { _, _ in }
    ) throws {
        let call = try RecordedExchange14.call(name)
        var request: BatchDepositRequest = try call.request.decode()
        var success: DepositSuccess = try call.response.json().decode()
        try change(&success, &request)
        let fees = try request.coins.map { try #require(recording.keys.denominations[$0.denominationHash]).feeDeposit }
        try DepositVerification.check(success, of: request, depositFees: fees, keys: recording.keys, now: recording.now)
    }

    @Test(arguments: ["batch-deposit-ok", "batch-deposit-ok-2", "batch-deposit-repeat", "batch-deposit-conflict-deadline"])
    func aRealConfirmationVerifies(name: String) throws { try check(name) }

    @Test func everySignatureIsKeptAsEvidence() throws {
        let success: DepositSuccess = try RecordedExchange14.call("batch-deposit-ok").response.json().decode()
        #expect(success.exchangeSignature == nil)
        #expect(success.signatures.count == 2)
    }

    @Test func aConfirmationOfOtherDataDoesNot() throws {
        let changes: [(inout DepositSuccess, inout BatchDepositRequest) throws -> Void] = [
            { success, _ in success.exchangeTimestamp = success.exchangeTimestamp.advanced(bySeconds: 1) },
            { _, request in request.wireTransferDeadline = request.wireTransferDeadline.advanced(bySeconds: 1) },
            { _, request in request.refundDeadline = nil },
            { _, request in request.coins.swapAt(0, 1) },
            { _, request in request.coins[1].contribution = try Amount("KUDOS:0.09") },
            { success, _ in success.exchangeSignatures?.swapAt(0, 1) },
            { success, _ in success.exchangeSignatures?.removeLast() },
            { success, _ in success.exchangeSignatures?.removeAll() },
            { success, _ in success.exchangeSignatures = nil },
            { success, _ in
                let first = success.signatures[0]
                success.exchangeSignatures?.append(.init(exchangeSignature: first))
            },
            { success, _ in
                let flipped = try success.signatures[1].flipped(3)
                success.exchangeSignatures?[1].exchangeSignature = flipped
            },
            // One coin's word is none for the batch.
            { success, _ in success.exchangeSignature = success.signatures[0] },
        ]
        for change in changes { #expect(throws: AnswerFailure.wrongSignature) { try check("batch-deposit-ok", change) } }
    }

    @Test func anAnswerWithoutCoinsConfirmsNothing() throws {
        #expect(throws: AnswerFailure.wrongSignature) {
            try check("batch-deposit-ok") { success, request in
                success.exchangeSignatures = []
                request.coins = []
            }
        }
    }

    @Test func aKeyThatIsNotListedIsUnknown() throws {
        #expect(throws: AnswerFailure.unknownKey) {
            try check("batch-deposit-ok") { success, _ in success.exchangePub = try ExchangePublicKey(recording.merchantPub.bytes) }
        }
    }
}
