// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Money that a customer has confirmed to withdraw, before and after it has gone to an exchange.
public struct Withdrawal: Sendable, Equatable {
    /// Names it in its address; nobody can guess it.
    public let id: String
    /// Number of the account that pays.
    public let account: Int64
    public let amount: Amount
    /// After this nothing is paid any more.
    public let end: Timestamp
    public let question: Question
    public let wrongAnswers: Int
    /// Nil until it is paid.
    public let payment: Payment?

    /// So many wrong answers end it.
    public static let maximumWrongAnswers = 5
    /// So many unpaid ones a session may have; an older one is dropped for a newer.
    public static let maximumOpen = 20

    /// Whether an answer still counts.
    public func isOpen(at time: Timestamp) -> Bool { time <= end && wrongAnswers < Self.maximumWrongAnswers }

    /// A sum that a person can do.
    public struct Question: Sendable, Equatable {
        public let first: Int
        public let second: Int

        public init(first: Int, second: Int) {
            self.first = first
            self.second = second
        }

        public var answer: Int { first + second }
    }

    /// What somebody said to the question.
    public enum Answer: Sendable, Equatable {
        case number(Int)
        /// As good as right: for a bank in test mode.
        case unchecked
    }

    /// Where the money went.
    public struct Payment: Sendable, Equatable {
        /// The transfer's row.
        public let transfer: Int64
        public let reserve: ReservePublicKey
        public let exchangeBaseURL: String

        /// Whether it went there.
        public func went(to destination: Destination) -> Bool {
            reserve == destination.reserve && exchangeBaseURL == destination.exchangeBaseURL
        }
    }

    /// Where the money is to go.
    public struct Destination: Sendable, Equatable {
        public let exchangeBaseURL: String
        /// Number of the exchange's account.
        public let account: Int64
        public let reserve: ReservePublicKey

        public init(exchangeBaseURL: String, account: Int64, reserve: ReservePublicKey) {
            self.exchangeBaseURL = exchangeBaseURL
            self.account = account
            self.reserve = reserve
        }
    }

    /// What came of an answer.
    public enum Outcome: Sendable, Equatable {
        /// Paid to that destination, now or (`isNew` false) earlier.
        case paid(Transfer, isNew: Bool)
        /// There is another question now.
        case wrong(Withdrawal)
        /// Its time is over, or there were too many wrong answers.
        case over
        /// It was paid to another reserve or exchange.
        case paidElsewhere
        /// The session has no such withdrawal.
        case unknown
    }
}
