// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One line of an exchange's list of what a transfer paid.
public struct ListedDeposit: Sendable, Hashable {
    public let contractHash: ContractHash
    public let coinPub: CoinPublicKey
    /// Deposit fee included; refunds are taken off, unless the exchange speaks a protocol below 17.
    public let value: Amount
    public let fee: Amount
    /// Nil when nothing was refunded, and from exchanges below protocol 19.
    public let refundTotal: Amount?

    public init(contractHash: ContractHash, coinPub: CoinPublicKey, value: Amount, fee: Amount, refundTotal: Amount? = nil) {
        self.contractHash = contractHash
        self.coinPub = coinPub
        self.value = value
        self.fee = fee
        self.refundTotal = refundTotal
    }

    /// Why this line does not agree with our books; nil when it does.
    /// - Parameters:
    ///   - booked: nil when the coin is not one of ours at this exchange.
    ///   - transfer: the one whose list it is.
    ///   - hidesRefunds: the exchange's protocol is below 17, whose values are those before refunds.
    public func disagreement(
        with booked: BookedDeposit?, in transfer: WireTransferID, hidesRefunds: Bool
    ) -> TransferConflict.Reason? {
        guard let booked else { return .unknownDeposit }
        if let other = booked.listedIn, other != transfer { return .otherTransfer(other) }
        if let other = booked.claimedFor, other != transfer { return .otherTransfer(other) }
        guard let taken = try? booked.contribution.subtracting(value) else {
            return .otherValue(booked: booked.contribution, refunded: booked.refunded)
        }
        if hidesRefunds {
            guard taken.isZero else { return .otherValue(booked: booked.contribution, refunded: booked.refunded) }
        } else {
            guard refundTotal.map({ $0 == taken }) ?? true else { return .otherRefund(listed: refundTotal, computed: taken) }
            guard taken.units >= booked.refunded.units, taken.units <= booked.refundedAtMost.units else {
                return .otherValue(booked: booked.contribution, refunded: booked.refunded)
            }
        }
        // Of what was given back whole, the exchange keeps no fee.
        let isWhole = !hidesRefunds && value.isZero
        guard fee == booked.depositFee || isWhole && fee.isZero else { return .otherFee(booked: booked.depositFee) }
        return nil
    }
}
