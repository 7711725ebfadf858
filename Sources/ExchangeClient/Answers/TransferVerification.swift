// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks what an exchange says that one of its transfers paid (1037: 200 of `GET /transfers/$WTID`).
///
/// The signature covers neither the transfer's identifier nor its deposits' sum, so the sum is computed here. That a listed deposit is
/// one of the merchant's own, at its value, is the caller's to compare.
public enum TransferVerification {
    /// - Parameters:
    ///   - account: the merchant's account that was paid, with the text that its deposits were sent with.
    ///   - merchantPub: the key that its deposits were made for.
    /// - Throws: ``AnswerFailure``. ``AnswerFailure/excessiveWireFee(charged:listed:)`` and ``AnswerFailure/unlistedWireFee(charged:)`` are
    ///   thrown last: whoever catches them knows that all else is right.
    public static func check(
        _ details: TransferDetails, account: PaytoURI, merchantPub: MerchantPublicKey, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        try checkSignature(details, keys: keys, now: now)
        guard details.merchantPub == merchantPub else { throw .contradiction("it was made for another merchant's key") }
        guard details.paytoHash == PaytoHash(of: account) else { throw .contradiction("it went to another account") }
        try checkSum(details, keys.currency)
        try checkFee(details, account, keys)
    }

    /// Checks the signature alone: for a transfer that names no account of the merchant's.
    /// - Throws: ``AnswerFailure/unknownKey``, ``AnswerFailure/wrongSignature``.
    public static func checkSignature(_ details: TransferDetails, keys: VerifiedKeys, now: Timestamp) throws(AnswerFailure) {
        let blocks = details.deposits.map {
            WireDepositDetail(
                contractHash: $0.contractHash, executionTime: details.executionTime, coinPub: $0.coinPub, depositValue: $0.depositValue,
                depositFee: $0.depositFee)
        }
        let data = WireDepositData(
            total: details.total, wireFee: details.wireFee, merchantPub: details.merchantPub, paytoHash: details.paytoHash,
            detailsHash: HashCode(ofDetails: blocks))
        try keys.check(data, details.exchangeSignature, by: details.exchangePub, at: now)
    }

    private static func checkSum(_ details: TransferDetails, _ currency: Currency) throws(AnswerFailure) {
        guard !details.deposits.isEmpty else { throw .contradiction("it has no deposits") }
        guard Set(details.deposits.map { [$0.contractHash.bytes, $0.coinPub.bytes] }).count == details.deposits.count else {
            throw .contradiction("a deposit is listed twice")
        }
        let total: Amount
        do {
            // A coin that was refunded as a whole may be worth less than its fee; only the sums need to be positive.
            let values = try Amount.sum(details.deposits.map(\.depositValue), in: currency)
            let fees = try Amount.sum(details.deposits.map(\.depositFee), in: currency)
            total = try values.subtracting(fees).subtracting(details.wireFee)
        } catch { throw .contradiction("its deposits and fees have no sum: \(error)") }
        guard details.total == total else { throw .contradiction("its total is \(details.total), its deposits less fees are \(total)") }
    }

    private static func checkFee(_ details: TransferDetails, _ account: PaytoURI, _ keys: VerifiedKeys) throws(AnswerFailure) {
        let listed = keys.wireFees(of: account.method, at: details.executionTime)
        guard let highest = listed.max(by: { $0.units < $1.units }) else { throw .unlistedWireFee(charged: details.wireFee) }
        // Less than announced harms nobody.
        guard details.wireFee.units <= highest.units else { throw .excessiveWireFee(charged: details.wireFee, listed: highest) }
    }
}

extension VerifiedKeys {
    /// The wire fees that the exchange announced for a method and a time, in its own currency; one, unless periods overlap.
    func wireFees(of method: String, at time: Timestamp) -> [Amount] {
        (wireFees[method] ?? []).filter { $0.start <= time && time < $0.end && $0.wireFee.currency == currency }.map(\.wireFee)
    }
}
