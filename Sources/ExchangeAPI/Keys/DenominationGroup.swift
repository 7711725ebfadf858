// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Denominations of the same cipher, value and fees.
public struct DenominationGroup: Codable, Sendable, Equatable {
    /// `RSA` or `CS`, each also with `+age_restricted`; compared without case.
    public var cipher: String
    public var value: Amount
    public var feeWithdraw: Amount
    public var feeDeposit: Amount
    public var feeRefresh: Amount
    public var feeRefund: Amount
    /// Only with `+age_restricted`.
    public var ageMask: UInt32?
    public var denominations: [DenominationEntry]

    enum CodingKeys: String, CodingKey {
        case cipher
        case value
        case feeWithdraw = "fee_withdraw"
        case feeDeposit = "fee_deposit"
        case feeRefresh = "fee_refresh"
        case feeRefund = "fee_refund"
        case ageMask = "age_mask"
        case denominations = "denoms"
    }

    public init(
        cipher: String,
        value: Amount,
        feeWithdraw: Amount,
        feeDeposit: Amount,
        feeRefresh: Amount,
        feeRefund: Amount,
        ageMask: UInt32? = nil,
        denominations: [DenominationEntry]
    ) {
        self.cipher = cipher
        self.value = value
        self.feeWithdraw = feeWithdraw
        self.feeDeposit = feeDeposit
        self.feeRefresh = feeRefresh
        self.feeRefund = feeRefund
        self.ageMask = ageMask
        self.denominations = denominations
    }
}
