// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// What banks can transfer no part of: `tiny_amount` of `/keys`.
enum WireUnit {
    /// A hundredth.
    static func smallest(_ currency: Currency) throws(WireError) -> Amount {
        try Amount(currency, value: 0, fraction: Amount.fractionBase / 100)
    }
}
