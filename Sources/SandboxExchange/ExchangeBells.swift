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

    func close() {
        reserves.close()
        deposits.close()
    }
}
