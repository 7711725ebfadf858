// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the offline key signs of an online signing key (TALER_ExchangeSigningKeyValidityPS). Offsets in bytes.
public struct SigningKeyValidity: SignedStruct {
    public static let purpose = Purpose.masterSigningKeyValidity
    public static let byteCount = 64

    /// 8: 8 bytes.
    public var start: Timestamp
    /// 16: 8 bytes.
    public var expire: Timestamp
    /// 24: 8 bytes.
    public var end: Timestamp
    /// 32: 32 bytes.
    public var signingKey: ExchangePublicKey

    public init(start: Timestamp, expire: Timestamp, end: Timestamp, signingKey: ExchangePublicKey) {
        self.start = start
        self.expire = expire
        self.end = end
        self.signingKey = signingKey
    }

    public func encode(into out: inout WireEncoder) {
        out.append(start)
        out.append(expire)
        out.append(end)
        out.append(signingKey)
    }
}
