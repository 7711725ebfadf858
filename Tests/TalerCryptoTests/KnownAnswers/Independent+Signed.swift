// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Independent {
    static func signed(_ answer: KnownAnswer) throws {
        let facts = try Facts()
        let entry = KnownAnswer(file: answer.file, name: answer.name, value: try #require(answer.value["value"]))
        let (structure, key) = try structure(answer.text("name"), facts)
        #expect(Int64(structure.signedBytes.count) == entry.integer("size"))
        #expect(Int64(type(of: structure).byteCount) == entry.integer("size"))
        #expect(Int64(type(of: structure).purpose.rawValue) == entry.integer("purpose"))
        #expect(Hex.encode(structure.signedBytes) == entry.text("message"))
        #expect(key.sign(structure).bytes == entry.hex("sig"))
        #expect(key.sign(structure).base32 == entry.text("sig_b32"))
        #expect(structure.isValid(try entry.decode("sig_b32"), by: key.publicKey(as: MerchantPublicKey.self)))
    }

    private static func structure(_ name: String, _ facts: Facts) throws -> (any SignedStruct, EdDSAPrivateKey) {
        let coin = facts.planchet.coinPrivateKey
        switch name {
        case "withdraw_1200":
            let envelope = CoinEnvelopeHash(
                of: try facts.denominationKey().publicKey.blind(
                    CoinPublicKeyHash(of: facts.coin), with: facts.planchet.blindingSecret), denomination: try facts.denomination())
            return (
                WithdrawRequest(
                    amountWithFee: try Amount("KUDOS:10.05"), denominationHash: try facts.denomination(), coinEnvelopeHash: envelope),
                facts.reserve
            )
        case "merchant_contract_1101": return (ContractOffer(contractHash: facts.contract), facts.merchant)
        case "payment_ok_1104": return (PaymentConfirmation(contractHash: facts.contract), facts.merchant)
        case "coin_deposit_1201":
            return (
                DepositRequest(
                    contractHash: facts.contract, ageCommitmentHash: .zero, policyHash: .zero, wireHash: facts.wire,
                    denominationHash: try facts.denomination(), walletTimestamp: try Timestamp(seconds: 1_734_500_000),
                    refundDeadline: try Timestamp(seconds: 1_734_586_400), amountWithFee: try Amount("KUDOS:5"),
                    depositFee: try Amount("KUDOS:0.05"), merchantPub: facts.merchant.publicKey(), walletDataHash: .zero), coin
            )
        case "refund_request_1102":
            return (
                RefundRequest(
                    contractHash: facts.contract, coinPub: facts.coin, refundTransactionID: 1, refundAmount: try Amount("KUDOS:2")),
                facts.merchant
            )
        case "track_transaction_1103":
            return (DepositTrackRequest(contractHash: facts.contract, wireHash: facts.wire, coinPub: facts.coin), facts.merchant)
        case "reserve_history_1208": return (ReserveHistoryRequest(startOffset: 0), facts.reserve)
        case "coin_history_1209": return (CoinHistoryRequest(startOffset: 0), coin)
        default:
            return try exchangeStructure(name, facts).map { ($0, facts.exchange) } ?? (masterStructure(name, facts), facts.master)
        }
    }

    private static func exchangeStructure(_ name: String, _ facts: Facts) throws -> (any SignedStruct)? {
        switch name {
        case "deposit_confirmation_1033":
            DepositConfirmation(
                contractHash: facts.contract, wireHash: facts.wire, policyHash: .zero,
                exchangeTimestamp: try Timestamp(seconds: 1_734_500_007), wireDeadline: try Timestamp(seconds: 1_734_672_800),
                refundDeadline: try Timestamp(seconds: 1_734_586_400), totalWithoutFee: try Amount("KUDOS:4.95"),
                coinSignaturesHash: HashCode(ofSignatures: [try facts.signature("coin_deposit_1201")]),
                merchantPub: facts.merchant.publicKey())
        case "refund_confirmation_1038":
            RefundConfirmation(
                contractHash: facts.contract, coinPub: facts.coin, merchantPub: facts.merchant.publicKey(), refundTransactionID: 1,
                refundAmount: try Amount("KUDOS:2"))
        case "confirm_wire_1036":
            WireConfirmation(
                wireHash: facts.wire, contractHash: facts.contract,
                wireTransferID: try WireTransferID(json: try #require(facts.json["signed"]?[name]?["wtid_b32"])), coinPub: facts.coin,
                executionTime: try Timestamp(seconds: 1_734_672_800), coinContribution: try Amount("KUDOS:4.95"))
        case "wire_deposit_data_1037":
            WireDepositData(
                total: try Amount("KUDOS:4.94"), wireFee: try Amount("KUDOS:0.01"), merchantPub: facts.merchant.publicKey(),
                paytoHash: PaytoHash(of: facts.account),
                detailsHash: HashCode(
                    ofDetails: [
                        WireDepositDetail(
                            contractHash: facts.contract, executionTime: try Timestamp(seconds: 1_734_672_800), coinPub: facts.coin,
                            depositValue: try Amount("KUDOS:5"), depositFee: try Amount("KUDOS:0.05"))
                    ]))
        case "key_set_1035":
            KeySet(
                listIssueDate: try Timestamp(seconds: 1_700_000_000),
                denominationsHash: HashCode(ofSignatures: [try facts.signature("denom_validity_1025")]))
        case "denom_unknown_1042":
            DenominationUnknownAffirmation(
                timestamp: try Timestamp(seconds: 1_734_500_007), denominationHash: try facts.denomination())
        case "denom_expired_1043":
            DenominationExpiredAffirmation(
                timestamp: try Timestamp(seconds: 1_734_500_007), operation: .deposit, denominationHash: try facts.denomination())
        default: nil
        }
    }

    private static func masterStructure(_ name: String, _ facts: Facts) throws -> any SignedStruct {
        let (start, end) = (try Timestamp(seconds: 1_700_000_000), try Timestamp(seconds: 1_800_000_000))
        switch name {
        case "signkey_validity_1024":
            return SigningKeyValidity(
                start: start, expire: try Timestamp(seconds: 1_740_000_000), end: end, signingKey: facts.exchange.publicKey())
        case "denom_validity_1025":
            return DenominationValidity(
                masterPub: facts.master.publicKey(), start: start, expireWithdraw: try Timestamp(seconds: 1_740_000_000),
                expireDeposit: try Timestamp(seconds: 1_760_000_000), expireLegal: try Timestamp(seconds: 1_900_000_000),
                value: try Amount("KUDOS:10"), feeWithdraw: try Amount("KUDOS:0.05"), feeDeposit: try Amount("KUDOS:0.05"),
                feeRefresh: try Amount("KUDOS:0.01"), feeRefund: try Amount("KUDOS:0"), denominationHash: try facts.denomination())
        case "wire_fee_1028":
            return WireFeeValidity(
                wireMethodHash: HashCode(ofText: "iban"), start: start, end: end, wireFee: try Amount("KUDOS:0.01"),
                closingFee: try Amount("KUDOS:0.01"))
        case "wire_details_1030":
            return WireAccountValidity(
                paytoHash: PaytoHash(of: facts.account), conversionURLHash: .zero, debitRestrictionsHash: try HashCode(ofJSON: []),
                creditRestrictionsHash: try HashCode(ofJSON: []))
        case "global_fees_1022":
            return GlobalFeeValidity(
                start: start, end: end, purseTimeout: RelativeTime(seconds: 3600), historyExpiration: RelativeTime(seconds: 31_536_000),
                historyFee: try Amount("KUDOS:0.01"), accountFee: try Amount("KUDOS:0.02"), purseFee: try Amount("KUDOS:0.03"),
                purseAccountLimit: 5)
        default: throw JSONError(path: name, reason: "no such structure")
        }
    }

    static func batchDepositRequest(_ answer: KnownAnswer) throws {
        let facts = try Facts()
        let merchant = try answer.decode("merchant_pub", as: MerchantPublicKey.self)
        #expect(merchant == facts.merchant.publicKey())
        let contract = try answer.decode("h_contract_terms", as: ContractHash.self)
        #expect(contract == facts.contract)
        #expect(ContractOffer(contractHash: contract).isValid(try answer.decode("merchant_sig"), by: merchant))
        let wire = WireHash(payto: try answer.decode("merchant_payto_uri"), salt: try answer.decode("wire_salt"))
        let coins = try #require(answer.value["coins"]?.arrayValue)
        #expect(coins.count == 1)
        for value in coins {
            let coin = KnownAnswer(file: answer.file, name: answer.name, value: value)
            let key = try coin.decode("coin_pub", as: CoinPublicKey.self)
            let request = DepositRequest(
                contractHash: contract, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wire,
                denominationHash: try coin.decode("denom_pub_hash"), walletTimestamp: try answer.decode("timestamp"),
                refundDeadline: try answer.decode("refund_deadline"), amountWithFee: try coin.decode("contribution"),
                depositFee: try Amount("KUDOS:0.05"), merchantPub: merchant, walletDataHash: .zero)
            #expect(request.isValid(try coin.decode("coin_sig"), by: key))
            let signature = try coin.decode("ub_sig", as: DenominationSignature.self)
            #expect(signature.isValid(for: CoinPublicKeyHash(of: key), by: try facts.denominationKey().publicKey))
        }
    }

    static func batchDepositResponse(_ answer: KnownAnswer) throws {
        let facts = try Facts()
        let confirmation = DepositConfirmation(
            contractHash: facts.contract, wireHash: facts.wire, policyHash: .zero,
            exchangeTimestamp: try answer.decode("exchange_timestamp"), wireDeadline: try Timestamp(seconds: 1_734_672_800),
            refundDeadline: try Timestamp(seconds: 1_734_586_400), totalWithoutFee: try Amount("KUDOS:4.95"),
            coinSignaturesHash: HashCode(ofSignatures: [try facts.signature("coin_deposit_1201")]), merchantPub: facts.merchant.publicKey())
        let key = try answer.decode("exchange_pub", as: ExchangePublicKey.self)
        #expect(key == facts.exchange.publicKey())
        #expect(confirmation.isValid(try answer.decode("exchange_sig"), by: key))
    }
}
