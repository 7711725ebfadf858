// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What became of a coin's deposit.
public struct DepositState: Sendable, Equatable {
    /// The merchant's account, a full payto URI.
    public var payto: String
    /// When it is to be paid at the latest.
    public var wireDeadline: Timestamp
    /// Deposit fee taken off; refunds are not.
    public var contribution: Amount
    /// Nil until the bank has carried the transfer out.
    public var transfer: DepositTransfer?
}

/// The transfer that paid a coin's deposit.
public struct DepositTransfer: Sendable, Equatable {
    public var wireTransferID: WireTransferID
    /// When the bank had carried it out.
    public var executionTime: Timestamp
}
