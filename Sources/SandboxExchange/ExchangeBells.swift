// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What waiting requests wait for.
struct ExchangeBells: Sendable {
    /// Money that arrives.
    let reserves = ChangeBell<ReservePublicKey>()
    /// What happens to deposits.
    let deposits = ChangeBell<DepositTopic>()

    /// What becomes known of a merchant's account.
    let accounts = ChangeBell<NormalizedPaytoHash>()

    func close() {
        accounts.close()
        reserves.close()
        deposits.close()
    }
}

/// What the answer to a question for a deposit depends on.
enum DepositTopic: Hashable, Sendable {
    /// Payouts of the contract.
    case contract(ContractHash)
    /// What is asked of the merchant's account, or is known of it.
    case account(NormalizedPaytoHash)
}
