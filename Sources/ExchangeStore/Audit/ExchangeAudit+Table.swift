// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

extension ExchangeAudit {
    /// The numbers for people: a name and an amount in each line.
    public func table(_ currency: Currency) -> [String] {
        var rows: [(String, Int128?)] = []
        if let money {
            rows += [
                ("paid in by the bank", money.paidIn), ("reserves hold", money.reserves), ("coins outstanding", money.coins),
            ]
            rows += money.coinsByValue.map { ("  \($0.issued) of \(Self.digits(Int128($0.value)))", $0.outstanding) }
            rows += [
                ("melted, not yet new coins", money.melted), ("deposits to be wired", money.deposits), ("fees earned", money.fees),
                ("  withdraw", money.withdrawFees), ("  deposit", money.depositFees), ("  refresh", money.refreshFees),
                ("  refund", money.refundFees), ("  wire", money.wireFees), ("kept by rounding", money.rounding),
                ("paid out, confirmed", money.paidOut), ("paid out, not yet confirmed", money.openTransfers),
                ("all of it", money.total), ("difference", money.paidIn - money.total),
            ]
        }
        if let bank {
            rows += [
                ("the bank's credits of reserves", bank.reserveCredits), ("  not yet read", bank.unread),
                ("the bank's credits with account keys", bank.accountKeys), ("the bank's other credits", bank.otherCredits),
                ("credits sent back", bank.rejected), ("credits to be sent back", bank.toReject),
                ("the bank's payouts", bank.paid), ("  given back by receivers", bank.givenBack),
            ]
        }
        let texts = rows.map { ($0.0, $0.1.map(Self.digits) ?? "") }
        let widths = (texts.map(\.0.count).max() ?? 0, texts.map(\.1.count).max() ?? 0)
        return texts.map { name, number in
            name + String(repeating: " ", count: widths.0 - name.count + 2 + widths.1 - number.count) + number + " \(currency)"
        }
    }

    /// Signed units of 10^-8 for people.
    public static func amount(_ units: Int128, _ currency: Currency) -> String { "\(digits(units)) \(currency)" }

    /// With two digits behind the point, or as many as are needed.
    static func digits(_ units: Int128) -> String {
        let base = UInt128(Amount.fractionBase)
        let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: base)
        var fraction = String(String(base + rest).dropFirst())
        while fraction.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(units < 0 ? "-" : "")\(whole).\(fraction)"
    }
}
