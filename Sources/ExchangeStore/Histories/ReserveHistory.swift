// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What was paid into a reserve and withdrawn from it, and what is left in it.
public struct ReserveHistory: Sendable, Equatable {
    public var balance: Amount
    /// Number of the reserve's last event. Numbers grow in time; other reserves' events lie between them.
    public var lastNumber: UInt64
    /// Oldest first.
    public var events: [ReserveEvent]
}

/// One change of a reserve's balance.
public enum ReserveEvent: Sendable, Equatable {
    case credit(ReserveCredit)
    /// - Parameter fee: the denomination's, part of the amount.
    case withdrawal(WithdrawnCoin, fee: Amount)
}
