// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An exchange whose master key was pinned; it never changes for this address.
public struct StoredExchange: Sendable, Equatable {
    public let id: Int64
    /// Ends in a slash.
    public let baseURL: String
    public let masterPub: MasterPublicKey
    public let currency: Currency
}
