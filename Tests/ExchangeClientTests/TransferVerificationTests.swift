// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerCrypto
import TalerWire
import Testing

/// What real exchanges signed about their transfers.
struct TransferVerificationTests {
    static let transfers = [
        (14, "protocol14/transfers-ok"), (23, "protocol23/92-transfers"), (23, "protocol23/93-transfers-first-contract"),
    ]

    private func check(
        _ version: Int, _ path: String, account: PaytoURI? = nil, merchant: MerchantPublicKey? = nil,
        _ change: (inout TransferDetails) throws -> Void = { _ in }
    ) throws {
        let recording = try Recording(version)
        var details: TransferDetails = try RecordedCall(path: path).response.json().decode()
        try change(&details)
        try TransferVerification.check(
            details, account: account ?? recording.account, merchantPub: merchant ?? recording.merchantPub, keys: recording.keys,
            now: recording.now)
    }

    @Test(arguments: transfers) func aRealTransferVerifies(version: Int, path: String) throws { try check(version, path) }

    @Test(arguments: transfers) func aChangedOneDoesNot(version: Int, path: String) throws {
        let cent = try Amount("KUDOS:0.01")
        let changes: [(inout TransferDetails) throws -> Void] = [
            { $0.exchangeSignature = try $0.exchangeSignature.flipped(12) },
            { $0.total = try $0.total.adding(cent) },
            { $0.wireFee = try $0.wireFee.adding(cent) },
            { $0.deposits[0].depositValue = try $0.deposits[0].depositValue.adding(cent) },
            { $0.deposits[0].depositFee = try $0.deposits[0].depositFee.adding(cent) },
            { $0.executionTime = $0.executionTime.advanced(bySeconds: 1) },
            { $0.deposits.append($0.deposits[0]) },
            { $0.deposits.removeLast() },
            { $0.paytoHash = .zero },
            { $0.merchantPub = .zero },
        ]
        for change in changes { #expect(throws: AnswerFailure.wrongSignature) { try check(version, path, change) } }
        #expect(throws: AnswerFailure.unknownKey) { try check(version, path) { $0.exchangePub = .zero } }
    }

    @Test(arguments: transfers) func aTransferToSomebodyElseIsNotOurs(version: Int, path: String) throws {
        expectContradiction { try check(version, path, account: PaytoURI("payto://x-taler-bank/127.0.0.1/other?receiver-name=O")) }
        expectContradiction { try check(version, path, merchant: .zero) }
    }

    // What follows is signed by an exchange's key that the test has.

    @Test func aTotalThatIsNotTheSumContradictsItself() throws {
        let exchange = try OwnExchange()
        try exchange.check { _ in }
        expectContradiction { try exchange.check { $0.total = try Amount("KUDOS:1.96") } }
        expectContradiction { try exchange.check { $0.deposits = [] } }
        expectContradiction {
            try exchange.check {
                $0.deposits.append($0.deposits[0])
                $0.total = try Amount("KUDOS:2.96")
            }
        }
        expectContradiction { try exchange.check { $0.wireFee = try Amount("KUDOS:9") } }
        expectContradiction { try exchange.check { $0.deposits[0].depositFee = try Amount("EUR:0.01") } }
    }

    @Test func aCoinThatWasRefundedAsAWholeMayBeWorthLessThanItsFee() throws {
        try OwnExchange().check {
            $0.deposits[0].depositValue = try Amount("KUDOS:0")
            $0.total = try Amount("KUDOS:0.97")
        }
    }

    @Test func theWireFeeMustBeOneThatWasAnnouncedForTheTime() throws {
        let exchange = try OwnExchange()
        let fee = try Amount("KUDOS:0.02")
        #expect(throws: AnswerFailure.excessiveWireFee(charged: fee, listed: try Amount("KUDOS:0.01"))) {
            try exchange.check {
                $0.wireFee = fee
                $0.total = try Amount("KUDOS:1.96")
            }
        }
        #expect(throws: AnswerFailure.unlistedWireFee(charged: try Amount("KUDOS:0.01"))) {
            try exchange.check { $0.executionTime = try Timestamp(seconds: 4_000_000_000) }
        }
        // Less than announced is nobody's harm.
        try exchange.check {
            $0.wireFee = try Amount("KUDOS:0")
            $0.total = try Amount("KUDOS:1.98")
        }
    }

    private func expectContradiction(_ check: () throws -> Void) {
        #expect {
            try check()
        } throws: { error in
            guard case .contradiction = error as? AnswerFailure else { return false }
            return true
        }
    }
}
