// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import Testing

/// One value of each signed structure, signed by a key of its own.
struct SignedSample: Sendable, CustomTestStringConvertible {
    let structure: any SignedStruct
    let key = EdDSAPrivateKey()

    var testDescription: String { "\(type(of: structure))" }
    var publicKey: MerchantPublicKey { key.publicKey() }

    static let all: [SignedSample] = {
        do { return try (wallet() + merchant() + exchange() + master()).map { SignedSample(structure: $0) } } catch {
            Issue.record(error)
            return []
        }
    }()

    private static func amount(_ text: String) throws -> Amount { try Amount("KUDOS:\(text)") }
    private static func time(_ seconds: UInt64) throws -> Timestamp { try Timestamp(seconds: 1_700_000_000 + seconds) }

    private static func wallet() throws -> [any SignedStruct] {
        [
            WithdrawRequest(amountWithFee: try amount("1.01"), denominationHash: .random(), coinEnvelopeHash: .random()),
            DepositRequest(
                contractHash: .random(), ageCommitmentHash: .random(), policyHash: .random(), wireHash: .random(),
                denominationHash: .random(), walletTimestamp: try time(0), refundDeadline: try time(1), amountWithFee: try amount("5"),
                depositFee: try amount("0.01"), merchantPub: .random(), walletDataHash: .random()),
            DepositRequest14(
                contractHash: .random(), ageCommitmentHash: .random(), policyHash: .random(), wireHash: .random(),
                denominationHash: .random(), walletTimestamp: try time(0), refundDeadline: try time(1), amountWithFee: try amount("5"),
                depositFee: try amount("0.01"), merchantPub: .random()),
            MeltRequest(
                commitment: .random(), denominationHash: .random(), ageCommitmentHash: .random(), amountWithFee: try amount("5"),
                meltFee: try amount("0.01")),
            LinkRequest(
                denominationHash: .random(), transferPub: .random(), ageCommitmentHash: .random(), coinEnvelopeHash: .random()),
            ReserveHistoryRequest(startOffset: 7),
            CoinHistoryRequest(startOffset: 7),
        ]
    }

    private static func merchant() throws -> [any SignedStruct] {
        [
            ContractOffer(contractHash: .random()),
            PaymentConfirmation(contractHash: .random()),
            MerchantWireDetails(wireHash: .random()),
            RefundRequest(contractHash: .random(), coinPub: .random(), refundTransactionID: 3, refundAmount: try amount("1.5")),
            DepositTrackRequest(contractHash: .random(), wireHash: .random(), coinPub: .random()),
            AccountOwnerRequest(),
        ]
    }

    private static func exchange() throws -> [any SignedStruct] {
        [
            DepositConfirmation(
                contractHash: .random(), wireHash: .random(), policyHash: .random(), exchangeTimestamp: try time(0),
                wireDeadline: try time(1), refundDeadline: try time(2), totalWithoutFee: try amount("4.99"),
                coinSignaturesHash: .random(), merchantPub: .random()),
            DepositConfirmation14(
                contractHash: .random(), wireHash: .random(), policyHash: .random(), exchangeTimestamp: try time(0),
                wireDeadline: try time(1), refundDeadline: try time(2), amountWithoutFee: try amount("4.99"), coinPub: .random(),
                merchantPub: .random()),
            MeltConfirmation(commitment: .random(), noRevealIndex: 2),
            KeySet(listIssueDate: try time(0), denominationsHash: .random()),
            WireConfirmation(
                wireHash: .random(), contractHash: .random(), wireTransferID: .random(), coinPub: .random(), executionTime: try time(0),
                coinContribution: try amount("4.99")),
            WireDepositData(
                total: try amount("4.98"), wireFee: try amount("0.01"), merchantPub: .random(), paytoHash: .random(),
                detailsHash: .random()),
            RefundConfirmation(
                contractHash: .random(), coinPub: .random(), merchantPub: .random(), refundTransactionID: 3,
                refundAmount: try amount("1.5")),
            DenominationUnknownAffirmation(timestamp: try time(0), denominationHash: .random()),
            DenominationExpiredAffirmation(timestamp: try time(0), operation: .melt, denominationHash: .random()),
        ]
    }

    private static func master() throws -> [any SignedStruct] {
        [
            SigningKeyValidity(start: try time(0), expire: try time(1), end: try time(2), signingKey: .random()),
            DenominationValidity(
                masterPub: .random(), start: try time(0), expireWithdraw: try time(1), expireDeposit: try time(2),
                expireLegal: try time(3), value: try amount("5"), feeWithdraw: try amount("0.01"), feeDeposit: try amount("0.02"),
                feeRefresh: try amount("0.03"), feeRefund: try amount("0.04"), denominationHash: .random()),
            AuditorDenominationValidity(
                auditorURLHash: .random(), masterPub: .random(), start: try time(0), expireWithdraw: try time(1),
                expireDeposit: try time(2), expireLegal: try time(3), value: try amount("5"), feeWithdraw: try amount("0.01"),
                feeDeposit: try amount("0.02"), feeRefresh: try amount("0.03"), feeRefund: try amount("0.04"),
                denominationHash: .random()),
            WireFeeValidity(
                wireMethodHash: .random(), start: try time(0), end: try time(1), wireFee: try amount("0.01"),
                closingFee: try amount("0.02")),
            GlobalFeeValidity(
                start: try time(0), end: try time(1), purseTimeout: RelativeTime(seconds: 2), historyExpiration: .forever,
                historyFee: try amount("0.01"), accountFee: try amount("0.02"), purseFee: try amount("0.03"), purseAccountLimit: 5),
            WireAccountValidity(
                paytoHash: .random(), conversionURLHash: .random(), debitRestrictionsHash: .random(), creditRestrictionsHash: .random()),
            WireAccountValidity14(paytoHash: .random()),
            SigningKeyRevocation(signingKey: .random()),
            DenominationRevocation(denominationHash: .random()),
        ]
    }
}
