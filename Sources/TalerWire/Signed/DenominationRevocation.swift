// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange's offline key signs to take a denomination out of use before its time (TALER_MasterDenominationKeyRevocationPS).
/// Offsets in bytes.
public struct DenominationRevocation: SignedStruct {
    public static let purpose = Purpose.masterDenominationKeyRevoked
    public static let byteCount = 72

    /// 8: 64 bytes.
    public var denominationHash: DenominationHash

    public init(denominationHash: DenominationHash) { self.denominationHash = denominationHash }

    public func encode(into out: inout WireEncoder) { out.append(denominationHash) }
}
