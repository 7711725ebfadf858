// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension BookRule {
    static let transfers = [
        BookRule(
            claim: "a transfer pays what was deposited and not refunded, less the deposit fee", name: "the coin",
            query: """
                SELECT t.coin_pub FROM transfer_coin t
                JOIN deposit_coin c ON c.deposit = t.deposit AND c.coin_pub = t.coin_pub
                WHERE t.contribution <> c.contribution
                    OR t.refunded <> coalesce(
                        (SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub), 0)
                    OR t.deposit_fee <> min(c.deposit_fee, t.contribution - t.refunded)
                """),
        BookRule(
            claim: "a transfer's total is the sum of its deposits less the wire fee and what is rounded off", name: "transfer",
            query: """
                SELECT t.wtid FROM transfer t WHERE t.total + t.wire_fee + t.rounding
                    <> coalesce((SELECT sum(c.contribution - c.refunded - c.deposit_fee) FROM transfer_coin c WHERE c.transfer = t.id), 0)
                """),
        BookRule(
            claim: "a transfer pays deposits of its own merchant, account and subject", name: "transfer",
            query: """
                SELECT DISTINCT t.wtid FROM transfer t JOIN transfer_coin c ON c.transfer = t.id JOIN deposit d ON d.id = c.deposit
                WHERE d.merchant_pub <> t.merchant_pub OR d.payto_uri <> t.payto_uri
                    OR d.wire_subject_metadata IS NOT t.wire_subject_metadata
                """),
        BookRule(
            claim: "what is in no transfer waits to be paid, and nothing else does", name: "a deposit of the coin",
            query: """
                SELECT coin_pub FROM (
                    SELECT c.coin_pub, c.deposit, d.merchant_pub, d.wire_deadline FROM deposit_coin c JOIN deposit d ON d.id = c.deposit
                    WHERE NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = c.deposit AND t.coin_pub = c.coin_pub)
                    EXCEPT SELECT coin_pub, deposit, merchant_pub, wire_deadline FROM unpaid_coin)
                UNION ALL SELECT u.coin_pub FROM unpaid_coin u JOIN transfer_coin t ON t.deposit = u.deposit AND t.coin_pub = u.coin_pub
                UNION ALL SELECT u.coin_pub FROM unpaid_coin u JOIN deposit d ON d.id = u.deposit
                    WHERE d.merchant_pub <> u.merchant_pub OR d.wire_deadline <> u.wire_deadline
                """),
    ]

    static let histories = [
        BookRule(
            claim: "a coin's history has each of its deposits once", name: "the coin",
            query: """
                SELECT c.coin_pub FROM deposit_coin c WHERE 1 <> (SELECT count(*) FROM coin_event e
                    WHERE e.coin_pub = c.coin_pub AND e.deposit = c.deposit AND e.rtransaction_id IS NULL)
                """),
        BookRule(
            claim: "a coin's history has each of its refunds once", name: "the coin",
            query: """
                SELECT r.coin_pub FROM refund r WHERE 1 <> (SELECT count(*) FROM coin_event e
                    WHERE e.coin_pub = r.coin_pub AND e.deposit = r.deposit AND e.rtransaction_id = r.rtransaction_id)
                """),
        BookRule(
            claim: "a reserve's history has each of its credits once", name: "the reserve",
            query: """
                SELECT c.reserve_pub FROM reserve_credit c WHERE 1 <> (SELECT count(*) FROM reserve_event e
                    WHERE e.reserve_pub = c.reserve_pub AND e.account = c.account AND e.bank_row = c.bank_row)
                """),
        BookRule(
            claim: "a reserve's history has each of its withdrawals once", name: "the reserve",
            query: """
                SELECT w.reserve_pub FROM withdrawal w WHERE 1 <> (SELECT count(*) FROM reserve_event e
                    WHERE e.reserve_pub = w.reserve_pub AND e.h_coin_envelope = w.h_coin_envelope)
                """),
    ]

    static let bank = [
        BookRule(
            claim: "what was booked was read", name: "the credit",
            query: """
                SELECT c.bank_row FROM reserve_credit c
                WHERE c.bank_row > coalesce((SELECT b.bank_row FROM bank_cursor b WHERE b.account = c.account), 0)
                """),
        BookRule(
            claim: "what fills a reserve is not given back", name: "the credit",
            query: """
                SELECT r.bank_row FROM rejection r JOIN reserve_credit c ON c.account = r.account AND c.bank_row = r.bank_row
                WHERE r.done IS NOT NULL
                """),
        BookRule(
            claim: "the bank makes each transfer in a row of its own", name: "the bank's row",
            query: "SELECT bank_row FROM transfer WHERE bank_row IS NOT NULL GROUP BY bank_row HAVING count(*) > 1"),
    ]
}
