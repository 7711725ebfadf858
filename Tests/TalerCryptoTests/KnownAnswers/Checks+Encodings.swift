// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import TestVectors
import Testing

/// What each group of the library's files must give.
enum Checks {
    static func base32Encode(_ answer: KnownAnswer) throws {
        #expect(Base32.encode(answer.hex("data_hex")) == answer.text("base32"))
        #expect(try Base32.decode(answer.text("base32")) == answer.hex("data_hex"))
        #expect(try Base32.decode(answer.text("base32").lowercased(), byteCount: answer.hex("data_hex").count) == answer.hex("data_hex"))
    }

    static func base32Decode(_ answer: KnownAnswer) throws {
        let count = Int(try #require(answer.integer("expected_length")))
        if answer.flag("accepted") == true {
            #expect(try Base32.decode(answer.text("base32"), byteCount: count) == answer.hex("data_hex"))
        } else {
            #expect(throws: WireError.self) { try Base32.decode(answer.text("base32"), byteCount: count) }
        }
    }

    static func hash(_ answer: KnownAnswer) throws {
        let text = answer.text("text")
        #expect(HashCode(sha512: Array(text.utf8)).base32 == answer.text("sha512_without_nul"))
        #expect(Hex.encode(SHA512.hash(Array(text.utf8))) == answer.text("sha512_without_nul_hex"))
        #expect(HashCode(ofText: text).base32 == answer.text("sha512_with_nul"))
    }

    static func kdf(_ answer: KnownAnswer) throws {
        let output = KDF.derive(
            length: Int(try #require(answer.integer("length"))), salt: Array(answer.text("salt_xts").utf8),
            keyMaterial: Array(answer.text("ikm_skm").utf8), context: Array(answer.text("info_ctx_concatenated").utf8))
        #expect(Hex.encode(output) == answer.text("output_hex"))
    }

    static func amount(_ answer: KnownAnswer) throws {
        guard answer.flag("accepted") == true else {
            #expect(throws: WireError.self) { try Amount(answer.text("text")) }
            #expect(throws: JSONError.self) { try Amount(json: .string(answer.text("text"))) }
            return
        }
        let amount = try Amount(answer.text("text"))
        #expect(amount.currency.text == answer.text("currency"))
        #expect(Int64(amount.value) == answer.integer("value"))
        #expect(Int64(amount.fraction) == answer.integer("fraction"))
        #expect(amount.description == answer.text("to_string"))
        #expect(amount.isZero == answer.flag("is_zero"))
        #expect(amount.json == answer.value["json"])
        #expect(try Amount(json: amount.classicJSON) == amount)
        var out = WireEncoder()
        out.append(amount)
        #expect(Hex.encode(out.bytes) == answer.text("nbo_hex"))
    }

    static func amountArithmetic(_ answer: KnownAnswer) throws {
        let (a, b) = (try answer.decode("a", as: Amount.self), try answer.decode("b", as: Amount.self))
        switch answer.integer("add_result_code") {
        case 0, 1: #expect(try a.adding(b).description == answer.text("sum"))
        case -2: #expect(throws: AmountError.overflow) { try a.adding(b) }
        case -4: #expect(throws: AmountError.currencyMismatch) { try a.adding(b) }
        default: Issue.record("an unknown result")
        }
        switch answer.integer("subtract_result_code") {
        case 0, 1: #expect(try a.subtracting(b).description == answer.text("difference"))
        case -1: #expect(throws: AmountError.negative) { try a.subtracting(b) }
        case -4: #expect(throws: AmountError.currencyMismatch) { try a.subtracting(b) }
        default: Issue.record("an unknown result")
        }
        if answer.flag("same_currency") == true {
            #expect(Int64(try a.compare(b)) == answer.integer("cmp"))
        } else {
            #expect(throws: AmountError.currencyMismatch) { try a.compare(b) }
        }
    }

    static func amountScale(_ answer: KnownAnswer) throws {
        let amount = try answer.decode("a", as: Amount.self)
        let factor = UInt32(try #require(answer.integer("factor")))
        #expect(try amount.divided(by: factor).description == answer.text("a_divided_by_factor"))
        if answer.integer("multiply_result_code") == 1 {
            #expect(try amount.multiplied(by: factor).description == answer.text("product"))
        } else {
            #expect(throws: AmountError.overflow) { try amount.multiplied(by: factor) }
        }
    }

    static func amountRoundDown(_ answer: KnownAnswer) throws {
        let (amount, unit) = (try answer.decode("a", as: Amount.self), try answer.decode("unit", as: Amount.self))
        #expect(try amount.roundedDown(to: unit).description == answer.text("rounded_down"))
        #expect(amount.isMultiple(of: unit) == (answer.integer("return_code") == 0))
    }

    static func timestamp(_ answer: KnownAnswer) throws {
        let time = try answer.decode("json", as: Timestamp.self)
        var out = WireEncoder()
        out.append(time)
        #expect(Hex.encode(out.bytes) == answer.text("nbo_hex"))
        #expect(time.json == answer.value["json"])
        #expect(try Timestamp(json: time.classicJSON) == time)
        #expect(try Timestamp(json: time.millisecondJSON) == time)
    }

    static func duration(_ answer: KnownAnswer) throws {
        let duration = try answer.decode("json", as: RelativeTime.self)
        var out = WireEncoder()
        out.append(duration)
        #expect(Hex.encode(out.bytes) == answer.text("nbo_hex"))
        #expect(duration.json == answer.value["json"])
    }

    static func purpose(_ answer: KnownAnswer) throws {
        let number = UInt32(try #require(answer.integer("value")))
        // The purposes that this program has no structure for.
        let foreign = [
            "TALER_SIGNATURE_WALLET_COIN_RECOUP", "TALER_SIGNATURE_WALLET_AGE_ATTESTATION", "TALER_SIGNATURE_WALLET_TOKEN_USE",
            "TALER_SIGNATURE_WALLET_ACCOUNT_SETUP", "TALER_SIGNATURE_MERCHANT_TOKEN_ISSUE",
        ]
        if foreign.contains(answer.text("name")) {
            #expect(Purpose(rawValue: number) == nil)
        } else {
            let purpose = try #require(purposes[answer.text("name")], "\(answer.text("name")) is not known")
            #expect(purpose.rawValue == number)
        }
    }

    private static let purposes: [String: Purpose] = [
        "TALER_SIGNATURE_MERCHANT_CONTRACT": ContractOffer.purpose,
        "TALER_SIGNATURE_MERCHANT_REFUND": RefundRequest.purpose,
        "TALER_SIGNATURE_MERCHANT_TRACK_TRANSACTION": DepositTrackRequest.purpose,
        "TALER_SIGNATURE_MERCHANT_PAYMENT_OK": PaymentConfirmation.purpose,
        "TALER_SIGNATURE_MERCHANT_WIRE_DETAILS": MerchantWireDetails.purpose,
        "TALER_SIGNATURE_WALLET_COIN_DEPOSIT": DepositRequest.purpose,
        "TALER_SIGNATURE_WALLET_RESERVE_WITHDRAW": WithdrawRequest.purpose,
        "TALER_SIGNATURE_WALLET_COIN_MELT": MeltRequest.purpose,
        "TALER_SIGNATURE_WALLET_COIN_LINK": LinkRequest.purpose,
        "TALER_SIGNATURE_WALLET_COIN_HISTORY": CoinHistoryRequest.purpose,
        "TALER_SIGNATURE_EXCHANGE_CONFIRM_DEPOSIT": DepositConfirmation.purpose,
        "TALER_SIGNATURE_EXCHANGE_CONFIRM_MELT": MeltConfirmation.purpose,
        "TALER_SIGNATURE_EXCHANGE_KEY_SET": KeySet.purpose,
        "TALER_SIGNATURE_EXCHANGE_CONFIRM_WIRE": WireConfirmation.purpose,
        "TALER_SIGNATURE_EXCHANGE_CONFIRM_WIRE_DEPOSIT": WireDepositData.purpose,
        "TALER_SIGNATURE_EXCHANGE_CONFIRM_REFUND": RefundConfirmation.purpose,
        "TALER_SIGNATURE_EXCHANGE_AFFIRM_DENOM_UNKNOWN": DenominationUnknownAffirmation.purpose,
        "TALER_SIGNATURE_EXCHANGE_AFFIRM_DENOM_EXPIRED": DenominationExpiredAffirmation.purpose,
        "TALER_SIGNATURE_MASTER_SIGNING_KEY_VALIDITY": SigningKeyValidity.purpose,
        "TALER_SIGNATURE_MASTER_DENOMINATION_KEY_VALIDITY": DenominationValidity.purpose,
        "TALER_SIGNATURE_MASTER_WIRE_DETAILS": WireAccountValidity.purpose,
        "TALER_SIGNATURE_MASTER_WIRE_FEES": WireFeeValidity.purpose,
        "TALER_SIGNATURE_MASTER_GLOBAL_FEES": GlobalFeeValidity.purpose,
        "TALER_SIGNATURE_KYC_AUTH": AccountOwnerRequest.purpose,
    ]
}
