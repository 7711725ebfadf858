// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An exchange whose coins the merchant takes.
public struct AcceptedExchange: Sendable, Hashable {
    /// Ends in a slash.
    public let baseURL: String
    public let masterPub: MasterPublicKey

    public init(baseURL: String, masterPub: MasterPublicKey) {
        self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
        self.masterPub = masterPub
    }
}

/// An auditor whose word for an exchange's denominations is enough.
public struct AcceptedAuditor: Sendable, Hashable {
    public let name: String
    public let url: String
    public let auditorPub: AuditorPublicKey

    public init(name: String, url: String, auditorPub: AuditorPublicKey) {
        self.name = name
        self.url = url
        self.auditorPub = auditorPub
    }
}
