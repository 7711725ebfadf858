// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension RefreshCommitment {
    /// `rc`: SHA-512 of the transfer keys, the fresh coins' denominations, the old coin, its contribution, and the planchets of all
    /// candidates.
    ///
    /// - Parameters:
    ///   - transferKeys: one for each candidate, three in all.
    ///   - masterSecret: stands before all else; wallets leave it out unless a fresh coin is Clause-Schnorr.
    ///   - planchets: for each candidate, one for each fresh coin, in the order of `denominations`.
    public init(
        masterSecret: RefreshMasterSecret? = nil, transferKeys: [TransferPublicKey], denominations: [DenominationHash],
        oldCoin: CoinPublicKey, amountWithFee: Amount,
        planchets: [[BlindedPlanchet]]
    ) {
        var out = WireEncoder()
        if let masterSecret { out.append(masterSecret) }
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
