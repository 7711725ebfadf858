// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange's offline key signs to take an online signing key out of use before its time
/// (TALER_MasterSigningKeyRevocationPS). Offsets in bytes.
public struct SigningKeyRevocation: SignedStruct {
    public static let purpose = Purpose.masterSigningKeyRevoked
    public static let byteCount = 40

    /// 8: 32 bytes.
    public var signingKey: ExchangePublicKey

    public init(signingKey: ExchangePublicKey) { self.signingKey = signingKey }

    public func encode(into out: inout WireEncoder) { out.append(signingKey) }
}
