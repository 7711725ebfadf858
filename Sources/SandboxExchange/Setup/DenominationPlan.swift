// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A kind of coin that the exchange shall offer at all times.
public struct DenominationPlan: Sendable, Hashable {
    public var value: Amount
    public var feeWithdraw: Amount
    public var feeDeposit: Amount
    public var feeRefresh: Amount
    public var feeRefund: Amount

    /// The same fee for every operation.
    public init(value: Amount, fee: Amount) {
        self.value = value
        feeWithdraw = fee
        feeDeposit = fee
        feeRefresh = fee
        feeRefund = fee
    }

    /// 0.01 × 2^k for k = 0…10. Coins of 0.08 and less cost nothing, the others 0.01 for each operation.
    public static func standard(_ currency: Currency) throws -> [DenominationPlan] {
        let cent = try WireUnit.smallest(currency)
        return try (0...10).map { power in
            DenominationPlan(value: try cent.multiplied(by: 1 << power), fee: power <= 3 ? .zero(currency) : cent)
        }
    }
}
