// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A denomination that an auditor vouches for (1064).
public struct AuditorDenominationKey: Codable, Sendable, Equatable {
    public var denominationHash: DenominationHash
    public var auditorSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case denominationHash = "denom_pub_h"
        case auditorSignature = "auditor_sig"
    }

    public init(denominationHash: DenominationHash, auditorSignature: EdDSASignature) {
        self.denominationHash = denominationHash
        self.auditorSignature = auditorSignature
    }
}
