// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What the offline key has done.
public struct SetupReport: Sendable, Equatable {
    public var masterPub: MasterPublicKey
    public var newSigningKeys: Int
    public var newDenominations: Int
    public var revokedSigningKeys = 0
    public var revokedDenominations = 0
    /// When something must be made next, if nothing is revoked before.
    public var nextDue = Timestamp.never

    public var hasChangedKeys: Bool { newSigningKeys + newDenominations + revokedSigningKeys + revokedDenominations > 0 }
}
