// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank account of an exchange (1030).
public struct WireAccount: Codable, Sendable, Equatable {
    /// Full payto URI.
    public var paytoURI: String
    public var conversionURL: String?
    /// Hashed as they are.
    public var creditRestrictions: [JSONValue]
    /// Hashed as they are.
    public var debitRestrictions: [JSONValue]
    public var masterSignature: EdDSASignature
    public var bankLabel: String?
    public var priority: Int?

    enum CodingKeys: String, CodingKey {
        case paytoURI = "payto_uri"
        case conversionURL = "conversion_url"
        case creditRestrictions = "credit_restrictions"
        case debitRestrictions = "debit_restrictions"
        case masterSignature = "master_sig"
        case bankLabel = "bank_label"
        case priority
    }

    public init(
        paytoURI: String,
        conversionURL: String? = nil,
        creditRestrictions: [JSONValue],
        debitRestrictions: [JSONValue],
        masterSignature: EdDSASignature,
        bankLabel: String? = nil,
        priority: Int? = nil
    ) {
        self.paytoURI = paytoURI
        self.conversionURL = conversionURL
        self.creditRestrictions = creditRestrictions
        self.debitRestrictions = debitRestrictions
        self.masterSignature = masterSignature
        self.bankLabel = bankLabel
        self.priority = priority
    }
}
