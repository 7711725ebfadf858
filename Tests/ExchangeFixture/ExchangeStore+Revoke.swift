// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import ExchangeStore
import TalerCrypto
package import TalerWire

extension ExchangeStore {
    /// Takes a denomination out of use with the word of ``SharedKeys/master``; nothing is made in its place.
    @discardableResult
    package func revoke(_ denomination: DenominationHash, at now: Timestamp) async throws -> Bool {
        let signature = SharedKeys.master.sign(DenominationRevocation(denominationHash: denomination))
        return try await change(KeyChange(revokedDenominations: [denomination: signature]), at: now)
    }
}
