// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

/// What a transfer is to pay.
struct DuePayment {
    /// Whole units only.
    var total: Amount
    var rounding: Amount
    var deposits: [DueDeposit]
}

/// A coin's deposit that is to be paid.
struct DueDeposit {
    let number: Int64
    let coinPub: CoinPublicKey
    let contribution: Amount
    let refunded: Amount
    /// The denomination's, or all that refunds have left.
    let fee: Amount

    var net: Amount {
        get throws { try contribution.subtracting(refunded).subtracting(fee) }
    }

    init(row: Row, _ currency: Currency) throws {
        number = try row.integer("deposit")
        coinPub = try row.bytes("coin_pub")
        contribution = try row.amount("contribution", currency)
        refunded = try row.amount("refunded", currency)
        let (rest, fee) = (try contribution.subtracting(refunded), try row.amount("deposit_fee", currency))
        self.fee = try rest.isLess(than: fee) ? rest : fee
    }
}

extension ExchangeStore {
    /// Nil when all that is due does not come to a unit above the wire fee.
    func duePayment(
        _ target: PayoutTarget, _ terms: PayoutTerms, _ unit: Amount, _ time: Timestamp, _ database: Database
    ) throws -> DuePayment? {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT c.deposit, c.coin_pub, c.contribution, c.deposit_fee,
                    coalesce((SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub), 0) AS refunded
                FROM unpaid_coin u CROSS JOIN deposit d ON d.id = u.deposit
                CROSS JOIN deposit_coin c ON c.deposit = u.deposit AND c.coin_pub = u.coin_pub
                WHERE u.merchant_pub = ? AND u.wire_deadline <= ? AND d.payto_uri = ? AND d.wire_subject_metadata IS ?
                ORDER BY u.wire_deadline, u.deposit, u.coin_pub
                """,
            arguments: [target.merchantPub.data, time.stored, target.payto, target.wireSubjectMetadata])
        var (deposits, sum): ([DueDeposit], Amount) = ([], .zero(currency))
        while let row = try rows.next() {
            let deposit = try DueDeposit(row: row, currency)
            deposits.append(deposit)
            sum = try sum.adding(deposit.net)
            if deposits.count >= Self.usualTransfer, try payable(sum, terms, unit) != nil { break }
        }
        guard let total = try payable(sum, terms, unit) else { return nil }
        return DuePayment(total: total, rounding: try sum.subtracting(terms.wireFee).subtracting(total), deposits: deposits)
    }

    private func payable(_ sum: Amount, _ terms: PayoutTerms, _ unit: Amount) throws -> Amount? {
        guard try terms.wireFee.isLess(than: sum) else { return nil }
        let total = try sum.subtracting(terms.wireFee).roundedDown(to: unit)
        return total.isZero ? nil : total
    }
}
