// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore

extension OrderLine {
    /// When it comes: the words that were sold where the page has their language; else, as far as they begin with numbers of days, these
    /// in the page's words. Names: `date`, `language`. Nil where nothing was promised.
    /// - Parameter sold: the order's language, two letters.
    func arrives(_ words: Words, sold: String) -> PageRecord? {
        guard let deliveryDate else { return nil }
        guard sold != words.language.code, let days else { return ["date": .text(deliveryDate), "language": .text(sold)] }
        return ["date": .text(words.days(days)), "language": .text(words.language.code)]
    }

    /// The numbers that ``deliveryDate`` begins with: 3...6 of `3–6 days after the payment`.
    private var days: ClosedRange<Int>? {
        guard let found = deliveryDate?.prefixMatch(of: /([0-9]{1,3})(?:–([0-9]{1,3}))?\s/), let first = Int(found.output.1) else {
            return nil
        }
        let last = found.output.2.flatMap { Int($0) } ?? first
        return first <= last ? first...last : nil
    }
}
