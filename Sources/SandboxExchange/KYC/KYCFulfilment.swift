// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// Takes the answer to what is open.
struct KYCFulfilment: Sendable {
    let store: ExchangeStore
    let bell: ChangeBell<NormalizedPaytoHash>
    let payouts: PayoutLoop
    let clock: any WallClock

    /// Does nothing when nothing is open.
    func fulfil(_ owner: KYCOwner) async throws {
        guard let requirement = owner.account.openRequirement else { return }
        guard try await store.fulfil(requirement, of: owner.hash, at: clock.now()) else { return }
        bell.ring(owner.hash)
        // What was held back can be paid now.
        payouts.wake()
    }
}
