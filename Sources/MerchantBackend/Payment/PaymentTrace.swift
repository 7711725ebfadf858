// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Hears how far payments have come: for metrics, and for tests that end the process at a chosen step.
///
/// Called in the middle of a payment, from many tasks at once: an implementation returns at once and never throws.
public protocol PaymentTrace: Sendable {
    func reached(_ step: PaymentStep, _ note: PaymentNote)
}

/// The steps of a payment, in their order. A repeated attempt goes from ``requestSent`` on.
public enum PaymentStep: String, Sendable, CaseIterable {
    /// A permission has come in whose contract is known; nothing was looked at yet.
    case begin
    /// The permission passed every check that can be made here.
    case checked
    /// The intent is on the disk.
    case intentCommitted
    /// The request goes to the sender now: from here on it may reach the exchange.
    case requestSent
    /// The exchange's answer has come, or it is known that none will; nothing was done with it yet.
    case answerReceived
    /// What the answer came to is on the disk.
    case outcomeCommitted
    /// The answer to the frontend is ready to go out.
    case answered
}

/// What a step was about.
public struct PaymentNote: Sendable, Equatable {
    public var contract: ContractHash
    /// Base URL; nil where the step concerns no single exchange.
    public var exchange: String?
    /// Attempts of the intent before this one.
    public var attempts: Int
    /// Given with ``PaymentStep/answerReceived``, ``PaymentStep/outcomeCommitted`` and ``PaymentStep/answered``.
    public var result: PaymentResult?

    public init(contract: ContractHash, exchange: String? = nil, attempts: Int = 0, result: PaymentResult? = nil) {
        self.contract = contract
        self.exchange = exchange
        self.attempts = attempts
        self.result = result
    }
}

public enum PaymentResult: Sendable, Equatable {
    /// An exchange's answer as it came, by its HTTP status.
    case status(Int)
    /// The exchange gave no answer.
    case noAnswer
    case paid
    /// The exchange has the money; its signed confirmation is missing.
    case unconfirmed
    /// Refused for good by the exchange, with its HTTP status.
    case refused(Int)
    /// Not known yet, tried again.
    case unknown
    /// Refused by the backend itself before anything was sent, with the HTTP status of its answer.
    case rejected(Int)
}

/// Hears nothing.
public struct NoTrace: PaymentTrace {
    public init() {}
    public func reached(_ step: PaymentStep, _ note: PaymentNote) {}
}
