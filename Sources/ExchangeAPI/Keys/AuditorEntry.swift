// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An auditor of an exchange.
public struct AuditorEntry: Codable, Sendable, Equatable {
    public var auditorPub: AuditorPublicKey
    public var auditorURL: String
    public var auditorName: String?
    public var denominationKeys: [AuditorDenominationKey]

    enum CodingKeys: String, CodingKey {
        case auditorPub = "auditor_pub"
        case auditorURL = "auditor_url"
        case auditorName = "auditor_name"
        case denominationKeys = "denomination_keys"
    }

    public init(auditorPub: AuditorPublicKey, auditorURL: String, auditorName: String? = nil, denominationKeys: [AuditorDenominationKey]) {
        self.auditorPub = auditorPub
        self.auditorURL = auditorURL
        self.auditorName = auditorName
        self.denominationKeys = denominationKeys
    }
}
