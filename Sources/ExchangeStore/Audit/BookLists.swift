// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension BookList where Record == SigningKeyRecord {
    public static var signingKeys: Self {
        BookList(name: "the signing key", sql: "SELECT exchange_pub, * FROM signing_key") { row, _ in try SigningKeyRecord(row: row) }
    }
}

extension BookList where Record == DenominationRecord {
    public static var denominations: Self {
        BookList(name: "the denomination", sql: "SELECT h_denom_pub, * FROM denomination") { try DenominationRecord(row: $0, $1) }
    }
}

extension BookList where Record == WireAccountRecord {
    /// Those out of use included.
    public static var accounts: Self {
        BookList(name: "the exchange's account", sql: "SELECT payto_uri, master_sig FROM wire_account") { row, _ in
            WireAccountRecord(payto: try row.text("payto_uri"), masterSignature: try row.bytes("master_sig"))
        }
    }
}

extension BookList where Record == WireFeeRecord {
    public static var wireFees: Self {
        BookList(name: "the wire fee", sql: "SELECT method || ' from ' || start, * FROM wire_fee") { try WireFeeRecord(row: $0, $1) }
    }
}

extension BookList where Record == GlobalFeeRecord {
    public static var globalFees: Self {
        BookList(name: "the global fee from", sql: "SELECT start, * FROM global_fee") { try GlobalFeeRecord(row: $0, $1) }
    }
}

extension BookList where Record == AuditedWithdrawal {
    public static var withdrawals: Self {
        BookList(name: "the withdrawal", sql: "SELECT h_coin_envelope, * FROM withdrawal") { row, currency in
            AuditedWithdrawal(
                reserve: try row.bytes("reserve_pub"), coin: try WithdrawnCoin(row: row, currency), date: try row.time("date"))
        }
    }
}

extension BookList where Record == AuditedCoin {
    public static var coins: Self {
        BookList(name: "the coin", sql: "SELECT coin_pub, * FROM known_coin") { row, _ in
            AuditedCoin(
                coinPub: try row.bytes("coin_pub"), denominationHash: try row.bytes("h_denom_pub"),
                denominationSignature: try row.blob("denom_sig"), ageCommitmentHash: try row.optionalBytes("h_age_commitment"))
        }
    }
}

extension BookList where Record == AuditedDeposit {
    public static var deposits: Self {
        BookList(name: "deposit", sql: "SELECT id, * FROM deposit") { row, _ in
            AuditedDeposit(
                number: try row.integer("id"), merchantPub: try row.bytes("merchant_pub"),
                contractHash: try row.bytes("h_contract_terms"), payto: try row.text("payto_uri"), wireSalt: try row.bytes("wire_salt"),
                wireHash: try row.bytes("h_wire"), merchantSignature: try row.bytes("merchant_sig"))
        }
    }
}

extension BookList where Record == AuditedDepositCoin {
    public static var depositCoins: Self {
        BookList(
            name: "a deposit of the coin",
            sql: """
                SELECT c.coin_pub, c.contribution, c.deposit_fee, c.coin_sig, c.date, k.h_denom_pub, k.h_age_commitment,
                    d.h_contract_terms, d.h_wire, d.timestamp, d.refund_deadline, d.merchant_pub, d.wallet_data_hash
                FROM deposit_coin c JOIN deposit d ON d.id = c.deposit JOIN known_coin k ON k.coin_pub = c.coin_pub
                """
        ) { row, currency in
            AuditedDepositCoin(
                coinPub: try row.bytes("coin_pub"), contractHash: try row.bytes("h_contract_terms"),
                ageCommitmentHash: try row.optionalBytes("h_age_commitment"), wireHash: try row.bytes("h_wire"),
                denominationHash: try row.bytes("h_denom_pub"), timestamp: try row.time("timestamp"),
                refundDeadline: try row.time("refund_deadline"), contribution: try row.amount("contribution", currency),
                depositFee: try row.amount("deposit_fee", currency), merchantPub: try row.bytes("merchant_pub"),
                walletDataHash: try row.optionalBytes("wallet_data_hash"), coinSignature: try row.bytes("coin_sig"),
                date: try row.time("date"))
        }
    }
}

extension BookList where Record == CoinRefund {
    public static var refunds: Self {
        BookList(
            name: "a refund of the coin",
            sql: """
                SELECT r.coin_pub, r.rtransaction_id, r.amount, r.fee, r.merchant_sig, d.merchant_pub, d.h_contract_terms
                FROM refund r JOIN deposit d ON d.id = r.deposit
                """
        ) { row, currency in
            try CoinRefund(row: row, of: try row.bytes("coin_pub"), currency)
        }
    }
}

extension BookList where Record == AuditedTransfer {
    public static var transfers: Self {
        BookList(name: "transfer", sql: "SELECT wtid, * FROM transfer") { try AuditedTransfer(row: $0, $1) }
    }
}

extension BookList where Record == AuditedAccount {
    public static var merchantAccounts: Self {
        BookList(name: "the account", sql: "SELECT payto, * FROM merchant_account") { row, _ in
            AuditedAccount(
                hash: try row.bytes("h_payto"), payto: try row.text("payto"), accountPub: try row.optionalBytes("account_pub"))
        }
    }
}

extension AuditedTransfer {
    init(row: Row, _ currency: Currency) throws {
        self.init(
            wireTransferID: try row.bytes("wtid"), exchangeBaseURL: try row.text("exchange_base_url"), payto: try row.text("payto_uri"),
            total: try row.amount("total", currency), wireFee: try row.amount("wire_fee", currency),
            rounding: try row.amount("rounding", currency), prepared: try row.time("prepared"), bankRow: row["bank_row"])
    }
}
