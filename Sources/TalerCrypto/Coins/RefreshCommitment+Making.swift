// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension RefreshCommitment {
    /// `rc`: SHA-512 of the transfer keys, the fresh coins' denominations, the old coin, its contribution, and the planchets of all
    /// candidates (for RSA coins: without a refresh master secret).
    ///
    /// - Parameters:
    ///   - transferKeys: one for each candidate, three in all.
    ///   - planchets: for each candidate, one for each fresh coin, in the order of `denominations`.
    public init(
        transferKeys: [TransferPublicKey], denominations: [DenominationHash], oldCoin: CoinPublicKey, amountWithFee: Amount,
        planchets: [[BlindedPlanchet]]
    ) {
        var out = WireEncoder()
        for key in transferKeys { out.append(key) }
        for denomination in denominations { out.append(denomination) }
        out.append(oldCoin)
        out.append(amountWithFee)
        for planchet in planchets.joined() {
            out.append(planchet.cipher.rawValue)
            out.append(raw: planchet.bytes)
        }
        self.init(checked: SHA512.hash(out.bytes))
    }
}
