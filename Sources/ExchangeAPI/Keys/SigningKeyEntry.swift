// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An online signing key of an exchange (1024).
public struct SigningKeyEntry: Codable, Sendable, Equatable {
    public var start: Timestamp
    /// Signs until then.
    public var expire: Timestamp
    /// Its signatures are evidence until then.
    public var end: Timestamp
    public var key: ExchangePublicKey
    public var masterSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case start = "stamp_start"
        case expire = "stamp_expire"
        case end = "stamp_end"
        case key
        case masterSignature = "master_sig"
    }

    public init(start: Timestamp, expire: Timestamp, end: Timestamp, key: ExchangePublicKey, masterSignature: EdDSASignature) {
        self.start = start
        self.expire = expire
        self.end = end
        self.key = key
        self.masterSignature = masterSignature
    }
}
