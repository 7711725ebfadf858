// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One blind signature.
public struct EnvelopeSignature: Codable, Sendable, Equatable {
    /// `{"cipher": "RSA", "blinded_rsa_signature"}`.
    public var signature: JSONValue

    enum CodingKeys: String, CodingKey {
        case signature = "ev_sig"
    }

    public init(signature: JSONValue) {
        self.signature = signature
    }
}
