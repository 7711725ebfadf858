// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import MerchantStore
import TalerCrypto
import TalerWire
import Testing
import TestVectors

/// Deposits that were made at real exchanges, carried out once more with their own words.
struct RecordedPaymentTests {
    struct Call: Sendable {
        let path: String
        let version: Int
        let fees: [String]

        var answers: [String] { version == 14 ? ["protocol14/keys", "protocol14/wire"] : ["protocol23/02-keys"] }

        func payment(_ more: [String] = [], merchant: EdDSAPrivateKey = EdDSAPrivateKey()) async throws -> RecordedPayment {
            try await RecordedPayment(path, protocolVersion: version, fees: fees, answers: answers + more, merchant: merchant)
        }
    }

    static let accepted = [
        Call(path: "protocol14/batch-deposit-ok", version: 14, fees: ["0.01", "0.01"]),
        Call(path: "protocol14/batch-deposit-ok-2", version: 14, fees: ["0.01"]),
        Call(path: "protocol23/15-batch-deposit-ok", version: 23, fees: ["0.01", "0.01", "0.01"]),
        Call(path: "protocol23/123-cs-deposit", version: 23, fees: ["0.01"]),
        Call(path: "protocol23/124-cs-rsa-mixed", version: 23, fees: ["0.01", "0.01"]),
    ]

    private func merchant() throws -> EdDSAPrivateKey {
        try EdDSAPrivateKey(base32: try Transcript.json("protocol14/keys-and-coins")["merchant_private_seed"]?.stringValue ?? "")
    }

    @Test(arguments: accepted) func whatARealExchangeAcceptedIsSettledByItsSignatures(call: Call) async throws {
        let payment = try await call.payment()
        let intent = try await payment.attempt()
        let answer: DepositSuccess = try (Transcript.json(call.path)["response"]?["body"] ?? .null).decode()
        guard case .accepted(let confirmation?) = intent.state else {
            Issue.record("\(intent.state), \(intent.lastError ?? "")")
            return
        }
        #expect(confirmation.exchangePub == answer.exchangePub)
        #expect(confirmation.exchangeTimestamp == answer.exchangeTimestamp)
        #expect(confirmation.exchangeSignatures == answer.exchangeSignatures?.map(\.exchangeSignature) ?? [answer.exchangeSignature])
        #expect(confirmation.exchangeSignatures.count == (call.version == 14 ? payment.request.coins.count : 1))
        #expect(try await payment.store.contract(payment.request.contractHash)?.payment != nil)
    }

    @Test(arguments: accepted) func withABitChangedTheDepositStaysOpen(call: Call) async throws {
        let payment = try await call.payment()
        payment.wire.plan(
            .changed { response in
                guard var success: DepositSuccess = try? response.json().decode() else { return Response(status: 0) }
                let last = success.signatures.count - 1
                var bytes = success.signatures[last].bytes
                bytes[40] ^= 16
                let changed = (try? EdDSASignature(bytes)) ?? .zero
                if success.exchangeSignature != nil {
                    success.exchangeSignature = changed
                } else {
                    success.exchangeSignatures?[last].exchangeSignature = changed
                }
                return (try? .json(success)) ?? Response(status: 0)
            })
        let intent = try await payment.attempt()
        #expect(intent.state == .open)
        #expect(intent.mayHaveReached)
        #expect(try await payment.store.contract(payment.request.contractHash)?.payment == nil)
    }

    @Test func aRealRefusalOfAClauseSchnorrCoinEndsTheDeposit() async throws {
        let call = Call(path: "protocol23/125-cs-bad-ub-sig", version: 23, fees: ["0.01"])
        let answer = try Transcript.json(call.path)["response"]?["body"] ?? .null
        #expect(try await call.payment().attempt().state == .refused(status: 403, answer: answer))
    }

    /// Refused after a doubt: the exchange is asked with the very signature that was recorded, and its answer of then settles it.
    @Test func aDoubtIsSettledByTheRecordedTransfer() async throws {
        let payment = try await Self.accepted[1].payment(["protocol14/deposits-wired"], merchant: merchant())
        try await payment.store.markSending(payment.intent)
        payment.wire.plan(.instead(Response(status: 451, json: ["code": 1028])))
        let intent = try await payment.attempt()
        #expect(intent.state == .accepted(nil))
        let wired: DepositWired = try (Transcript.json("protocol14/deposits-wired")["response"]?["body"] ?? .null).decode()
        #expect(intent.coins.map(\.wire?.exchangeSignature) == [wired.exchangeSignature])
        #expect(intent.coins.map(\.wire?.transferID) == [wired.wireTransferID])
    }
}
