// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopStore
import TalerWire

extension [OrderLine.Tax] {
    /// One for each name and rate, in the order of their first coming.
    var sums: [OrderLine.Tax] {
        reduce(into: []) { sums, tax in
            guard let index = sums.firstIndex(where: { $0.name == tax.name && $0.rate == tax.rate }) else { return sums.append(tax) }
            // Parts of an amount that is one: their sum is no larger.
            guard let sum = try? sums[index].amount.adding(tax.amount) else { return }
            sums[index] = OrderLine.Tax(name: tax.name, amount: sum, rate: tax.rate)
        }
    }
}

extension OrderLine.Tax {
    /// `19% VAT`; the name alone where the rate is not known.
    func title(_ words: Words) -> String { words.taxName(name, rate: rate) }
}
