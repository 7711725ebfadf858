// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `GET /wire` of an exchange of protocols 14 to 16.
public struct ExchangeWireResponse: Codable, Sendable, Equatable {
    public var accounts: [Account]
    /// By wire method.
    public var fees: [String: [WireFee]]
    public var masterPublicKey: MasterPublicKey

    /// A bank account (1030 in its 40-byte layout); it has no restrictions.
    public struct Account: Codable, Sendable, Equatable {
        public var paytoURI: String
        public var masterSignature: EdDSASignature

        enum CodingKeys: String, CodingKey {
            case paytoURI = "payto_uri"
            case masterSignature = "master_sig"
        }
    }

    enum CodingKeys: String, CodingKey {
        case accounts
        case fees
        case masterPublicKey = "master_public_key"
    }
}
