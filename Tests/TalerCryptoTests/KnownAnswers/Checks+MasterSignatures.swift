// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func denominationValidity(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey("master_priv")
        let validity = DenominationValidity(
            masterPub: key.publicKey(), start: try answer.decode("stamp_start"),
            expireWithdraw: try answer.decode("stamp_expire_withdraw"), expireDeposit: try answer.decode("stamp_expire_deposit"),
            expireLegal: try answer.decode("stamp_expire_legal"), value: try answer.decode("value"),
            feeWithdraw: try answer.decode("fee_withdraw"), feeDeposit: try answer.decode("fee_deposit"),
            feeRefresh: try answer.decode("fee_refresh"), feeRefund: try answer.decode("fee_refund"),
            denominationHash: try answer.decode("h_denom_pub"))
        try answer.expect(validity, signature: "master_sig", by: key)
    }

    static func signingKeyValidity(_ answer: KnownAnswer) throws {
        let validity = SigningKeyValidity(
            start: try answer.decode("stamp_start"), expire: try answer.decode("stamp_expire"), end: try answer.decode("stamp_end"),
            signingKey: try answer.decode("key"))
        try answer.expect(validity, signature: "master_sig", by: answer.privateKey(named: "exchange_master"))
    }

    static func wireFee(_ answer: KnownAnswer) throws {
        let validity = WireFeeValidity(
            wireMethodHash: HashCode(ofText: answer.text("wire_method")), start: try answer.decode("start_date"),
            end: try answer.decode("end_date"), wireFee: try answer.decode("wire_fee"), closingFee: try answer.decode("closing_fee"))
        try answer.expect(validity, signature: "sig", by: answer.privateKey(named: "exchange_master"))
    }

    static func globalFee(_ answer: KnownAnswer) throws {
        let validity = GlobalFeeValidity(
            start: try answer.decode("start_date"), end: try answer.decode("end_date"), purseTimeout: try answer.decode("purse_timeout"),
            historyExpiration: try answer.decode("history_expiration"), historyFee: try answer.decode("history_fee"),
            accountFee: try answer.decode("account_fee"), purseFee: try answer.decode("purse_fee"),
            purseAccountLimit: UInt32(try #require(answer.integer("purse_account_limit"))))
        try answer.expect(validity, signature: "master_sig", by: answer.privateKey(named: "exchange_master"))
    }

    static func wireAccount(_ answer: KnownAnswer) throws {
        let key = try answer.privateKey(named: "exchange_master")
        let account = PaytoHash(of: try answer.decode("payto_uri"))
        if answer.file == .library14 {
            try answer.expect(WireAccountValidity14(paytoHash: account), signature: "master_sig", by: key)
            return
        }
        let conversion = answer.value["conversion_url"]?.stringValue.map { HashCode(ofText: $0) } ?? .zero
        let validity = WireAccountValidity(
            paytoHash: account, conversionURLHash: conversion,
            debitRestrictionsHash: try HashCode(ofJSON: try #require(answer.value["debit_restrictions"])),
            creditRestrictionsHash: try HashCode(ofJSON: try #require(answer.value["credit_restrictions"])))
        try answer.expect(validity, signature: "master_sig", by: key)
    }
}
