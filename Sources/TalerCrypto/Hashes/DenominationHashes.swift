// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension DenominationHash {
    /// SHA-512 of age mask, cipher number and encoded key.
    public init(of key: DenominationPublicKey, ageMask: UInt32 = 0) {
        var out = WireEncoder()
        out.append(ageMask)
        out.append(key.cipher.rawValue)
        out.append(raw: key.encoded)
        self.init(checked: SHA512.hash(out.bytes))
    }
}

extension CoinPublicKeyHash {
    /// SHA-512 of the coin's key, followed by the age commitment's hash if the coin has one.
    public init(of coin: CoinPublicKey, ageCommitment: AgeCommitmentHash? = nil) {
        self.init(checked: SHA512.hash(coin.bytes + (ageCommitment?.bytes ?? [])))
    }
}

extension CoinEnvelopeHash {
    /// SHA-512 of the denomination's hash, the cipher number and the blinded planchet.
    public init(of planchet: BlindedPlanchet, denomination: DenominationHash) {
        var out = WireEncoder()
        out.append(denomination)
        out.append(planchet.cipher.rawValue)
        out.append(raw: planchet.bytes)
        self.init(checked: SHA512.hash(out.bytes))
    }
}
