// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An online signing key with its private half.
public struct SigningKeyRecord: Sendable, Equatable {
    public var key: ExchangePublicKey
    /// The 32-byte seed.
    public var secret: StoredSecret
    public var start: Timestamp
    /// Signs until then.
    public var expire: Timestamp
    /// Its signatures are evidence until then.
    public var end: Timestamp
    /// 1024.
    public var masterSignature: EdDSASignature
    /// When it was revoked; nil while it is not.
    public var revoked: Timestamp?
    /// 1020; nil while it is not revoked.
    public var revocationSignature: EdDSASignature?

    public init(
        key: ExchangePublicKey, secret: StoredSecret, start: Timestamp, expire: Timestamp, end: Timestamp,
        masterSignature: EdDSASignature, revoked: Timestamp? = nil, revocationSignature: EdDSASignature? = nil
    ) {
        self.key = key
        self.secret = secret
        self.start = start
        self.expire = expire
        self.end = end
        self.masterSignature = masterSignature
        self.revoked = revoked
        self.revocationSignature = revocationSignature
    }
}
