// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `GET /reserves/$RESERVE_PUB`.
public struct ReserveSummary: Codable, Sendable, Equatable {
    public var balance: Amount
    /// Payto URI of the last incoming transfer (since protocol 23).
    public var lastOrigin: String?

    enum CodingKeys: String, CodingKey {
        case balance
        case lastOrigin = "last_origin"
    }

    public init(balance: Amount, lastOrigin: String? = nil) {
        self.balance = balance
        self.lastOrigin = lastOrigin
    }
}
