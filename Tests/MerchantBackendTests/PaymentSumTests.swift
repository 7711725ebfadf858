// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import TalerWire
import Testing

struct PaymentSumTests {
    /// Contributions with their fees, price, fees borne by the merchant, and what must come out.
    static let cases: [([(String, String)], String, String, PaymentSum.Shortfall?)] = [
        ([("1", "0.01")], "1", "0.01", nil), ([("1", "0.01")], "1", "0", .feesTooHigh), ([("1.01", "0.01")], "1", "0", nil),
        ([("0.99", "0")], "1", "1", .tooLittle), ([("0.5", "0.02"), ("0.53", "0.02")], "1", "0.01", nil),
        ([("0.5", "0.02"), ("0.52", "0.02")], "1", "0.01", .feesTooHigh), ([("1", "0.01")], "1", "5", nil),
        ([("4503599627370496", "0"), ("4503599627370496", "0")], "1", "0", .arithmetic(.overflow)),
    ]

    @Test(arguments: cases) func theSumRuleHolds(
        coins: [(String, String)], price: String, maximumFee: String, shortfall: PaymentSum.Shortfall?
    ) throws {
        let parsed = try coins.map { (contribution: try Amount("KUDOS:\($0.0)"), depositFee: try Amount("KUDOS:\($0.1)")) }
        let result = Result { () throws(PaymentSum.Shortfall) in
            try PaymentSum.check(parsed, amount: Self.kudos(price), maximumFee: Self.kudos(maximumFee))
        }
        switch result {
        case .success: #expect(shortfall == nil)
        case .failure(let found): #expect(found == shortfall)
        }
    }

    static func kudos(_ digits: String) -> Amount { (try? Amount("KUDOS:\(digits)")) ?? unreachableAmount }
    private static var unreachableAmount: Amount { preconditionFailure("the amounts of this file are well-formed") }
}
