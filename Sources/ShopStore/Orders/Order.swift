// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Somebody's wish to buy something, from the checkout to the end.
public struct Order: Sendable, Equatable {
    public let id: OrderID
    /// The browser that it belongs to.
    public let session: String
    public let state: State
    /// What is bought, as it was when the order was made; at least one.
    public let lines: [OrderLine]
    /// For all lines together.
    public let amount: Amount
    /// Two letters: what the buyer reads.
    public let language: String
    /// Where the goods go; nil when nothing is sent.
    public let delivery: Delivery?
    public let created: Timestamp
    /// Stock stays reserved until then at least.
    public let heldUntil: Timestamp
    /// The contract that may be paid now, nil before the first.
    public let currentTransaction: Int64?
    /// The contract that paid it, nil before.
    public let paidTransaction: Int64?
    /// When a payment was known to have settled, nil before.
    public let paidAt: Timestamp?
    public let closed: Closing?
    /// When the goods were sent, as the owner says.
    public let sent: Sending?
    /// What goes back or has gone back, all in all: what the owner has asked to be given back, without what exchanges have refused.
    public let refunded: Amount
    /// What exchanges have refused to give back, for good.
    public let refundRefused: Amount

    public enum State: String, Sendable, CaseIterable {
        /// It may be paid.
        case open
        case paid
        /// Not paid in time, or given up: nothing is reserved for it any more.
        case closed
        /// Closed, and then money came all the same: it goes back.
        case returned
    }

    public struct Closing: Sendable, Equatable {
        public let time: Timestamp
        public let reason: Reason

        public init(time: Timestamp, reason: Reason) {
            self.time = time
            self.reason = reason
        }

        public enum Reason: String, Sendable {
            /// Nobody paid in time.
            case expired
            /// The buyer gave it up.
            case cancelled
        }
    }

    public struct Sending: Sendable, Equatable {
        public let time: Timestamp
        public let note: String

        public init(time: Timestamp, note: String) {
            self.time = time
            self.note = note
        }
    }

    /// For the samples of pages; orders are made by the store.
    public init(
        id: OrderID, session: String, state: State, lines: [OrderLine], amount: Amount, language: String, delivery: Delivery?,
        created: Timestamp, heldUntil: Timestamp, currentTransaction: Int64?, paidTransaction: Int64?, paidAt: Timestamp?,
        closed: Closing?, sent: Sending?, refunded: Amount, refundRefused: Amount? = nil
    ) {
        self.id = id
        self.session = session
        self.state = state
        self.lines = lines
        self.amount = amount
        self.language = language
        self.delivery = delivery
        self.created = created
        self.heldUntil = heldUntil
        self.currentTransaction = currentTransaction
        self.paidTransaction = paidTransaction
        self.paidAt = paidAt
        self.closed = closed
        self.sent = sent
        self.refunded = refunded
        self.refundRefused = refundRefused ?? .zero(amount.currency)
    }

    public var isPaid: Bool { state == .paid }

    /// Everything that was paid goes back: what was sold is not shown any more. What an exchange has refused to give back does not count.
    public var isWhollyRefunded: Bool { isPaid && !amount.isZero && refunded == amount }

    /// Whether something has to be sent.
    public var hasGoods: Bool { lines.contains { $0.kind == .goods } }
}
