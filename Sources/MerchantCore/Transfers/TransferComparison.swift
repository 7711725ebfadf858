// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Compares an exchange's list of what a transfer paid with our own books.
public enum TransferComparison {
    /// - Parameters:
    ///   - hidesRefunds: the exchange's protocol is below 17.
    ///   - booked: our books' line for the list's, nil when there is none; in the list's order.
    /// - Throws: the first ``TransferConflict``.
    public static func check(
        _ list: [ListedDeposit], of transfer: WireTransferID, hidesRefunds: Bool, booked: [BookedDeposit?]
    ) throws(TransferConflict) {
        var seen: Set<[UInt8]> = []
        for (offset, (deposit, booked)) in zip(list, booked).enumerated() {
            guard seen.insert(deposit.contractHash.bytes + deposit.coinPub.bytes).inserted else {
                throw TransferConflict(.listedTwice, offset: offset, deposit: deposit)
            }
            if let reason = deposit.disagreement(with: booked, in: transfer, hidesRefunds: hidesRefunds) {
                throw TransferConflict(reason, offset: offset, deposit: deposit)
            }
        }
    }

    /// What the deposits brought together: the sum of values less that of fees. The transfer's own fee is not in it.
    /// - Throws: `AmountError`.
    public static func share(
        of deposits: some Sequence<(value: Amount, fee: Amount)>, in currency: Currency
    ) throws(AmountError) -> Amount {
        let deposits = Array(deposits)
        let values = try Amount.sum(deposits.map(\.value), in: currency)
        let fees = try Amount.sum(deposits.map(\.fee), in: currency)
        // A coin that was refunded almost whole may be worth less than its fee.
        return fees.units > values.units ? .zero(currency) : try values.subtracting(fees)
    }
}
