// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient

/// How often and how densely exchanges are asked, and how long a request waits for them.
public struct DepositPacing: Sendable {
    /// After so many attempts in a row that an exchange left without an answer.
    public var retryDelay: @Sendable (Int) -> Duration
    /// After so many attempts of an intent whose exchange refuses while an earlier attempt may have been accepted, or owes its signature.
    public var doubtDelay: @Sendable (Int) -> Duration
    /// Attempts at one exchange that are begun without anybody waiting for them, at a time.
    public var concurrentRetries = 4
    /// Between two attempts of one intent that a repeated permission asks for.
    public var repeatInterval = Duration.seconds(1)
    /// How long `POST /pay` waits for its outcome.
    public var answerWithin = Duration.seconds(20)
    /// How long a program that stops waits for attempts under way.
    public var stopWithin = Duration.seconds(3)
    /// What is measured and waited by.
    public var timer: any MonotonicTimer

    public init(
        retryDelay: @escaping @Sendable (Int) -> Duration = { growing($0, atMost: 300) },
        doubtDelay: @escaping @Sendable (Int) -> Duration = { growing($0, atMost: 3600) },
        timer: any MonotonicTimer = SystemMonotonicTimer()
    ) {
        self.retryDelay = retryDelay
        self.doubtDelay = doubtDelay
        self.timer = timer
    }

    /// 1, 2, 4 … seconds, each moved by up to a quarter at random.
    public static func growing(_ attempts: Int, atMost seconds: Double) -> Duration {
        let delay = min(seconds, Double(1 << min(max(attempts - 1, 0), 20)))
        return .milliseconds(Int64(delay * 1000 * Double.random(in: 0.75...1.25)))
    }
}
