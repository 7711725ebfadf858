// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import TalerWire
import TestSupport

extension TestPurchase {
    /// To be paid soon after a fixture's time.
    static func due() -> TestPurchase {
        var purchase = TestPurchase()
        purchase.refundDeadline = SharedKeys.start.advanced(bySeconds: 3700)
        purchase.wireDeadline = SharedKeys.start.advanced(bySeconds: 3800)
        return purchase
    }
}

extension Fixture {
    func passDeadline() { clock.advance(bySeconds: 300) }
}
