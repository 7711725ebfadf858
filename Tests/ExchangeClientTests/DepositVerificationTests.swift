// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import Testing

/// Confirmations that a real exchange signed.
struct DepositVerificationTests {
    let exchange: RecordedExchange
    let keys: VerifiedKeys

    init() throws {
        exchange = try RecordedExchange()
        keys = try exchange.verify(exchange.keysJSON)
    }

    static let accepted = [
        "15-batch-deposit-ok", "16-batch-deposit-repeat", "17-batch-deposit-more-coins-same-contract",
        "18-batch-deposit-repeat-other-order",
        "19-batch-deposit-repeat-subset", "26-after-double-spend-fresh-coin", "27-partial-contribution", "29-partial-contribution-rest",
        "30-no-merchant-sig", "31-no-refund-deadline", "32-wallet-data-hash", "33-unknown-fields", "50-contribution-equals-fee",
        "53-256-coins", "54-same-coin-twice", "71-batch-deposit-for-refund", "97-deposit-repeat-after-wire", "123-cs-deposit",
        "124-cs-rsa-mixed",
    ]

    private func check(_ call: RecordedCall, _ change: (inout DepositSuccess, inout BatchDepositRequest) throws -> Void = { _, _ in })
        throws
    {
        var request: BatchDepositRequest = try call.request.decode()
        var success: DepositSuccess = try call.response.json().decode()
        let fees = try request.coins.map { try #require(keys.denominations[$0.denominationHash]).feeDeposit }
        try change(&success, &request)
        try DepositVerification.check(success, of: request, depositFees: fees, keys: keys, now: exchange.now)
    }

    @Test(arguments: accepted) func aRealConfirmationVerifies(name: String) throws { try check(RecordedCall(name)) }

    @Test func aConfirmationOfOtherDataDoesNot() throws {
        let call = try RecordedCall("15-batch-deposit-ok")
        let wrong = DepositVerification.Failure.wrongSignature
        #expect(throws: wrong) {
            try check(call) { success, _ in success.exchangeTimestamp = success.exchangeTimestamp.advanced(bySeconds: 1) }
        }
        #expect(throws: wrong) {
            try check(call) { success, _ in
                success.exchangeSignature = try success.exchangeSignature?.flipped(40)
            }
        }
        #expect(throws: wrong) {
            try check(call) { _, request in request.wireTransferDeadline = request.wireTransferDeadline.advanced(bySeconds: 1) }
        }
        #expect(throws: wrong) { try check(call) { _, request in request.coins.swapAt(0, 1) } }
        #expect(throws: wrong) {
            try check(call) { _, request in request.coins[0].contribution = try request.coins[0].contribution.subtracting(Amount("KUDOS:1"))
            }
        }
        #expect(throws: wrong) { try check(call) { _, request in request.refundDeadline = nil } }
        #expect(throws: wrong) { try check(call) { success, _ in success.exchangeSignature = nil } }
    }

    @Test func aKeyThatIsNotListedIsUnknown() throws {
        #expect(throws: DepositVerification.Failure.unknownKey) {
            try check(RecordedCall("15-batch-deposit-ok")) { success, _ in
                success.exchangePub = try ExchangePublicKey(exchange.master.bytes)
            }
        }
    }
}
