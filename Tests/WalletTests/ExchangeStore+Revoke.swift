// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

extension ExchangeStore {
    /// Takes a denomination out of use with the word of ``WorldKeys/master``; nothing is made in its place.
    @discardableResult
    func revoke(_ denomination: DenominationHash, at now: Timestamp) async throws -> Bool {
        let signature = WorldKeys.master.sign(DenominationRevocation(denominationHash: denomination))
        return try await change(KeyChange(revokedDenominations: [denomination: signature]), at: now)
    }
}
