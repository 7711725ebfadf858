// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A denomination that was revoked.
public struct RecoupEntry: Codable, Sendable, Equatable {
    public var denominationHash: DenominationHash

    enum CodingKeys: String, CodingKey {
        case denominationHash = "h_denom_pub"
    }

    public init(denominationHash: DenominationHash) {
        self.denominationHash = denominationHash
    }
}
