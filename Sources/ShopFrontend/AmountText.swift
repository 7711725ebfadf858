// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

extension Amount {
    /// With at least two digits after the point: `0.50`.
    var shopDigits: String {
        guard let point = digits.firstIndex(of: ".") else { return digits + ".00" }
        let places = digits.distance(from: point, to: digits.endIndex) - 1
        return digits + String(repeating: "0", count: max(0, 2 - places))
    }

    /// `0.50 KUDOS`.
    var shopText: String { "\(shopDigits) \(currency)" }
}
