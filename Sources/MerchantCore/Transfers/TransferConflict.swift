// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an exchange signed about a transfer and what is in our books cannot both be true.
public struct TransferConflict: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// The coin was never deposited with us at this exchange, or the exchange refused it.
        case unknownDeposit
        case listedTwice
        /// Another transfer has the coin, or the exchange named another one for it.
        case otherTransfer(WireTransferID)
        case otherValue(booked: Amount, refunded: Amount)
        /// The refund that is named is not the difference to the contribution.
        case otherRefund(listed: Amount?, computed: Amount)
        case otherFee(booked: Amount)
        /// The account that was paid is none of ours.
        case otherAccount
        /// Wrong in itself, whatever our books say.
        case contradiction(String)
        case wireFee(charged: Amount, listed: Amount?)
        /// A coin was said to be in this transfer, whose list does not have it.
        case notListed
    }

    public let reason: Reason
    /// Which line of the list, from 0; nil when it is about the transfer as a whole.
    public let offset: Int?
    public let deposit: ListedDeposit?

    public init(_ reason: Reason, offset: Int? = nil, deposit: ListedDeposit? = nil) {
        self.reason = reason
        self.offset = offset
        self.deposit = deposit
    }

    public var description: String {
        switch reason {
        case .unknownDeposit: "the exchange lists a coin that was not deposited with us"
        case .listedTwice: "the exchange lists a coin twice"
        case .otherTransfer(let other): "the coin is in the transfer \(other) as well"
        case .otherValue(let booked, let refunded):
            "the coin's value is not the \(booked) that were deposited less the \(refunded) that were refunded"
        case .otherRefund(let listed, let computed):
            "the exchange names \(listed.map { "\($0)" } ?? "no refund") as refunded, and took off \(computed)"
        case .otherFee(let booked): "the deposit fee is not \(booked)"
        case .otherAccount: "the transfer went to an account that is not ours"
        case .contradiction(let reason): reason
        case .wireFee(let charged, let listed):
            "the exchange took a wire fee of \(charged), and \(listed.map { "\($0)" } ?? "none") was announced"
        case .notListed: "the exchange says that a coin is in the transfer, whose list does not have it"
        }
    }

    /// One word for the reason, as it is stored.
    public var kind: String {
        switch reason {
        case .unknownDeposit: "unknown_deposit"
        case .listedTwice: "listed_twice"
        case .otherTransfer: "other_transfer"
        case .otherValue: "other_value"
        case .otherRefund: "other_refund"
        case .otherFee: "other_fee"
        case .otherAccount: "other_account"
        case .contradiction: "contradiction"
        case .wireFee: "wire_fee"
        case .notListed: "not_listed"
        }
    }
}
