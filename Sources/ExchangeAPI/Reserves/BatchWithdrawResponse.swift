// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The blind signatures, in the order of the planchets.
public struct BatchWithdrawResponse: Codable, Sendable, Equatable {
    public var envelopeSignatures: [EnvelopeSignature]

    enum CodingKeys: String, CodingKey {
        case envelopeSignatures = "ev_sigs"
    }

    public init(envelopeSignatures: [EnvelopeSignature]) {
        self.envelopeSignatures = envelopeSignatures
    }
}
