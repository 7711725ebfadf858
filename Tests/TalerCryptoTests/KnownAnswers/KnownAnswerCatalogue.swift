// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import TestVectors
import Testing

/// Every group of every file of known answers: either a check, or the reason why it does not bind this program.
enum KnownAnswerCatalogue {
    typealias Check = @Sendable (KnownAnswer) throws -> Void

    enum Treatment {
        case check(Check)
        case explained(String)
    }

    static let files: [VectorFile] = [.library14, .library23, .independent, .clauseSchnorr, .refresh]

    /// The groups of the two files that the exchange's library made.
    static let library: [String: Treatment] = [
        "source": .explained("says which library made the file"),
        "conventions": .explained("says how the file is to be read"),
        "signature_purposes": .check(Checks.purpose),
        "eddsa_keys": .check(Checks.edDSAKey),
        "base32_encode": .check(Checks.base32Encode),
        "base32_decode_into_fixed_length": .check(Checks.base32Decode),
        "gnunet_hash": .check(Checks.hash),
        "gnunet_kdf": .check(Checks.kdf),
        "amounts": .check(Checks.amount),
        "amount_arithmetic": .check(Checks.amountArithmetic),
        "amount_scale": .check(Checks.amountScale),
        "amount_round_down": .check(Checks.amountRoundDown),
        "timestamps": .check(Checks.timestamp),
        "durations": .check(Checks.duration),
        "merchant_wire_hash": .check(Checks.merchantWireHash),
        "payto_hash": .check(Checks.paytoHash),
        "payto_validate": .check(Checks.paytoValidate),
        "contract_hash": .check(Checks.contractHash),
        "policy_hash": .check(Checks.policyHash),
        "rsa_denominations": .check(Checks.rsaDenomination),
        "cs_denominations": .check(Checks.csDenomination),
        "eddsa_sign_purpose": .check(Checks.rawSignature),
        "wallet_deposit_sign": .check(Checks.walletDeposit),
        "exchange_deposit_confirmation_sign": .check(Checks.depositConfirmation),
        "merchant_contract_sign": .check(Checks.merchantContract),
        "merchant_pay_sign": .check(Checks.merchantPay),
        "account_kyc_auth_sign": .check(Checks.accountOwner),
        "wallet_account_setup_sign": .check(Checks.accountSetup),
        "wallet_coin_history_sign": .check(Checks.coinHistory),
        "wallet_reserve_history_sign": .check(Checks.reserveHistory),
        "wallet_token_use_sign": .check(Checks.tokenUse),
        "wallet_melt_sign": .check(Checks.melt),
        "exchange_melt_confirmation_sign": .check(Checks.meltConfirmation),
        "wallet_link_sign": .check(Checks.link),
        "exchange_denomination_unknown_sign": .check(Checks.denominationUnknown),
        "exchange_denomination_expired_sign": .check(Checks.denominationExpired),
        "merchant_refund_sign": .check(Checks.refund),
        "exchange_refund_confirmation_sign": .check(Checks.refundConfirmation),
        "merchant_deposit_track_sign": .check(Checks.depositTrack),
        "exchange_confirm_wire_sign": .check(Checks.confirmWire),
        "exchange_wire_deposit_sign": .check(Checks.wireDeposit),
        "exchange_key_set_sign": .check(Checks.keySet),
        "master_denom_validity_sign": .check(Checks.denominationValidity),
        "master_signkey_validity_sign": .check(Checks.signingKeyValidity),
        "master_wire_fee_sign": .check(Checks.wireFee),
        "master_global_fee_sign": .check(Checks.globalFee),
        "master_wire_account_sign": .check(Checks.wireAccount),
        "link_ecdh": .check(Checks.linkSecret),
    ]

    /// The groups of the independent implementation's file.
    static let independent: [String: Treatment] = [
        "note": .explained("says how the file was made"),
        "keys": .check(Independent.key),
        "base32": .check(Independent.base32),
        "rsa": .check(Independent.rsa),
        "denom": .check(Independent.denomination),
        "planchet": .check(Independent.planchet),
        "amount_nbo": .check(Independent.amount),
        "signed": .check(Independent.signed),
        "payto": .check(Independent.payto),
        "payto2": .check(Independent.payto),
        "contract": .check(Independent.contract),
        "contract_forgettable": .check(Independent.contract),
        "batch_deposit_request": .check(Independent.batchDepositRequest),
        "batch_deposit_response": .check(Independent.batchDepositResponse),
        "ecdh": .check(Independent.ecdh),
        "kdf": .check(Independent.kdf),
        // Its structures of 128, 160 and 272 bytes are history: this program never signs or accepts them.
        "classic": .check(Independent.classicContract),
    ]

    static let clauseSchnorr: [String: Treatment] = [
        "exchange": .explained("where the coins were withdrawn"),
        "master_pub": .explained("where the coins were withdrawn"),
        "protocol": .explained("where the coins were withdrawn"),
        "cs_pub": .explained("the key that each coin's check takes"),
        "coins": .check(Checks.clauseSchnorrCoin),
    ]

    static let refresh: [String: Treatment] = [
        "note": .explained("says how the file was made"),
        "refresh": .check(Checks.refresh),
    ]

    static func treatments(_ file: VectorFile) -> [String: Treatment] {
        switch file {
        case .library14, .library23: library
        case .independent: independent
        case .clauseSchnorr: clauseSchnorr
        case .refresh: refresh
        }
    }

    /// Entries of protocol 14 that protocol 23 answers differently: its rules are ours.
    static let superseded: [String: (member: String, values: Set<String>, reason: String)] = [
        "amounts": ("text", ["eur:1", "Eur:2.5", "EUR1:1", "E-R:1", "E_R:1", ":1"], "a currency is 1 to 11 letters A to Z since"),
        "amount_arithmetic": ("a", ["kudos:1"], "a currency is upper-case since"),
        "payto_validate": (
            "payto_uri",
            [
                "payto://iban/CH9300762011623852957?receiver-name=M%20N", "payto://x-taler-bank/localhost/43",
                "payto://x-taler-bank/localhost", "payto://upi/a@b?receiver-name=x",
            ], "the library checks less of the characters and more of x-taler-bank since"
        ),
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        let answer: KnownAnswer
        let check: Check
        var testDescription: String { answer.testDescription }
    }

    /// What the test runs, one entry a case.
    static let cases: [Case] = files.flatMap { file in
        let members = (try? file.json.objectValue?.members) ?? []
        return members.flatMap { member -> [Case] in
            guard case .check(let check)? = treatments(file)[member.name] else { return [] }
            return entries(file, member).map { Case(answer: $0, check: check) }
        }
    }

    /// Lists give an entry for each element, objects that hold like things one for each member, all else is one entry.
    private static func entries(_ file: VectorFile, _ group: JSONObject.Member) -> [KnownAnswer] {
        let prefix = "\(file.rawValue) \(group.name)"
        switch group.value {
        case .array(let elements):
            let all = elements.enumerated().map { KnownAnswer(file: file, name: "\(prefix) \($0.offset)", value: $0.element) }
            guard file == .library14, let old = superseded[group.name] else { return all }
            return all.filter { !old.values.contains($0.text(old.member)) }
        case .object(let object) where ["signature_purposes", "keys", "amount_nbo", "signed"].contains(group.name):
            return object.members.map {
                KnownAnswer(file: file, name: "\(prefix) \($0.name)", value: ["name": .string($0.name), "value": $0.value])
            }
        default: return [KnownAnswer(file: file, name: prefix, value: group.value)]
        }
    }
}
