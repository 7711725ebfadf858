// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What the offline key has decided, to be entered all at once.
public struct KeyChange: Sendable {
    public var added: KeyRecords
    /// With their signatures 1029.
    public var revokedDenominations: [DenominationHash: EdDSASignature]
    /// With their signatures 1020.
    public var revokedSigningKeys: [ExchangePublicKey: EdDSASignature]

    public init(
        added: KeyRecords = KeyRecords(), revokedDenominations: [DenominationHash: EdDSASignature] = [:],
        revokedSigningKeys: [ExchangePublicKey: EdDSASignature] = [:]
    ) {
        self.added = added
        self.revokedDenominations = revokedDenominations
        self.revokedSigningKeys = revokedSigningKeys
    }
}
