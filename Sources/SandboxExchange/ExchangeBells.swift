// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What waiting requests wait for.
struct ExchangeBells: Sendable {
    /// Money that arrives.
    let reserves = ChangeBell<ReservePublicKey>()
    /// What happens to the deposits of a contract.
    let deposits = ChangeBell<ContractHash>()

    /// What becomes known of a merchant's account.
    let accounts = ChangeBell<NormalizedPaytoHash>()

    func close() {
        accounts.close()
        reserves.close()
        deposits.close()
    }
}
