// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import Observability

/// What a backend counts as it happens. Their meaning is part of the operator's manual: a name that has been published stays.
public final class MerchantMetrics: PaymentTrace {
    static let prefix = "taler_merchant"

    public let registry: MetricsRegistry
    private let payments: Metric
    private let rejections: Metric
    private let repeats: Metric
    private let answers: Metric

    public init(registry: MetricsRegistry = MetricsRegistry()) {
        self.registry = registry
        payments = registry.counter(
            "\(Self.prefix)_payments_total",
            "Attempts to deposit, by what they came to: paid, unconfirmed, refused, or unknown and to be repeated.",
            labels: ["outcome", "exchange"])
        rejections = registry.counter(
            "\(Self.prefix)_permissions_rejected_total", "Deposit permissions that were answered with an error of the backend's own.",
            labels: ["status"])
        repeats = registry.counter(
            "\(Self.prefix)_deposit_repeats_total", "Requests that repeat an earlier one of the same intent.", labels: ["exchange"])
        answers = registry.counter(
            "\(Self.prefix)_deposit_answers_total", "Answers of exchanges to deposits, by HTTP status or none.",
            labels: ["exchange", "status"])
    }

    /// A sender whose requests are counted, for the exchanges' directory and for ``MerchantService``.
    public func measuring(_ sender: any Sender, exchanges: [String], clock: any WallClock) -> MeasuringSender {
        MeasuringSender(sender, parties: exchanges, clock: clock, registry: registry, prefix: "\(Self.prefix)_exchange")
    }

    public func reached(_ step: PaymentStep, _ note: PaymentNote) {
        let exchange = note.exchange ?? "none"
        switch (step, note.result) {
        case (.requestSent, _): if note.attempts > 0 { repeats.add(1, exchange) }
        case (.answerReceived, .status(let status)): answers.add(1, exchange, "\(status)")
        case (.answerReceived, _): answers.add(1, exchange, "none")
        case (.outcomeCommitted, .paid): payments.add(1, "paid", exchange)
        case (.outcomeCommitted, .unconfirmed): payments.add(1, "unconfirmed", exchange)
        case (.outcomeCommitted, .refused): payments.add(1, "refused", exchange)
        case (.outcomeCommitted, .unknown): payments.add(1, "unknown", exchange)
        case (.answered, .rejected(let status)): rejections.add(1, "\(status)")
        default: break
        }
    }
}

/// Tells several, one after the other.
struct PaymentTraces: PaymentTrace {
    let all: [any PaymentTrace]

    func reached(_ step: PaymentStep, _ note: PaymentNote) { for trace in all { trace.reached(step, note) } }
}
