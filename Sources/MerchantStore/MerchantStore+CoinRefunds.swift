// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension MerchantStore {
    /// What is refunded of a coin's contribution to a contract.
    /// - Returns: `confirmed`: by the exchange's signature. `atMost`: with every refund whose outcome is not known.
    static func refunds(
        _ database: Database, contractID: Int64, coin: CoinPublicKey, of contribution: Amount
    ) throws -> (confirmed: Amount, atMost: Amount) {
        (.zero(contribution.currency), .zero(contribution.currency))
    }
}
